// @ts-check
"use strict";
// Jupyter's wire protocol 5.3: frames to messages, messages to signed frames.
// https://jupyter-client.readthedocs.io/en/stable/messaging.html#the-wire-protocol

const { createHmac, randomUUID, timingSafeEqual } = require("node:crypto");

const DELIMITER = Buffer.from("<IDS|MSG>");

/**
 * @typedef {{ identities: Buffer[], header: any, content: any }} Message
 */

/**
 * Makes the reader and writer for one connection.
 * @param {{ key: string, signature_scheme?: string }} connection
 */
function makeWire({ key, signature_scheme = "hmac-sha256" }) {
  const algorithm = signature_scheme.replace(/^hmac-/, "");
  const session = randomUUID();

  /** @param {(string | Buffer)[]} parts */
  function sign(parts) {
    if (!key) return "";
    const hmac = createHmac(algorithm, key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  /**
   * Reads one message; null when the frames are not a message signed with our key.
   * @param {Buffer[]} frames
   * @returns {Message | null}
   */
  function read(frames) {
    const at = frames.findIndex((frame) => frame.equals(DELIMITER));
    if (at < 0 || frames.length < at + 6) return null;
    const parts = frames.slice(at + 2, at + 6);
    const expected = Buffer.from(sign(parts));
    const found = frames[at + 1];
    if (key && (expected.length !== found.length || !timingSafeEqual(expected, found))) return null;
    try {
      return {
        identities: frames.slice(0, at),
        header: JSON.parse(parts[0].toString()),
        content: JSON.parse(parts[3].toString()),
      };
    } catch {
      return null;
    }
  }

  /**
   * The frames of a message.
   * @param {(string | Buffer)[]} identities the client's address, or the topic of a broadcast
   * @param {string} type msg_type
   * @param {object} parent the header of the message that this one belongs to, {} for none
   * @param {string} json the content
   */
  function write(identities, type, parent, json) {
    const header = {
      msg_id: randomUUID(),
      session,
      username: "kernel",
      date: new Date().toISOString(),
      msg_type: type,
      version: "5.3",
    };
    const parts = [JSON.stringify(header), JSON.stringify(parent), "{}", json];
    return [...identities, DELIMITER, sign(parts), ...parts];
  }

  return { read, write };
}

module.exports = { makeWire };
