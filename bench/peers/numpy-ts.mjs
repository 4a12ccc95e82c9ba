// @ts-check
// Exercise 5 in numpy-ts, the gradient by hand; products and copies in the forms it is fastest in.
import * as np from "numpy-ts";
import { load, normal, shuffled } from "./fashion.mjs";
import { epochNote, serve, timed } from "./serve.mjs";

const batchSize = 256;
const train = load("train");
const test = load("t10k");
const kept = (array) => array;
/** An array of these numbers. The flat one below it is freed as well: it lies in the same memory. */
const floats = (values, shape, use) =>
  use(use(np.frombuffer(values.buffer, "float32")).reshape(shape));
let W = floats(normal(7840), [784, 10], kept);
let b = np.zeros([10], "float32");

/** Runs `work` and frees what it noted with `use`: its memory does not wait for the collector. */
function tidy(work) {
  const noted = [];
  const use = (array) => {
    noted.push(array);
    return array;
  };
  const result = work(use);
  for (const array of noted) array.dispose();
  return result;
}

const ones = (rows, columns) => np.ones([rows, columns], "float32");

/** Its products are ten times as fast as its broadcasting: b below itself, sums beside themselves. */
function net(X, use) {
  const rows = X.shape[0];
  const bias = use(np.matmul(use(ones(rows, 1)), use(b.reshape([1, 10]))));
  const e = use(np.exp(use(np.add(use(np.matmul(X, W)), bias))));
  return use(np.divide(e, use(np.matmul(use(np.sum(e, 1, true)), use(ones(1, 10))))));
}

function rowsOf({ images, labels }, rows, use) {
  const X = new Float32Array(rows.length * 784);
  const y = new Float32Array(rows.length * 10);
  for (let i = 0; i < rows.length; i++) {
    X.set(images.subarray(rows[i] * 784, rows[i] * 784 + 784), i * 784);
    y[i * 10 + labels[rows[i]]] = 1;
  }
  return [floats(X, [rows.length, 784], use), floats(y, [rows.length, 10], use)];
}

const rightOf = (p, y, use) =>
  Number(np.sum(use(np.equal(use(np.argmax(p, 1)), use(np.argmax(y, 1))))));

function epoch() {
  let loss = 0;
  const order = shuffled(train.n);
  for (let i = 0; i < train.n; i += batchSize) {
    const old = [W, b];
    [W, b] = tidy((use) => {
      const [X, y] = rowsOf(train, order.subarray(i, i + batchSize), use);
      const p = net(X, use);
      loss -= Number(np.sum(use(np.log(use(np.sum(use(np.multiply(p, y)), 1))))));
      rightOf(p, y, use);
      const g = use(np.multiply(use(np.subtract(p, y)), 0.1 / y.shape[0]));
      const G = use(np.ascontiguousarray(use(np.transpose(g))));
      const step = use(np.ascontiguousarray(use(np.transpose(use(np.matmul(G, X))))));
      return [np.subtract(W, step), np.subtract(b, use(np.sum(g, 0)))];
    });
    for (const array of old) array.dispose();
  }
  let right = 0;
  const rows = Int32Array.from({ length: test.n }, (_, i) => i);
  for (let i = 0; i < test.n; i += batchSize) {
    right += tidy((use) => {
      const [X, y] = rowsOf(test, rows.subarray(i, i + batchSize), use);
      return rightOf(net(X, use), y, use);
    });
  }
  return [loss / train.n, right / test.n];
}

serve(async () => {
  const { ms, result } = await timed(epoch);
  return { value: ms, note: epochNote(result[0], result[1]) };
});
