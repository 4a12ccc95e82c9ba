// @ts-check
"use strict";
// The thread that speaks with Jupyter. It owns all sockets and the queue of requests, so that replies,
// output, interrupts and shutdown go on while the engine computes.

const fs = require("node:fs");
const { workerData } = require("node:worker_threads");
const { slot } = require("../shared.cjs");
const { answer } = require("./info.cjs");
const { makeHistory } = require("./history.cjs");
const { makeInterrupter } = require("./interrupt.cjs");
const { watchParent } = require("./parent.cjs");
const { listenForSignal } = require("./signal.cjs");
const { openSockets } = require("./sockets.cjs");
const { makeStreams } = require("./streams.cjs");
const { makeWire } = require("./wire.cjs");

/**
 * After an error the queue is read for so many milliseconds before the error is replied: what had been
 * sent by then is aborted, what comes after the reply is a new order and runs.
 */
const ABORT_WINDOW = 50;

/** So many turns of the event loop pass between the closing of the sockets and the thread's end. */
const TURNS_TO_CLOSE = 3;

/** The requests that the engine answers. */
const ENGINE = new Set([
  "execute_request",
  "complete_request",
  "inspect_request",
  "is_complete_request",
]);

const { file, shared, port } = workerData;
const connection = JSON.parse(fs.readFileSync(file, "utf8"));
const wire = makeWire(connection);
const history = makeHistory();
const interrupt = makeInterrupter(shared, (message) => port.postMessage(message));

/** @type {import("./wire.cjs").Message[]} */
const queue = [];
let engineReady = false;
/** @type {{ id: number, message: import("./wire.cjs").Message, ended: boolean } | null} */
let current = null;
let requests = 0;
/** The header that output belongs to: the last executed cell's, also after its end. */
let outputParent = {};
/** No request is handed over meanwhile: the engine's next step may be the one that is cut off. */
let interrupting = false;
let leaving = false;

/** Not there before the ports are open. @type {Awaited<ReturnType<typeof openSockets>>} */
let sockets;

/** @param {string} type @param {object} parent @param {string} json */
function publish(type, parent, json) {
  sockets.iopub.send(wire.write([Buffer.from(`kernel.${type}`)], type, parent, json));
}

/** @param {"busy" | "idle" | "starting"} state @param {object} parent */
function publishStatus(state, parent) {
  publish("status", parent, JSON.stringify({ execution_state: state }));
}

const streams = makeStreams((name, text) =>
  publish("stream", outputParent, JSON.stringify({ name, text })),
);

/** @param {import("./wire.cjs").Message} message @param {string} type @param {string} json */
function reply({ identities, header }, type, json, socket = sockets.shell) {
  socket.send(wire.write(identities, type, header, json));
}

/** The type of the reply to a message. @param {import("./wire.cjs").Message} message */
const replyType = ({ header }) => header.msg_type.replace(/_request$/, "_reply");

/** Takes the next request, if nothing is under way. */
function pump() {
  if (current || interrupting || leaving || queue.length === 0) return;
  if (ENGINE.has(queue[0].header.msg_type) && !engineReady) return;
  const message = /** @type {import("./wire.cjs").Message} */ (queue.shift());
  const type = message.header.msg_type;
  publishStatus("busy", message.header);
  if (ENGINE.has(type)) {
    requests += 1;
    current = { id: requests, message, ended: false };
    if (type === "execute_request") outputParent = message.header;
    port.postMessage({ op: "request", id: requests, type, content: message.content });
    return;
  }
  answerHere(message, sockets.shell);
  publishStatus("idle", message.header);
  pump();
}

/** @param {import("./wire.cjs").Message} message @param {typeof sockets.shell} socket */
function answerHere(message, socket) {
  const type = message.header.msg_type;
  if (type === "shutdown_request") {
    const content = { status: "ok", restart: message.content.restart === true };
    reply(message, "shutdown_reply", JSON.stringify(content), socket);
    leave();
    return;
  }
  if (type === "comm_open") {
    // The protocol's answer to a target that is not registered.
    const content = { comm_id: message.content.comm_id, data: {} };
    publish("comm_close", message.header, JSON.stringify(content));
    return;
  }
  if (type === "history_request") {
    reply(message, "history_reply", JSON.stringify(history.answer(message.content)), socket);
    return;
  }
  const known = answer(type);
  if (known) reply(message, known.type, JSON.stringify(known.content), socket);
}

