// @ts-check
// One line of progress for a notebook that runs: which cell of how many, and for how long.

/** @param {string} label */
export function cellProgress(label) {
  const began = Date.now();
  const live = process.stdout.isTTY === true;
  const seconds = () => `${((Date.now() - began) / 1000).toFixed(1)} s`;
  let text = "";
  const draw = () => process.stdout.write(`\r\x1b[K… ${label} ${text}(${seconds()})`);
  const timer = live ? setInterval(draw, 500) : undefined;
  if (live) draw();
  else console.log(`… ${label}`);
  return {
    /** @param {import("./execute.mjs").Progress} progress */
    at({ cell, of }) {
      text = `cell ${cell} of ${of} `;
      if (live) draw();
    },
    /** @param {boolean} good @param {string} [remark] */
    end(good, remark = "") {
      clearInterval(timer);
      if (live) process.stdout.write("\r\x1b[K");
      console.log(`${good ? "✓" : "✗"} ${label} (${seconds()})${remark}`);
    },
  };
}
