// @ts-check
"use strict";
// Shows MIME bundles: for tslab's `display`, for the library, and for a cell's last value.

const util = require("node:util");
const { displaySymbol } = require("../shared.cjs");

/** A value with this method gives its own MIME bundle, as in Deno's kernel. */
const richSymbol = Symbol.for("Jupyter.display");

/**
 * Installs the two ways to show a bundle.
 * @param {import("../front/open.cjs").Front} front
 */
function installDisplay(front) {
  /**
   * @param {{ data: Record<string, unknown>, metadata?: object, transient?: object }} bundle
   * @param {boolean} [isUpdate] replace the display that has the same transient.display_id
   */
  function display({ data, metadata = {}, transient = {} }, isUpdate = false) {
    if (typeof data !== "object" || data === null) {
      throw new TypeError("display: data must be an object whose keys are MIME types");
    }
    front.publish(isUpdate ? "update_display_data" : "display_data", { data, metadata, transient });
  }
  Object.defineProperty(globalThis, displaySymbol, { value: display });
  require("tslab/dist/jupyter").lastWriteDisplayData = display;
}

/**
 * The data of `execute_result` for a cell's last value; null where there is nothing to show.
 * @param {unknown} value
 * @returns {Promise<Record<string, unknown> | null>}
 */
async function resultData(value) {
  if (value === undefined) return null;
  const method = /** @type {any} */ (value)?.[richSymbol];
  if (typeof method !== "function") return { "text/plain": util.inspect(value) };
  const data = await method.call(value);
  if (typeof data !== "object" || data === null) {
    throw new TypeError(
      'Symbol.for("Jupyter.display") must return an object whose keys are MIME types',
    );
  }
  return data;
}

module.exports = { installDisplay, resultData };
