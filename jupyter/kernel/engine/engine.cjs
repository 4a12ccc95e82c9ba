// @ts-check
"use strict";
// The main thread: answers the front's requests one by one, and survives what cells do to it.

const { slot, interruptSymbol } = require("../shared.cjs");

/** A kernel to which nothing was sent for so many milliseconds has time to warm up. */
const IDLE = 100;

/** The same where cells may come that were compiled before: these want no compiler, and no waiting for it. */
const IDLE_WITH_CACHE = 1500;

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
  const { guardTimers } = require("./guard.cjs");
  const { makeLanguage } = require("./language.cjs");
  const { describe, KeyboardInterrupt } = require("./errors.cjs");
  const { redirectOutput } = require("./output.cjs");

  installStackTraces();
  installDisplay(front);
  Object.defineProperty(globalThis, interruptSymbol, { value: shared.interrupt });
  const cells = makeCells(ts, shared, (text) => front.stream("stderr", text));
  guardTimers();
  const language = makeLanguage(ts, cells.executor);
  let count = 0;
  /** @type {NodeJS.Timeout | undefined} */
  let idle;
  let isWarm = false;

  /** Makes the compiler ready as soon as there is nothing else to do. */
  function warmUpWhenIdle() {
    if (isWarm) return;
    clearTimeout(idle);
    const delay = cells.hasCache ? IDLE_WITH_CACHE : IDLE;
    idle = setTimeout(() => {
      isWarm = true;
      cells.warmUp();
    }, delay);
  }

  /**
   * @param {number} id
   * @param {any} request the content of execute_request
   */
  function execute(id, { code, silent = false, store_history = true, user_expressions = {} }) {
    const counts = !silent && store_history;
    if (counts) count += 1;
    const execution_count = count;
    if (!silent) front.publish("execute_input", { code, execution_count });

    /** @type {Parameters<typeof cells.start>[0]["onEnd"]} */
    function onEnd({ failed, error, result }) {
      warmUpWhenIdle();
      if (failed) {
        const content = describe(error);
        const last = silent ? [] : [{ type: "error", content }];
        front.reply(id, { status: "error", execution_count, ...content }, last);
        return;
      }
      const content = { execution_count, data: result, metadata: {} };
      const last = result && !silent ? [{ type: "execute_result", content }] : [];
      const evalue = "user_expressions are not supported";
      const refused = { status: "error", ename: "NotImplementedError", evalue, traceback: [] };
      const expressions = Object.fromEntries(
        Object.keys(user_expressions).map((k) => [k, refused]),
      );
      const reply = { status: "ok", execution_count, user_expressions: expressions, payload: [] };
      front.reply(id, reply, last);
    }
    cells.start({ source: code, name: counts ? `In [${count}]` : "In [*]", onEnd });
  }

  /** @type {Record<string, (content: any) => { status: string }>} */
  const handlers = {
    complete_request: language.complete,
    inspect_request: language.inspect,
    is_complete_request: language.isComplete,
  };

  front.listen((message) => {
    const { op, id, type, content } = message;
    clearTimeout(idle);
    if (op === "exit") process.exit(message.code ?? 0);
    if (op === "interrupt") {
      cells.interruptCell();
      Atomics.store(shared.control, slot.ACK, message.number);
      return;
    }
    if (type === "execute_request") {
      execute(id, content);
      return;
    }
    try {
      front.reply(id, handlers[type](content));
    } catch (error) {
      front.reply(id, { status: "error", ...describe(error) });
    }
  });

  /** What goes wrong outside of a cell's own promise. @param {unknown} error */
  function report(error) {
    if (error instanceof KeyboardInterrupt) return;
    front.stream("stderr", `${describe(error).traceback.join("\n")}\n`);
  }
  process.on("uncaughtException", report);
  process.on("unhandledRejection", report);
  redirectOutput(front);
  front.ready();
  warmUpWhenIdle();
}

module.exports = { startEngine };
