// @ts-check
/// <reference path="../globals.d.ts" />
"use strict";
// Runs cells: tslab compiles them and keeps their declarations, the run itself and its end are ours.

const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");
const util = require("node:util");
const { cellEndSymbol, phase, slot } = require("../shared.cjs");
const { makeCache } = require("./cache.cjs");
const positions = require("./positions.cjs");
const { resultData } = require("./display.cjs");
const { asInterrupt, TypeScriptError } = require("./errors.cjs");
const { makeGuard } = require("./guard.cjs");
const { reachedDeclarations } = require("./declarations.cjs");
const { GUARD } = require("./transform.cjs");
const { MissingSeam, seam } = require("./seams.cjs");
const { convertCell, dependencies, takeMaps } = require("./typescript.cjs");

const createExecutor = seam("tslab/dist/executor", "createExecutor");
const createConverter = seam("tslab/dist/converter", "createConverter");

/** tslab puts one line of its own before what is typed in a cell. */
const LINES_BEFORE = 1;

/**
 * Remembers a module that lies beside the notebook or was typed in a cell of its own.
 * @param {string} file its JavaScript, which exists in tslab only
 * @param {import("./typescript.cjs").Maps} maps
 */
function rememberModule(file, maps) {
  const typed = path.join(path.dirname(file), path.basename(JSON.parse(maps.first).sources[0]));
  const onDisk = fs.existsSync(typed);
  positions.remember(file, {
    maps,
    source: onDisk ? fs.readFileSync(typed, "utf8") : "",
    label: path.relative(process.cwd(), typed),
    linesBefore: onDisk ? 0 : LINES_BEFORE,
  });
}

/** What tslab runs in place of the compiled cell: nothing. */
const NOTHING = ";";

/**
 * @typedef {object} Run one cell while it is under way
 * @property {string} name for instance "In [3]"
 * @property {import("./guard.cjs").Guard} guard stops its code after an interrupt
 * @property {any} converted what tslab's converter made of it; null when there is nothing to run
 * @property {Record<string, unknown>} before all variables as they were before it
 * @property {boolean} failed
 * @property {unknown} error what it threw
 * @property {Record<string, unknown> | null} result the MIME bundle of its last value
 * @property {(run: Run) => void} onEnd
 */

/**
 * tslab's executor is used for what it alone can do: modules that a cell defines or that lie beside the
 * notebook, and the `require` that finds them. The declarations of earlier cells are kept here, because
 * what a cell leaves behind is known only at its end.
 * @param {any} ts tslab's TypeScript
 * @param {{ control: Int32Array, interrupt: Int32Array }} shared
 * @param {(text: string) => void} printError
 */
