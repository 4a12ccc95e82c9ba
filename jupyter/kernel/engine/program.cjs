// @ts-check
"use strict";
// The programs that cells are compiled with, made without what only an incremental build has use for.

const path = require("node:path");

/** The cell and the declarations before it, under tslab's names: they exist in memory only. */
const OWN = new Set(["__tslab__.ts", "__prev__.d.ts"]);

/**
 * What `createWatchCompilerHost` takes as `createProgram`. TypeScript's usual one looks through every
 * file of each program, some hundred declarations of Node and of the library, for what a next build
 * could keep; tslab asks it for nothing but the files that a cell depends on.
 *
 * tslab makes two programs for each cell that declares something, and reads from the first only the
 * names: there the cell alone is parsed, and the program of the cell before stands in.
 * @param {any} ts tslab's TypeScript
 * @param {{ readsNames: () => boolean, onProgram: (builder: any) => void }} cell whether the next
 *   program may be such a first one; called with each real program
 */
function makeCreateProgram(ts, { readsNames, onProgram }) {
  /** The builder behind each one that only knows names. @type {WeakMap<any, any>} */
  const behind = new WeakMap();

  /** @param {any} options @param {any} host @param {any} before the builder of the cell before */
  function namesOnly(options, host, before) {
    const name = before.getProgram().getRootFileNames().find(isCell);
    const file = name && host.getSourceFile(name, ts.getEmitScriptTarget(options));
    if (!file) return undefined;
    // The same cell again: TypeScript would see no need for a second program.
    if (before.getSourceFile(name)?.text.startsWith(file.text)) return undefined;
    ts.bindSourceFile(file, options);
    // Without names tslab makes no second program.
    if (!file.locals?.size) return undefined;
    const builder = Object.assign(Object.create(before), {
      getSourceFile: (/** @type {string} */ asked) =>
        asked === name ? file : before.getSourceFile(asked),
    });
    behind.set(builder, before);
    return builder;
  }

  return (
    /** @type {readonly string[]} */ names,
    /** @type {any} */ options,
    /** @type {any} */ host,
    /** @type {any} */ last,
    /** @type {any[]} */ ...rest
  ) => {
    const before = behind.get(last) ?? last;
    const light = before && readsNames() && namesOnly(options, host, before);
    if (light) return light;
    const builder = ts.createAbstractBuilder(names, options, host, before, ...rest);
    const program = builder.getProgram();
    builder.getAllDependencies = (/** @type {any} */ file) => dependencies(ts, program, file);
    // tslab reads the names that a cell declares. Otherwise they are only known once the type checker
    // is there.
    for (const name of program.getRootFileNames()) {
      const file = program.getSourceFile(name);
      if (file) ts.bindSourceFile(file, program.getCompilerOptions());
    }
    onProgram(builder);
    return builder;
  };
}

/** @param {string} name of a file */
const isCell = (name) => path.basename(name) === "__tslab__.ts";

/**
 * The names of a file and of all that it imports, and they import.
 * @param {any} ts @param {any} program @param {any} file
 * @returns {string[]}
 */
function dependencies(ts, program, file) {
  const found = new Set([file.fileName]);
  for (const name of found) {
    const source = program.getSourceFile(name);
    const folder = ts.getDirectoryPath(name);
    /** @type {string[]} */
    const next = source.referencedFiles.map((/** @type {{ fileName: string }} */ reference) =>
      ts.getNormalizedAbsolutePath(reference.fileName, folder),
    );
    source.resolvedModules?.forEach((/** @type {any} */ { resolvedModule }) => {
      if (resolvedModule) next.push(resolvedModule.resolvedFileName);
    });
    for (const path of next) {
      // JavaScript of packages is no part of the program.
      const imported = program.getSourceFile(path);
      if (imported) found.add(imported.fileName);
    }
  }
  return [...found];
}

/**
 * The files that a cell and the declarations before it were compiled with, and all modules that cells
 * defined: these may declare things for everyone.
 * @param {any} builder
 * @returns {string[]}
 */
function filesBehind(builder) {
  const roots = builder.getProgram().getRootFileNames();
  const all = roots.flatMap((/** @type {string} */ name) =>
    builder.getAllDependencies(builder.getSourceFile(name)),
  );
  return all.filter((/** @type {string} */ name) => !OWN.has(path.basename(name)));
}

module.exports = { makeCreateProgram, filesBehind };
