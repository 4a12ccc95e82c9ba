// @ts-check
// A program as one test: passed when it ends with 0, its output shown when it does not.

import { root } from "../../jupyter/setup/paths.mjs";
import { collect } from "../../jupyter/setup/step.mjs";

/**
 * @param {import("./tally.mjs").Tally} tally
 * @param {string} name
 * @param {string[]} line the program and its arguments
 */
export async function runProgram(tally, name, [command, ...args]) {
  const { code, output } = await collect(command, args, { cwd: root });
  console.log(`${code === 0 ? "✓" : "✗"} ${name}`);
  if (code !== 0) console.log(output);
  tally.add(code === 0 ? "passed" : "failed", name, code === 0 ? {} : { reason: `code ${code}` });
}
