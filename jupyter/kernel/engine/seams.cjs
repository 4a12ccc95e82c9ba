// @ts-check
"use strict";
// What this kernel takes from the inside of tslab, checked when it is taken.

/** Thrown when tslab's inside is not what this kernel was written for. */
class MissingSeam extends Error {
  name = "MissingSeam";
  /** @param {string} what for instance "tslab/dist/converter has no createConverter" */
  constructor(what) {
    super(
      `${what}. Type npm ci in the project's folder, which installs tslab 1.0.22 as it was published.`,
    );
  }
}

/**
 * A function of one of tslab's files.
 * @param {string} file
 * @param {string} name
 * @returns {any}
 * @throws MissingSeam when there is none
 */
function seam(file, name) {
  const found = require(file)[name];
  if (typeof found !== "function") throw new MissingSeam(`${file} has no ${name}`);
  return found;
}

module.exports = { MissingSeam, seam };
