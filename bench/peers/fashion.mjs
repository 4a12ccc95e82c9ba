// @ts-check
// Fashion-MNIST for the peers of Node: rows of floats in 0 … 1, and labels.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** @param {string} name @param {number} offset */
function bytes(name, offset) {
  const folder = String(process.env.FASHION_MNIST_DIR);
  return gunzipSync(readFileSync(join(folder, `${name}-ubyte.gz`))).subarray(offset);
}

/** @param {string} part train or t10k */
export function load(part) {
  const images = Float32Array.from(bytes(`${part}-images-idx3`, 16), (v) => v / 255);
  const labels = Int32Array.from(bytes(`${part}-labels-idx1`, 8));
  return { images, labels, n: labels.length };
}

/** The numbers 0 … n−1 in random order. @param {number} n */
export function shuffled(n) {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** Normal numbers with a deviation of 0.01. @param {number} n */
export function normal(n) {
  return Float32Array.from({ length: n }, () => {
    const r = Math.sqrt(-2 * Math.log(1 - Math.random()));
    return 0.01 * r * Math.cos(2 * Math.PI * Math.random());
  });
}
