// @ts-check
"use strict";
// The inputs of this session, for the consoles that ask (history_request).

/** There is one session: the kernel's life. */
const SESSION = 1;

/**
 * A shell pattern (`*`, `?`) as a regular expression.
 * @param {string} glob
 */
function toRegExp(glob) {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, "[^]*")
    .replace(/\?/g, "[^]");
  return new RegExp(`^${source}$`);
}

function makeHistory() {
  /** @type {{ line: number, code: string }[]} */
  const inputs = [];

  return {
    /** @param {string} json the content of execute_input */
    add(json) {
      const { execution_count: line, code } = JSON.parse(json);
      inputs.push({ line, code });
    },
    /**
     * The content of history_reply.
     * @param {{ hist_access_type?: string, n?: number, start?: number, stop?: number,
     *   pattern?: string, unique?: boolean, output?: boolean }} request
     */
    answer(request) {
      const { hist_access_type: type, n, start = 1, stop, pattern = "*", unique, output } = request;
      let found = inputs;
      if (type === "range") {
        found = found.filter(({ line }) => line >= start && line < (stop ?? Infinity));
      } else if (type === "search") {
        const wanted = toRegExp(pattern);
        found = found.filter(({ code }) => wanted.test(code));
        if (unique)
          found = found.filter(({ code }, i) => found.findLastIndex((f) => f.code === code) === i);
      }
      if (type !== "range" && n) found = found.slice(-n);
      return {
        status: "ok",
        history: found.map(({ line, code }) => [SESSION, line, output ? [code, null] : code]),
      };
    },
  };
}

module.exports = { makeHistory };
