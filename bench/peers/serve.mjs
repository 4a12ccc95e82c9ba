// @ts-check
// The line protocol of the programs that stay: `go` in, a line of JSON out.
import { createInterface } from "node:readline";

/**
 * Says that all is ready, then answers each line with what `measure` returns.
 * @param {() => unknown} measure a value, or { value, note }
 * @param {string} [note]
 */
export async function serve(measure, note = "") {
  const say = (/** @type {unknown} */ answer) =>
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  say({ note });
  for await (const _ of createInterface({ input: process.stdin })) {
    const answer = await measure();
    say(typeof answer === "number" ? { value: answer } : answer);
  }
}

/** @template T @param {() => T | Promise<T>} work */
export async function timed(work) {
  const began = performance.now();
  const result = await work();
  return { ms: performance.now() - began, result };
}

/**
 * A function that gives the milliseconds of one `work`, from enough of them to be sure.
 * @param {() => unknown} work
 */
export function repeated(work, least = 50) {
  const run = (/** @type {number} */ times) => {
    const began = performance.now();
    for (let i = 0; i < times; i++) work();
    return performance.now() - began;
  };
  let times = 1;
  while (run(times) < least) times *= 2;
  return () => run(times) / times;
}

/** What one epoch says of itself. @param {number} loss @param {number} accuracy */
export const epochNote = (loss, accuracy) =>
  `epoch 1: loss ${loss.toFixed(5)}, test accuracy ${accuracy.toFixed(4)}`;
