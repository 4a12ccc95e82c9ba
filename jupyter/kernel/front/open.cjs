// @ts-check
"use strict";
// The engine's end of the front: starts the thread and passes output, replies and requests.

const path = require("node:path");
const fs = require("node:fs");
const { Worker, MessageChannel } = require("node:worker_threads");
const { slot } = require("../shared.cjs");

/** The engine waits when more characters than this lie between it and the front. */
const MOST_PENDING = 1 << 24;

/**
 * Starts the front.
 * @param {{ file: string, shared: { control: Int32Array, interrupt: Int32Array } }} options
 */
function openFront({ file, shared }) {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(path.join(__dirname, "front.cjs"), {
    workerData: { file, shared, port: port2 },
    transferList: [port2],
  });
  worker.on("error", (error) => {
    fs.writeSync(2, `The kernel's front has failed: ${error?.stack ?? error}\n`);
    process.exit(1);
  });
  /** @param {{ op: string, size?: number, [key: string]: unknown }} message */
  function post(message) {
    port1.postMessage(message);
  }
  /**
   * Sends output and waits while the front is far behind, so that an endless print cannot eat the memory.
   * @param {number} size characters
   * @param {{ op: string, [key: string]: unknown }} message
   */
  function postSized(size, message) {
    let pending = Atomics.add(shared.control, slot.PENDING, size) + size;
    post({ ...message, size });
    while (pending > MOST_PENDING && size < pending) {
      Atomics.wait(shared.control, slot.PENDING, pending, 100);
      pending = Atomics.load(shared.control, slot.PENDING);
    }
  }
  return {
    /** Text for the cell's stdout or stderr. @param {"stdout" | "stderr"} name @param {string} text */
    stream(name, text) {
      if (text.length > 0) postSized(text.length, { op: "stream", name, text });
    },
    /** A message for everybody (iopub). @param {string} type @param {object} content */
    publish(type, content) {
      const json = JSON.stringify(content);
      postSized(json.length, { op: "publish", type, json });
    },
    /**
     * The answer to the request `id`, with what is published just before it: one message, so that
     * nothing can come between. The front takes only the first answer to a request.
     * @param {number} id
     * @param {{ status: string, [key: string]: unknown }} content
     * @param {{ type: string, content: object }[]} [last]
     */
    reply(id, content, last = []) {
      const published = last.map((l) => ({ type: l.type, json: JSON.stringify(l.content) }));
      const failed = content.status === "error";
      post({ op: "reply", id, json: JSON.stringify(content), failed, published });
    },
    /** Waits until everything is sent and the sockets are closed: the last thing before the end. */
    close() {
      post({ op: "close" });
      Atomics.wait(shared.control, slot.CLOSED, 0, 1000);
    },
    /** Says that requests may come. */
    ready() {
      post({ op: "ready" });
    },
    /** @param {(message: any) => void} listener */
    listen(listener) {
      port1.on("message", listener);
    },
  };
}

/** @typedef {ReturnType<typeof openFront>} Front */

module.exports = { openFront };
