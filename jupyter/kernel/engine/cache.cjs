// @ts-check
"use strict";
// Compiled cells, kept on disk: a notebook that runs again need not be compiled again.
//
// What a cell compiles to depends on its text, on the declarations of the cells before it, and on what
// both import. The first two, and the folder that imports start from, are the key of an entry; the third
// is only allowed to be declarations of the library and of installed packages, whose state names the
// folder of entries.

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const root = path.join(__dirname, "..", "..", "..");

/** "off", or another folder than the one where tools of npm keep such things. */
const SETTING = process.env.LAB_CELL_CACHE;

/** So many states of the library keep their cells; a state ends with each build that changes it. */
const STATES = 4;

/** So many cells of one state are kept, some 5 MB of JSON. */
const CELLS = 1000;

/**
 * @typedef {object} Entry
 * @property {Record<string, unknown>} converted what tslab's converter gave
 * @property {import("./typescript.cjs").Maps | null} maps its source maps; null when it has no code
 */

/** Name, size and time of every declaration below a folder. @param {string} folder @returns {string[]} */
function declarationsIn(folder) {
  /** @type {string[]} */
  const found = [];
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) found.push(...declarationsIn(file));
    else if (entry.name.endsWith(".d.ts")) {
      const { size, mtimeMs } = fs.statSync(file);
      found.push(`${file} ${size} ${mtimeMs}`);
    }
  }
  return found;
}

/** Changes with everything a compiled cell depends on but the cells themselves. @throws when not built */
function stateOfLibrary() {
  const packages = fs.statSync(path.join(root, "node_modules", ".package-lock.json"));
  const own = fs.readdirSync(__dirname).sort();
  return hash([
    process.versions.node,
    [packages.size, packages.mtimeMs],
    own.map((name) => fs.readFileSync(path.join(__dirname, name), "utf8")),
    declarationsIn(path.join(root, "dist")).sort(),
  ]);
}

/** @param {unknown} value */
const hash = (value) => createHash("sha256").update(JSON.stringify(value)).digest("hex");

/** Leaves only the newest entries of a folder. @param {string} folder @param {number} most */
function makeRoom(folder, most) {
  const names = fs.readdirSync(folder);
  if (names.length <= most) return;
  const dated = names.map((name) => ({ name, time: fs.statSync(path.join(folder, name)).mtimeMs }));
  dated.sort((a, b) => b.time - a.time);
  for (const { name } of dated.slice(most)) {
    fs.rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}

/** The folder for this state of the library; null when nothing can be kept. */
function stateFolder() {
  if (SETTING === "off") return null;
  const all = SETTING || path.join(root, "node_modules", ".cache", "deep-learning-lab", "cells");
  try {
    return path.join(all, stateOfLibrary().slice(0, 32));
  } catch {
    return null;
  }
}

/**
 * The cache of this kernel. It never fails: what cannot be read was not kept, and a folder that cannot
 * be written keeps nothing.
 */
function makeCache() {
  const folder = stateFolder();
  const hasCells = folder !== null && fs.existsSync(folder);
  let tidied = false;

  /** @param {string} declarations @param {string} source */
  const fileOf = (declarations, source) =>
    path.join(folder ?? "", `${hash([process.cwd(), declarations, source])}.json`);

  /**
   * What the cell was compiled to before, if it was.
   * @param {string} declarations of the cells before it
   * @param {string} source
   * @returns {Entry | undefined}
   */
  function find(declarations, source) {
    if (folder === null) return undefined;
    try {
      return JSON.parse(fs.readFileSync(fileOf(declarations, source), "utf8"));
    } catch {
      // There is none, or none that can be read.
      return undefined;
    }
  }

  /**
   * Keeps a compiled cell, unless it was compiled with a file of the user's, which may change.
   * @param {string} declarations
   * @param {string} source
   * @param {Entry} entry
   * @param {readonly string[]} dependencies the files that it was compiled with
   */
  function keep(declarations, source, entry, dependencies) {
    if (folder === null || !dependencies.every(isInstalled)) return;
    const file = fileOf(declarations, source);
    try {
      fs.mkdirSync(folder, { recursive: true });
      if (!tidied) {
        makeRoom(path.dirname(folder), STATES);
        makeRoom(folder, CELLS);
        tidied = true;
      }
      // Whole or not at all, whoever else writes it at the same time.
      const draft = `${file}.${process.pid}`;
      fs.writeFileSync(draft, JSON.stringify(entry));
      fs.renameSync(draft, file);
    } catch {
      // A folder of others, a full disk: then the next run compiles again.
    }
  }

  return { find, keep, hasCells };
}

const installed = ["dist", "node_modules"].map((name) => {
  const folder = path.join(root, name);
  return (fs.existsSync(folder) ? fs.realpathSync(folder) : folder) + path.sep;
});

/** Whether a file belongs to the library or to a package of this project. @param {string} file */
function isInstalled(file) {
  const normal = path.normalize(file);
  return installed.some((folder) => normal.startsWith(folder));
}

module.exports = { makeCache };
