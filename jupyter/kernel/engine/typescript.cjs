// @ts-check
"use strict";
// Stands between tslab and its TypeScript, to keep the source maps that tslab drops and to prepare cells.
//
// tslab compiles a cell twice: TypeScript to ES modules (through a watch program), then those to
// CommonJS (`transpileModule` of a file called custom.js). These functions are wrapped here, before
// tslab's converter is loaded; its own files stay as they are.

const { makeVisitEachChild } = require("./names.cjs");
const { filesBehind, makeCreateProgram } = require("./program.cjs");
const { shareVariables } = require("./rebind.cjs");
const { seam } = require("./seams.cjs");
const { transformers } = require("./transform.cjs");

/** The file name that tslab gives to its second pass. */
const SECOND_PASS = "custom.js";

/** The file name that tslab gives to a cell after the first pass. */
const CELL = "__tslab__.js";

const INLINE_MAP = /\/\/# sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)\s*$/;

/**
 * @typedef {{ first: string, second: string }} Maps source maps of the two passes, as JSON
 */

/** The maps of the last conversion, by the code they belong to. @type {Map<string, Maps>} */
const mapsByCode = new Map();

/** The program that the last conversion was made with. @type {any} */
let builder = null;

/** Whether the next program of a cell is its first. */
let isFirst = false;

/**
 * The second pass, with a source map and with our changes to the code.
 * @param {any} ts tslab's TypeScript
 * @param {string} js
 * @param {any} options
 */
function secondPass(ts, js, options) {
  if (options?.fileName !== SECOND_PASS) return ts.transpileModule(js, options);
  const inline = INLINE_MAP.exec(js);
  const code = inline ? js.slice(0, inline.index) : js;
  const first = inline && Buffer.from(inline[1], "base64").toString();
  // Modules beside the notebook pass here too; they stay modules.
  const isCell = first !== null && JSON.parse(first).file === CELL;
  const result = ts.transpileModule(isCell ? shareVariables(ts, code) : code, {
    ...options,
    compilerOptions: { ...options.compilerOptions, sourceMap: true },
    transformers: transformers(ts, { isCell }),
  });
  const outputText = result.outputText.replace(/\/\/# sourceMappingURL=custom\.js\.map\s*$/, "");
  if (first && result.sourceMapText) {
    mapsByCode.set(outputText, { first, second: result.sourceMapText });
  }
  return { ...result, outputText };
}

/**
 * Puts the wrapped TypeScript where tslab's files will find it.
 * @throws MissingSeam when tslab's TypeScript lacks one of the functions
 */
function wrapTypeScript() {
  const file = require.resolve("@tslab/typescript-for-tslab", {
    paths: [require.resolve("tslab")],
  });
  const ts = require(file);
  const taken = [
    "createWatchCompilerHost",
    "transpileModule",
    "createSourceFile",
    "createAbstractBuilder",
    "bindSourceFile",
    "getEmitScriptTarget",
    "visitEachChild",
  ];
  for (const name of taken) {
    seam(file, name);
  }
  // TypeScript's own properties cannot be redefined, so tslab is given a copy with three of them changed.
  const descriptors = Object.getOwnPropertyDescriptors(ts);
  const put = (/** @type {string} */ name, /** @type {Function} */ value) => {
    descriptors[name] = { value, enumerable: true };
  };
  put("transpileModule", (/** @type {string} */ js, /** @type {any} */ options) =>
    secondPass(ts, js, options),
  );
  const getChecker = () => builder.getProgram().getTypeChecker();
  put("visitEachChild", makeVisitEachChild(ts, getChecker));
  put(
    "createWatchCompilerHost",
    (
      /** @type {any} */ files,
      /** @type {any} */ options,
      /** @type {any} */ system,
      /** @type {any} */ _createProgram,
      /** @type {any[]} */ ...rest
    ) => {
      const createProgram = makeCreateProgram(ts, {
        readsNames: () => {
          const first = isFirst;
          isFirst = false;
          return first;
        },
        onProgram: (made) => {
          builder = made;
        },
      });
      // Left to itself TypeScript reads every package of types that is installed, for its globals.
      const changed = { ...options, inlineSourceMap: true, types: ["node"] };
      return ts.createWatchCompilerHost(files, changed, system, createProgram, ...rest);
    },
  );
  /** @type {any} */ (require.cache[file]).exports = Object.defineProperties({}, descriptors);
  return ts;
}

/** The maps of a code that the last conversions gave, once. @param {string} code */
function takeMaps(code) {
  const maps = mapsByCode.get(code);
  mapsByCode.delete(code);
  return maps;
}

/**
 * Converts a cell. Completions and hover texts also make programs, but of these each is a whole one.
 * @param {any} converter tslab's
 * @param {string} declarations of the cells before
 * @param {string} source
 */
function convertCell(converter, declarations, source) {
  isFirst = true;
  try {
    return converter.convert(declarations, source);
  } finally {
    isFirst = false;
  }
}

/** The user's and other files that the last conversion was made with. */
const dependencies = () => filesBehind(builder);

module.exports = { wrapTypeScript, convertCell, takeMaps, dependencies };
