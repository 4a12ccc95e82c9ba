// @ts-check
"use strict";
// The replies that need no engine: what this kernel is, and polite answers to what it does not offer.

const { WANTED } = require("../version.cjs");

/** TypeScript inside tslab 1.0.22. */
const LANGUAGE_VERSION = "5.0.4";

const kernelInfo = {
  status: "ok",
  protocol_version: "5.3",
  implementation: "tslab",
  implementation_version: WANTED,
  language_info: {
    name: "typescript",
    version: LANGUAGE_VERSION,
    mimetype: "text/typescript",
    file_extension: ".ts",
    pygments_lexer: "typescript",
    // A MIME type: JupyterLab looks languages up by name, then by it; older notebooks know it too.
    codemirror_mode: "application/typescript",
    nbconvert_exporter: "script",
  },
  banner: `TypeScript ${LANGUAGE_VERSION} (tslab ${WANTED}, started by deep-learning-lab)`,
  debugger: false,
  supported_features: [],
  help_links: [
    { text: "TypeScript", url: "https://www.typescriptlang.org/docs/" },
    { text: "tslab", url: "https://github.com/yunabe/tslab" },
  ],
};

/**
 * The reply to a request that the front answers alone: its type and content; null when it needs the
 * engine or has no reply.
 * @param {string} type msg_type of the request
 * @returns {{ type: string, content: object } | null}
 */
function answer(type) {
  switch (type) {
    case "kernel_info_request":
      return { type: "kernel_info_reply", content: kernelInfo };
    case "comm_info_request":
      return { type: "comm_info_reply", content: { status: "ok", comms: {} } };
    case "interrupt_request":
      return { type: "interrupt_reply", content: { status: "ok" } };
    case "debug_request":
      return {
        type: "debug_reply",
        content: { type: "response", success: false, message: "This kernel has no debugger." },
      };
  }
  if (!type.endsWith("_request")) return null;
  const evalue = `This kernel does not answer ${type}.`;
  return {
    type: type.replace(/_request$/, "_reply"),
    content: { status: "error", ename: "NotImplementedError", evalue, traceback: [] },
  };
}

module.exports = { answer, kernelInfo };
