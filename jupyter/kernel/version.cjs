// @ts-check
"use strict";
// The kernel leans on the inside of one tslab version, so any other is refused before a cell can run.

const fs = require("node:fs");

const WANTED = "1.0.22";

/**
 * Returns why this kernel cannot start here, or null.
 * @returns {string | null}
 */
function whyNot() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    return `Node 20.19 or newer is needed, this is ${process.version}. Install a newer Node and start the kernel again.`;
  }
  let found;
  try {
    found = JSON.parse(fs.readFileSync(require.resolve("tslab/package.json"), "utf8")).version;
  } catch {
    return "tslab is not installed beside this kernel. Type npm ci in the project's folder.";
  }
  if (found !== WANTED) {
    return `tslab ${WANTED} is needed, but ${found} is installed. Type npm ci in the project's folder.`;
  }
  return null;
}

module.exports = { WANTED, whyNot };
