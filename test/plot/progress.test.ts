// Progress is shown while a loop runs and leaves nothing behind.

import assert from "node:assert/strict";
import { test } from "node:test";
import { progress, range } from "../../src/index";
import { busy, inCell, saved } from "./kernel";

test("the steps come through, and outside a notebook nothing is printed", () => {
  const { write } = process.stdout;
  let printed = "";
  process.stdout.write = ((text: string) => {
    printed += text;
    return true;
  }) as typeof write;
  try {
    assert.deepEqual([...progress(range(5), { label: "epoch" })], [0, 1, 2, 3, 4]);
  } finally {
    process.stdout.write = write;
  }
  assert.equal(printed, "");
});

test("in a cell: some frames with count, rate and time left, then nothing", () => {
  const start = performance.now();
  const sent = inCell(() => {
    for (const _ of progress(range(60), { label: "epoch" })) busy(5);
  });
  const seconds = (performance.now() - start) / 1000;
  const frames = sent.filter(({ data }) => "text/html" in data);
  // At most ten frames a second, however busy the machine is, and one at the start.
  const most = 1 + Math.ceil(10 * seconds);
  assert.ok(frames.length >= 2 && frames.length <= most, `${frames.length} frames in ${seconds} s`);
  const texts = frames.map(({ data }) => String(data["text/plain"]));
  for (const text of texts)
    assert.match(text, /^epoch \d+\/60 \([\d.]+ (a second|s each), \d+:\d\d left\)$/);
  assert.deepEqual(saved(sent), [{ "text/plain": "" }]);
});

test("a loop that is left or throws empties its bar too", () => {
  const leave = inCell(() => {
    for (const step of progress(new Set([1, 2, 3]))) if (step === 2) break;
  });
  assert.deepEqual(saved(leave), [{ "text/plain": "" }]);
  const fails = inCell(() => {
    assert.throws(() => {
      for (const step of progress(range(3))) if (step === 1) throw new Error("stop");
    }, /stop/);
  });
  assert.deepEqual(saved(fails), [{ "text/plain": "" }]);
});

test("steps of unknown number have no time left", () => {
  function* endless() {
    for (;;) yield 1;
  }
  const sent = inCell(() => {
    for (const _ of progress(endless())) break;
    let n = 0;
    for (const _ of progress(endless(), { label: "<b>" })) if (++n > 1) break;
  });
  const html = sent.map(({ data }) => String(data["text/html"] ?? "")).join("");
  assert.match(html, /<progress><\/progress> &#60;b&#62; 1 \([\d.]+ a second\)/);
});

test("what cannot be iterated is refused", () => {
  assert.throws(() => [...progress(5 as never)], {
    name: "TypeError",
    message: "'number' object is not iterable",
  });
});
