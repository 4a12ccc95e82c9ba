// @ts-check
"use strict";
// Sends what the process prints to the notebook instead of the server's log.

const fs = require("node:fs");
const { StringDecoder } = require("node:string_decoder");
const { isSilenced } = require("./guard.cjs");

/**
 * Redirects stdout and stderr; Node's own warnings keep going to the log.
 * @param {import("../front/open.cjs").Front} front
 */
function redirectOutput(front) {
  redirect(process.stdout, (text) => front.stream("stdout", text));
  redirect(process.stderr, (text) => front.stream("stderr", text));
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    fs.writeSync(2, `${warning.name}: ${warning.message}\n`);
  });
}

/**
 * @param {NodeJS.WriteStream} stream
 * @param {(text: string) => void} send
 */
function redirect(stream, send) {
  // A character can be split over two writes of bytes.
  const decoder = new StringDecoder("utf8");
  /** @param {string | Uint8Array} chunk @param {any} [encoding] @param {any} [callback] */
  const write = (chunk, encoding, callback) => {
    if (isSilenced()) return true;
    const bytes = typeof chunk === "string" ? null : Buffer.from(chunk);
    send(bytes ? decoder.write(bytes) : /** @type {string} */ (chunk));
    const done = typeof encoding === "function" ? encoding : callback;
    if (done) process.nextTick(done);
    return true;
  };
  stream.write = write;
}

module.exports = { redirectOutput };
