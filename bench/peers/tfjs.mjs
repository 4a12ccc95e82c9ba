// @ts-check
// TensorFlow.js on its WebAssembly backend: exercise 5 and square products. Exercise 5 takes its
// fastest way there: whole batches from JavaScript (picking rows of one large tensor takes twenty
// times as long), the gradient by hand, and no product that transposes the batch. Arguments:
// exercise5, or matmul and a size.
import { createRequire } from "node:module";
import { load, normal, shuffled } from "./fashion.mjs";
import { epochNote, repeated, serve, timed } from "./serve.mjs";

const require = createRequire(import.meta.url);
const tf = require("@tensorflow/tfjs-core");
require("@tensorflow/tfjs-backend-wasm");
await tf.setBackend("wasm");
await tf.ready();

const batchSize = 256;
const [task, size] = process.argv.slice(2);

function exercise5() {
  const train = load("train");
  const test = load("t10k");
  let W = tf.tensor2d(normal(7840), [784, 10]);
  let b = tf.zeros([10]);
  const net = (X) => {
    const e = tf.exp(tf.add(tf.matMul(X, W), b));
    return tf.div(e, tf.sum(e, 1, true));
  };
  const rowsOf = ({ images, labels }, rows) => {
    const X = new Float32Array(rows.length * 784);
    const y = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      X.set(images.subarray(rows[i] * 784, rows[i] * 784 + 784), i * 784);
      y[i] = labels[rows[i]];
    }
    return [tf.tensor2d(X, [rows.length, 784]), tf.tensor1d(y, "int32")];
  };
  const rightOf = (p, y) => tf.sum(tf.cast(tf.equal(tf.argMax(p, 1), y), "float32")).dataSync()[0];
  const epoch = () => {
    let loss = 0;
    const order = shuffled(train.n);
    for (let i = 0; i < train.n; i += batchSize) {
      const old = [W, b];
      [W, b] = tf.tidy(() => {
        const [X, y] = rowsOf(train, order.subarray(i, i + batchSize));
        const p = net(X);
        const truth = tf.cast(tf.oneHot(y, 10), "float32");
        loss -= tf.sum(tf.log(tf.sum(tf.mul(p, truth), 1))).dataSync()[0];
        rightOf(p, y);
        const g = tf.mul(tf.sub(p, truth), 0.1 / y.size);
        const step = tf.transpose(tf.matMul(tf.transpose(g), X));
        return [tf.sub(W, step), tf.sub(b, tf.sum(g, 0))];
      });
      tf.dispose(old);
    }
    let right = 0;
    for (let i = 0; i < test.n; i += batchSize) {
      right += tf.tidy(() => {
        const n = Math.min(batchSize, test.n - i);
        const X = tf.tensor2d(test.images.subarray(i * 784, (i + n) * 784), [n, 784]);
        return rightOf(net(X), tf.tensor1d(test.labels.subarray(i, i + n), "int32"));
      });
    }
    return [loss / train.n, right / test.n];
  };
  return serve(async () => {
    const { ms, result } = await timed(epoch);
    return { value: ms, note: epochNote(result[0], result[1]) };
  });
}

function matmul(n) {
  const a = tf.randomUniform([n, n]);
  const b = tf.randomUniform([n, n]);
  return serve(repeated(() => tf.matMul(a, b).dispose()));
}

await (task === "exercise5" ? exercise5() : matmul(Number(size)));
