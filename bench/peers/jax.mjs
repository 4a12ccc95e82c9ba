// @ts-check
// Exercise 5 in jax-js on its WebAssembly backend, its step and its evaluation compiled by `jit`,
// the gradient by its own `valueAndGrad`. The weights lie transposed, which its products like best.
// It computes in one thread: its workers are a browser's, and given some it takes twice as long.
import * as jax from "@jax-js/jax";
import { load, normal, shuffled } from "./fashion.mjs";
import { epochNote, serve, timed } from "./serve.mjs";

// Its backends look for a browser's navigator, which Node 20 has not.
Object.assign(globalThis, { navigator: globalThis.navigator ?? { hardwareConcurrency: 1 } });
await jax.init("wasm");
jax.defaultDevice("wasm");
const np = jax.numpy;
const batchSize = 256;

const net = (W, b, X) => {
  const e = np.exp(np.matmul(X, W.transpose()).add(b));
  return e.ref.div(e.sum(1, { keepdims: true }));
};
const rightOf = (p, y) => np.argmax(p, 1).equal(np.argmax(y, 1)).astype(np.float32).sum();
const lossOf = ({ W, b }, X, y) => {
  const p = net(W, b, X);
  return np.log(p.mul(y).sum(1)).sum().neg();
};
const step = jax.jit((W, b, X, y) => {
  const right = rightOf(net(W.ref, b.ref, X.ref), y.ref);
  const n = y.shape[0];
  const [loss, grad] = jax.valueAndGrad(lossOf)({ W: W.ref, b: b.ref }, X, y);
  return [W.sub(grad.W.mul(0.1 / n)), b.sub(grad.b.mul(0.1 / n)), loss, right];
});
const evaluate = jax.jit((W, b, X, y) => rightOf(net(W, b, X), y));

const train = load("train");
const test = load("t10k");
let W = np.array(normal(7840)).reshape([10, 784]);
let b = np.zeros([10]);

function rowsOf({ images, labels }, rows) {
  const X = new Float32Array(rows.length * 784);
  const y = new Float32Array(rows.length * 10);
  for (let i = 0; i < rows.length; i++) {
    X.set(images.subarray(rows[i] * 784, rows[i] * 784 + 784), i * 784);
    y[i * 10 + labels[rows[i]]] = 1;
  }
  return [np.array(X).reshape([rows.length, 784]), np.array(y).reshape([rows.length, 10])];
}

async function epoch() {
  let loss = 0;
  const order = shuffled(train.n);
  for (let i = 0; i < train.n; i += batchSize) {
    const [X, y] = rowsOf(train, order.subarray(i, i + batchSize));
    let l;
    let right;
    [W, b, l, right] = step(W, b, X, y);
    loss += l.item();
    right.dispose();
  }
  let right = 0;
  const rows = Int32Array.from({ length: test.n }, (_, i) => i);
  for (let i = 0; i < test.n; i += batchSize) {
    const [X, y] = rowsOf(test, rows.subarray(i, i + batchSize));
    right += evaluate(W.ref, b.ref, X, y).item();
  }
  return [loss / train.n, right / test.n];
}

serve(async () => {
  const { ms, result } = await timed(epoch);
  return { value: ms, note: epochNote(result[0], result[1]) };
});