/**
 * Ends the current request.
 * @param {{ id: number, json: string, failed: boolean, published: { type: string, json: string }[] }} result
 */
async function finish({ id, json, failed, published }) {
  // A request that an interrupt ended may be answered once more; the first answer counts.
  if (current?.id !== id || current.ended) return;
  current.ended = true;
  const { message } = current;
  const { header, content } = message;
  streams.flush();
  for (const { type, json } of published) publish(type, header, json);
  /** @type {import("./wire.cjs").Message[]} */
  const aborted = [];
  if (failed && header.msg_type === "execute_request" && content.stop_on_error !== false) {
    await new Promise((resolve) => setTimeout(resolve, ABORT_WINDOW));
    const waiting = queue.splice(0);
    for (const m of waiting) (m.header.msg_type === "execute_request" ? aborted : queue).push(m);
    streams.flush();
  }
  reply(message, replyType(message), json);
  publishStatus("idle", header);
  for (const m of aborted) {
    publishStatus("busy", m.header);
    reply(
      m,
      "execute_reply",
      JSON.stringify({ status: "aborted", ename: "Aborted", evalue: "", traceback: [] }),
    );
    publishStatus("idle", m.header);
  }
  current = null;
  pump();
}

/** @param {any} message */
function fromEngine(message) {
  if (message.size) {
    Atomics.sub(shared.control, slot.PENDING, message.size);
    Atomics.notify(shared.control, slot.PENDING);
  }
  switch (message.op) {
    case "stream":
      streams.add(message.name, message.text);
      break;
    case "publish":
      streams.flush();
      if (message.type === "execute_input") history.add(message.json);
      publish(message.type, outputParent, message.json);
      break;
    case "reply":
      finish(message);
      break;
    case "close":
      close();
      break;
    case "ready":
      engineReady = true;
      pump();
      break;
  }
}

/** Control requests are answered at once, whatever the engine does. @param {Buffer[]} frames */
function onControl(frames) {
  const message = wire.read(frames);
  if (!message || leaving) return;
  publishStatus("busy", message.header);
  if (message.header.msg_type === "interrupt_request") interruptCurrent();
  answerHere(message, sockets.control);
  publishStatus("idle", message.header);
  // Clients show the last status they see, and a cell may still be running.
  if (current) publishStatus("busy", current.message.header);
}

/** @param {Buffer[]} frames */
function onShell(frames) {
  const message = wire.read(frames);
  if (!message) return;
  queue.push(message);
  pump();
}

async function interruptCurrent() {
  if (current?.message.header.msg_type !== "execute_request") return;
  interrupting = true;
  await interrupt();
  interrupting = false;
  pump();
}

/** Ends the process: kindly where the engine still listens, else at once. */
function leave() {
  leaving = true;
  port.postMessage({ op: "exit" });
  setTimeout(async () => {
    await close();
    process.kill(process.pid, "SIGKILL");
  }, 300);
}

const opening = openSockets(connection, { onShell, onControl }).then(
  (opened) => {
    sockets = opened;
    publishStatus("starting", {});
  },
  (error) => {
    fs.writeSync(2, `The TypeScript kernel cannot start: ${error.message}. Start it again.\n`);
    port.postMessage({ op: "exit", code: 1 });
  },
);

/** @type {Promise<void> | null} */
let closing = null;

/** Lets the last messages out and closes the sockets; more calls join the first. */
function close() {
  leaving = true;
  closing ??= closeOnce();
  return closing;
}

async function closeOnce() {
  await opening;
  if (sockets) {
    streams.flush();
    await Promise.all([sockets.shell.sent(), sockets.control.sent(), sockets.iopub.sent()]);
    // zeromq hands frames to a thread of its own; a moment lets them reach the network.
    await new Promise((resolve) => setTimeout(resolve, 50));
    sockets.close();
    // The handles of a closed socket end in this turn of the event loop and its receivers in the next.
    // A thread that is ended before can be inside zeromq's callbacks, which then abort the process.
    for (let turn = 0; turn < TURNS_TO_CLOSE; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  Atomics.store(shared.control, slot.CLOSED, 1);
  Atomics.notify(shared.control, slot.CLOSED);
}

watchParent(leave);
listenForSignal(interruptCurrent);
port.on("message", fromEngine);
