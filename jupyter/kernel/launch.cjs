// @ts-check
"use strict";
// What kernel.json starts: opens the front (a thread that speaks with Jupyter) and the engine (this thread).

const { whyNot } = require("./version.cjs");
const { makeShared } = require("./shared.cjs");

/** The connection file: `--config-path=FILE` or `--config-path FILE`. */
function connectionFile() {
  const args = process.argv.slice(2);
  const at = args.findIndex((a) => a === "--config-path" || a.startsWith("--config-path="));
  if (at < 0) return undefined;
  return args[at].includes("=") ? args[at].slice("--config-path=".length) : args[at + 1];
}

/**
 * Ends the process with a sentence that Jupyter's log shows.
 * @param {string} sentence
 * @returns {never}
 */
function refuse(sentence) {
  process.stderr.write(`The TypeScript kernel cannot start: ${sentence}\n`);
  process.exit(1);
}

const reason = whyNot();
if (reason) refuse(reason);
const file = connectionFile();
if (!file) refuse("it is started by Jupyter, with --config-path and a connection file.");

const shared = makeShared();
const { openFront } = require("./front/open.cjs");
const front = openFront({ file, shared });
process.on("exit", () => front.close());
try {
  require("./engine/engine.cjs").startEngine({ front, shared });
} catch (error) {
  if (!(error instanceof Error)) throw error;
  refuse(error.name === "MissingSeam" ? error.message : String(error.stack));
}