function makeCells(ts, { control, interrupt }, printError) {
  /** @type {Run | null} */
  let current = null;
  /** The declarations of all cells so far, as TypeScript. */
  let declarations = "";
  /** The variables of all cells. @type {Record<string, unknown>} */
  const variables = {};

  const cache = makeCache();
  /** @type {any} */
  let made = null;
  /** tslab's converter, which takes a second to read what all cells may use. */
  const converter = () => {
    made ??= createConverter({ isJS: false, isBrowser: false });
    return made;
  };
  // Where earlier runs have left compiled cells it may well never be needed.
  if (!cache.hasCells) converter();

  /**
   * What a cell compiles to. Only what has no faults and no files beside it is kept.
   * @param {Run} run @param {string} source
   * @returns {import("./cache.cjs").Entry}
   */
  function compile(run, source) {
    const kept = cache.find(declarations, source);
    if (kept) return kept;
    const converted = convertCell(converter(), declarations, source);
    for (const { path: file, data } of converted.sideOutputs ?? []) {
      const maps = takeMaps(data);
      if (maps) rememberModule(file, maps);
    }
    if (converted.diagnostics.length > 0) {
      throw new TypeScriptError(converted.diagnostics, run.name, source);
    }
    const maps = converted.output ? takeMaps(converted.output) : null;
    if (maps === undefined) throw new MissingSeam("tslab compiles cells in an unknown way");
    if (!converted.sideOutputs) {
      cache.keep(declarations, source, { converted, maps }, dependencies());
    }
    return { converted, maps };
  }

  /** Compiles the current cell, and leaves nothing for tslab to run. @param {string} source */
  function convert(source) {
    const run = /** @type {Run} */ (current);
    const { converted, maps } = compile(run, source);
    if (maps) {
      positions.remember(run.name, { maps, source, label: run.name, linesBefore: LINES_BEFORE });
    }
    run.converted = converted;
    return { ...converted, output: NOTHING, hasToplevelAwait: false, lastExpressionVar: undefined };
  }

  const node = {
    convert: (/** @type {string} */ _, /** @type {string} */ source) => convert(source),
    complete: (/** @type {string} */ _, /** @type {string} */ source, /** @type {number} */ at) =>
      converter().complete(declarations, source, at),
    inspect: (/** @type {string} */ _, /** @type {string} */ source, /** @type {number} */ at) =>
      converter().inspect(declarations, source, at),
    addModule: (/** @type {unknown[]} */ ...args) => converter().addModule(...args),
  };
  // It also makes the object __tslab__, which compiled code looks for its guard in.
  const executor = createExecutor(
    process.cwd(),
    { node, browser: node, close: () => made?.close() },
    {
      log: () => {},
      // What tslab reports by itself: faults of modules that a cell defines.
      error: (/** @type {unknown[]} */ ...args) => printError(`${util.format(...args)}\n`),
    },
  );

  globalThis.__tslab__.guard = makeGuard();

  /** What library code left to be done when the cell has ended. @type {(() => void)[]} */
  let atEnd = [];
  Object.defineProperty(globalThis, cellEndSymbol, {
    value: (/** @type {() => void} */ callback) => void atEnd.push(callback),
  });

  function callAtEnd() {
    const callbacks = atEnd;
    atEnd = [];
    for (const callback of callbacks) {
      try {
        callback();
      } catch (error) {
        printError(`${util.inspect(error)}\n`);
      }
    }
  }

  /**
   * Runs the compiled code. An async function around it makes every form of top-level await work,
   * `for await` included.
   * @param {Run} run
   */
  async function evaluate(run) {
    const { output, lastExpressionVar } = run.converted;
    const script = new vm.Script(`(async function (exports, require, ${GUARD}) {\n${output}\n})`, {
      filename: run.name,
      lineOffset: -1,
    });
    const { guard } = run;
    const { require } = globalThis.__tslab__;
    await script.runInThisContext().call(globalThis, variables, require, guard);
    if (!lastExpressionVar) return;
    const value = variables[lastExpressionVar];
    delete variables[lastExpressionVar];
    // A promise is shown as what it gives: a cell that ends in an async call lasts until it is done.
    run.result = await resultData(util.types.isPromise(value) ? guard(await value) : value);
  }

  /** Ends the run; only the first end counts. @param {Run} run */
  function end(run) {
    if (run !== current) return;
    callAtEnd();
    Atomics.store(control, slot.PHASE, phase.IDLE);
    if (run.converted) {
      const { declOutput: declared = "" } = run.converted;
      declarations = run.failed ? reached(run, declared) : declared;
    }
    run.onEnd(run);
    // What begins after the cell belongs to no cell.
    globalThis.__tslab__.guard = makeGuard();
    current = null;
  }

  /** @param {Run} run @param {string} declared */
  function reached({ before }, declared) {
    const isReached = (/** @type {string} */ name) =>
      name in variables && !(name in before && Object.is(before[name], variables[name]));
    return reachedDeclarations(ts, { previous: declarations, declared, isReached });
  }

  /** @param {Run} run @param {unknown} error */
  function fail(run, error) {
    run.failed = true;
    const interrupted = run.guard.interrupted || Atomics.load(interrupt, 0) === 1;
    run.error = interrupted ? asInterrupt(error) : error;
    end(run);
  }

  /**
   * Starts a cell; `onEnd` is called when it has ended, in whatever way.
   * @param {{ source: string, name: string, onEnd: (run: Run) => void }} cell
   */
  async function start({ source, name, onEnd }) {
    /** @type {Run} */
    const run = {
      name,
      guard: makeGuard(),
      converted: null,
      before: { ...variables },
      failed: false,
      error: undefined,
      result: null,
      onEnd,
    };
    current = run;
    Atomics.store(interrupt, 0, 0);
    Atomics.store(control, slot.PHASE, phase.COMPILING);
    globalThis.__tslab__.guard = run.guard;
    try {
      await executor.execute(source);
      if (run.converted?.output) {
        // What is terminated from here on leaves no half-open frame of Node behind: a promise's
        // reaction runs on an empty stack.
        Atomics.store(control, slot.PHASE, phase.RUNNING);
        await evaluate(run);
      }
      end(run);
    } catch (error) {
      fail(run, error);
    }
  }

  /**
   * Ends the running cell: its code throws at its next await, and nobody waits for it. Everything is done
   * when this returns, because promises that code cut off was about to settle stay open for ever.
   */
  function interruptCell() {
    if (!current) return;
    current.guard.interrupted = true;
    fail(current, undefined);
  }

  /**
   * Compiles the import that notebooks here begin with, so that the first cell finds the declarations of
   * the library read and the compiler warm. Nothing of it stays.
   */
  function warmUp() {
    if (fs.existsSync("../src/package.json")) {
      const warm = 'import * as lab from "../src";\nlab;';
      const { output } = convertCell(converter(), "", warm);
      if (output) takeMaps(output);
    }
  }

  return { start, interruptCell, warmUp, executor, hasCache: cache.hasCells };
}

module.exports = { makeCells };
