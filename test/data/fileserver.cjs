// @ts-check
// A file server on the loopback for the download tests, in a thread of its own: its paths behave
// well or badly in one way each. It answers "log" with the requests since the last time.
const { createServer } = require("node:http");
const { parentPort, workerData } = require("node:worker_threads");

if (!parentPort) throw new Error("runs in a worker");
const port = parentPort;
const body = Buffer.from(workerData);
/** @type {string[]} */
let log = [];

/**
 * @param {import("node:http").ServerResponse} answer
 * @param {string | undefined} range
 * @param {number} [until]
 */
function send(answer, range, until = body.length) {
  const from = range ? Number(/^bytes=(\d+)-$/.exec(range)?.[1]) : 0;
  const rest = body.subarray(from);
  const headers = { "content-length": rest.length, "content-type": "application/gzip" };
  if (range) {
    const contentRange = `bytes ${from}-${body.length - 1}/${body.length}`;
    answer.writeHead(206, { ...headers, "content-range": contentRange });
  } else {
    answer.writeHead(200, headers);
  }
  answer.write(body.subarray(from, until));
  return from;
}

/** @type {{ [path: string]: (range: string | undefined, answer: import("node:http").ServerResponse) => void }} */
const paths = {
  "/good": (range, answer) => {
    send(answer, range);
    answer.end();
  },
  "/noranges": (_range, answer) => {
    send(answer, undefined);
    answer.end();
  },
  "/breaks": (range, answer) => {
    const from = range ? Number(range.slice("bytes=".length, -1)) : 0;
    send(answer, range, from + 15000);
    setTimeout(() => (from + 15000 < body.length ? answer.destroy() : answer.end()), 50);
  },
  "/slow": (range, answer) => {
    send(answer, range, 10000);
    setTimeout(() => answer.end(body.subarray(10000)), 800);
  },
  "/stalls": (range, answer) => {
    send(answer, range, 30000);
  },
  "/silent": () => {},
  "/page": (_range, answer) => {
    answer.writeHead(200, { "content-type": "text/html" });
    answer.end("try later");
  },
  "/longer": (_range, answer) => {
    answer.writeHead(200);
    answer.end(Buffer.concat([body, body]));
  },
  "/redirect": (_range, answer) => {
    answer.writeHead(302, { location: "/good" });
    answer.end();
  },
  "/circle": (_range, answer) => {
    answer.writeHead(302, { location: "/circle" });
    answer.end();
  },
};

const server = createServer((request, answer) => {
  const { range } = request.headers;
  const path = request.url ?? "";
  log.push(`GET ${path}${range ? ` ${range}` : ""}`);
  const respond = paths[path];
  if (respond) {
    respond(range, answer);
  } else {
    answer.writeHead(404);
    answer.end();
  }
});

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  port.postMessage(typeof address === "object" && address ? address.port : 0);
});
port.on("message", () => {
  port.postMessage(log);
  log = [];
});
