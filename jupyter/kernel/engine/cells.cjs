// @ts-check
"use strict";
// Runs cells: tslab compiles them and keeps their declarations, the run itself and its end are ours.

const path = require("node:path");
const vm = require("node:vm");
const util = require("node:util");
const { createExecutor } = require("tslab/dist/executor");
const { createConverter } = require("tslab/dist/converter");
const { slot, phase } = require("../shared.cjs");
const positions = require("./positions.cjs");
const { resultData } = require("./display.cjs");
const { KeyboardInterrupt, TypeScriptError } = require("./errors.cjs");
const { reachedDeclarations } = require("./declarations.cjs");
const { GUARD } = require("./transform.cjs");
const { takeMaps, MissingSeam } = require("./typescript.cjs");

/** What tslab runs in place of the compiled cell; `run` finds the cell by itself. */
const STUB = "return __tslab__.run(require)";

/**
 * @typedef {object} Run one cell while it is under way
 * @property {string} name for instance "In [3]"
 * @property {string} source its TypeScript
 * @property {boolean} interrupted
 * @property {any} converted what tslab's converter made of it
 * @property {unknown} error what it threw
 * @property {boolean} failed
 * @property {Record<string, unknown> | null} result the MIME bundle of its last value
 * @property {(() => void) | null} end settles the run from outside
 */

/**
 * @param {any} ts tslab's TypeScript
 * @param {{ control: Int32Array, interrupt: Int32Array }} shared
 * @param {(text: string) => void} printError
 */
function makeCells(ts, { control, interrupt }, printError) {
  /** @type {Run | null} */
  let current = null;
  /** The variables of all cells. @type {Record<string, unknown>} */
  const variables = {};

  const converter = createConverter({ isJS: false, isBrowser: false });

  /** Compiles a cell and leaves for tslab only the stub to run. @param {string} previous @param {string} source */
  function convert(previous, source) {
    const converted = converter.convert(previous, source);
    for (const { path: file, data } of converted.sideOutputs ?? []) {
      const maps = takeMaps(data);
      if (maps) positions.remember(path.normalize(file), maps, "");
    }
    if (!current) return converted;
    if (converted.diagnostics.length > 0) {
      fail(current, new TypeScriptError(converted.diagnostics, current.name, source));
      return { ...converted, diagnostics: [], output: undefined, declOutput: previous };
    }
    const maps = takeMaps(converted.output);
    if (!maps)
      throw new MissingSeam(
        "tslab compiles in an unknown way. Type npm ci in the project's folder.",
      );
    positions.remember(current.name, maps, source);
    current.converted = { ...converted, previous };
    const stub = {
      ...converted,
      output: STUB,
      hasToplevelAwait: true,
      lastExpressionVar: undefined,
    };
    current.converted.stub = stub;
    return stub;
  }

  const executor = createExecutor(
    process.cwd(),
    { node: { ...converter, convert }, browser: converter, close: () => converter.close() },
    {
      log: () => {},
      // What tslab reports by itself: faults of modules that a cell defines.
      error: (/** @type {unknown[]} */ ...args) => printError(`${util.format(...args)}\n`),
    },
  );

  /** @param {Run} run @param {unknown} error */
  function fail(run, error) {
    run.failed = true;
    run.error = run.interrupted ? new KeyboardInterrupt() : error;
  }

  /** The guard of a run: hands values through, and throws once the run was interrupted. @param {Run} run */
  function makeGuard(run) {
    return (/** @type {unknown} */ value) => {
      if (run.interrupted) throw new KeyboardInterrupt();
      return value;
    };
  }

  /**
   * The body of the stub. Resolves when the cell has ended, in whatever way: code that was cut off never
   * settles, so an interrupt resolves it too. An async function around the cell makes every form of
   * top-level await work, `for await` included.
   * @param {NodeJS.Require} require
   */
  async function run(require) {
    const own = /** @type {Run} */ (current);
    const { output, lastExpressionVar } = own.converted;
    const script = new vm.Script(`(async function (exports, require, ${GUARD}) {\n${output}\n})`, {
      filename: own.name,
      lineOffset: -1,
    });
    const guard = makeGuard(own);
    globalThis.__tslab__.guard = guard;
    const before = new Set(Object.keys(variables));
    const body = async () => {
      guard(undefined);
      await script.runInThisContext().call(globalThis, variables, require, guard);
      if (!lastExpressionVar) return;
      const value = variables[lastExpressionVar];
      delete variables[lastExpressionVar];
      // A promise is shown as what it gives: a cell that ends in an async call lasts until it is done.
      own.result = await resultData(util.types.isPromise(value) ? guard(await value) : value);
    };
    await new Promise((resolve) => {
      own.end = () => resolve(null);
      // From the event loop, so that the cell's stack holds nothing of the kernel.
      setImmediate(() => {
        Atomics.store(control, slot.PHASE, phase.RUNNING);
        body()
          .catch((error) => fail(own, error))
          .finally(own.end);
      });
    });
    Atomics.store(control, slot.PHASE, phase.COMPILING);
    if (own.failed) {
      own.converted.stub.declOutput = reachedDeclarations(ts, {
        previous: own.converted.previous,
        declared: own.converted.declOutput ?? "",
        isReached: (name) => before.has(name) || name in variables,
      });
    }
  }
  Object.assign(globalThis.__tslab__, { run });

  /**
   * Runs one cell.
   * @param {string} source
   * @param {string} name
   * @returns {Promise<Run>}
   */
  async function execute(source, name) {
    /** @type {Run} */
    const own = {
      name,
      source,
      interrupted: false,
      converted: null,
      error: undefined,
      failed: false,
      result: null,
      end: null,
    };
    current = own;
    Atomics.store(interrupt, 0, 0);
    Atomics.store(control, slot.PHASE, phase.COMPILING);
    try {
      await executor.execute(source);
    } catch (error) {
      fail(own, error);
    }
    Atomics.store(control, slot.PHASE, phase.IDLE);
    current = null;
    return own;
  }

  /** Ends the running cell: its code throws at the next await, and nobody waits for it. */
  function interruptCell() {
    if (!current) return;
    current.interrupted = true;
    if (!current.end) return;
    fail(current, null);
    current.end();
  }

  return { execute, interruptCell, executor };
}

module.exports = { makeCells };
