// @ts-check
"use strict";
// The five sockets of a kernel, with sends that keep their order and never refuse a message.

const zmq = require("zeromq");

/**
 * Sends one after the other: zeromq.js refuses a send while another of the same socket is under way.
 * @param {{ send(frames: any): Promise<void> }} socket
 */
function makeSender(socket) {
  /** @type {any[]} */
  const waiting = [];
  let sending = false;
  /** @type {(() => void)[]} */
  let whenEmpty = [];

  async function drain() {
    sending = true;
    while (waiting.length > 0) {
      const batch = waiting.splice(0);
      for (const frames of batch) {
        // A client that went away is no reason to stop answering the others.
        await socket.send(frames).catch(() => {});
      }
    }
    sending = false;
    for (const resolve of whenEmpty) resolve();
    whenEmpty = [];
  }

  return {
    /** @param {any} frames */
    send(frames) {
      waiting.push(frames);
      if (!sending) drain();
    },
    /** Resolves when everything has been handed to the network. */
    sent() {
      if (!sending) return Promise.resolve();
      return new Promise((resolve) => whenEmpty.push(() => resolve(undefined)));
    },
  };
}

/**
 * Binds the sockets and calls `onShell`, `onControl` with the frames of each message. Throws when another
 * program has one of the ports.
 * @param {{ transport: string, ip: string, shell_port: number, control_port: number,
 *   iopub_port: number, stdin_port: number, hb_port: number }} connection
 * @param {{ onShell: (frames: Buffer[]) => void, onControl: (frames: Buffer[]) => void }} handlers
 */
async function openSockets(connection, { onShell, onControl }) {
  // No limit: a dropped message could be the "idle" that a client waits for.
  const iopub = new zmq.Publisher({ sendHighWaterMark: 0, linger: 500 });
  const shell = new zmq.Router({ sendHighWaterMark: 0, linger: 500 });
  const control = new zmq.Router({ sendHighWaterMark: 0, linger: 500 });
  const stdin = new zmq.Router();
  const heartbeat = new zmq.Reply();
  const separator = connection.transport === "ipc" ? "-" : ":";
  /** @param {number} port */
  const address = (port) => `${connection.transport}://${connection.ip}${separator}${port}`;
  // zeromq aborts the process when it ends with an open socket in another thread.
  const close = () => {
    for (const socket of [iopub, shell, control, stdin, heartbeat]) socket.close();
  };
  try {
    await iopub.bind(address(connection.iopub_port));
    await shell.bind(address(connection.shell_port));
    await control.bind(address(connection.control_port));
    await stdin.bind(address(connection.stdin_port));
    await heartbeat.bind(address(connection.hb_port));
  } catch (error) {
    close();
    const { address: taken, message } = /** @type {Error & { address?: string }} */ (error);
    throw new Error(`Jupyter gave it ${taken ?? "a port"}, which cannot be opened (${message})`);
  }
  /** @param {AsyncIterable<Buffer[]>} socket @param {(frames: Buffer[]) => unknown} handle */
  async function receive(socket, handle) {
    for await (const frames of socket) await handle(frames);
  }
  receive(shell, onShell);
  receive(control, onControl);
  receive(heartbeat, (frames) => heartbeat.send(frames).catch(() => {}));
  return {
    iopub: makeSender(iopub),
    shell: makeSender(shell),
    control: makeSender(control),
    close,
  };
}

module.exports = { openSockets };
