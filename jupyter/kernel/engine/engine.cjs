// @ts-check
"use strict";
// The main thread: answers the front's requests one by one, and survives what cells do to it.

const { slot, interruptSymbol } = require("../shared.cjs");

/**
 * Loads tslab and begins to serve.
 * @param {{ front: import("../front/open.cjs").Front,
 *   shared: { control: Int32Array, interrupt: Int32Array } }} options
 * @throws MissingSeam when tslab is not as expected
 */
function startEngine({ front, shared }) {
  // Before any of tslab's files: they keep what they find when they load.
  const ts = require("./typescript.cjs").wrapTypeScript();
  const { installStackTraces } = require("./stack.cjs");
  const { installDisplay } = require("./display.cjs");
  const { makeCells } = require("./cells.cjs");
  const { makeLanguage } = require("./language.cjs");
  const { describe, KeyboardInterrupt } = require("./errors.cjs");
  const { redirectOutput } = require("./output.cjs");

  installStackTraces();
  installDisplay(front);
  Object.defineProperty(globalThis, interruptSymbol, { value: shared.interrupt });
  const cells = makeCells(ts, shared, (text) => front.stream("stderr", text));
  const language = makeLanguage(ts, cells.executor);
  let count = 0;

  /** @param {any} request the content of execute_request */
  async function execute({ code, silent = false, store_history = true, user_expressions = {} }) {
    const counts = !silent && store_history;
    if (counts) count += 1;
    if (!silent) front.publish("execute_input", { code, execution_count: count });
    const run = await cells.execute(code, counts ? `In [${count}]` : "In [*]");
    if (run.failed) {
      const error = describe(run.error);
      if (!silent) front.publish("error", error);
      return { status: "error", execution_count: count, ...error };
    }
    if (run.result && !silent) {
      front.publish("execute_result", { execution_count: count, data: run.result, metadata: {} });
    }
    const evalue = "user_expressions are not supported";
    const refused = { status: "error", ename: "NotImplementedError", evalue, traceback: [] };
    const expressions = Object.fromEntries(Object.keys(user_expressions).map((k) => [k, refused]));
    return { status: "ok", execution_count: count, user_expressions: expressions, payload: [] };
  }

  /** @type {Record<string, (content: any) => object | Promise<object>>} */
  const handlers = {
    execute_request: execute,
    complete_request: language.complete,
    inspect_request: language.inspect,
    is_complete_request: language.isComplete,
  };

  front.listen(async (message) => {
    if (message.op === "exit") process.exit(0);
    if (message.op === "interrupt") {
      cells.interruptCell();
      Atomics.store(shared.control, slot.ACK, message.number);
      return;
    }
    try {
      front.reply(message.id, await handlers[message.type](message.content));
    } catch (error) {
      front.reply(message.id, { status: "error", ...describe(error) });
    }
  });

  /** What goes wrong outside of a cell's own promise. @param {unknown} error */
  function report(error) {
    if (error instanceof KeyboardInterrupt) return;
    front.stream("stderr", `${describe(error).traceback.join("\n")}\n`);
  }
  process.on("uncaughtException", report);
  process.on("unhandledRejection", report);
  process.on("exit", () => front.close());
  redirectOutput(front);
  front.ready();
}

module.exports = { startEngine };
