// @ts-check
"use strict";
// Joins the many small prints of a cell into few messages, without holding any back for long.

/** A text is published at most this many milliseconds after it was printed. */
const DELAY = 25;

/** A longer text is published at once. */
const LONGEST = 1 << 16;

/**
 * @param {(name: string, text: string) => void} publish
 */
function makeStreams(publish) {
  let name = "";
  let text = "";
  /** @type {NodeJS.Timeout | null} */
  let timer = null;

  function flush() {
    if (timer) clearTimeout(timer);
    timer = null;
    if (text.length === 0) return;
    const whole = text;
    text = "";
    publish(name, whole);
  }

  return {
    /** @param {string} stream @param {string} piece */
    add(stream, piece) {
      if (stream !== name) flush();
      name = stream;
      text += piece;
      if (text.length > LONGEST) flush();
      else timer ??= setTimeout(flush, DELAY);
    },
    flush,
  };
}

module.exports = { makeStreams };
