// Downloads against a server on the loopback: nothing outside this machine is ever asked.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { Worker } from "node:worker_threads";
import { fetchFiles } from "../../src/data/fetch";
import type { WantedFile } from "../../src/data/fetchworker";
import { tryLock } from "../../src/data/lock";
import { RuntimeError } from "../../src/errors";

const body = Buffer.from(Array.from({ length: 50000 }, (_, i) => (i * i) % 251));
const md5 = createHash("md5").update(body).digest("hex");

// fetchFiles blocks this thread, so the server runs in another one.
let server: Worker;
let base = "";
let folder = "";

before(async () => {
  server = new Worker(join(__dirname, "fileserver.cjs"), { workerData: body });
  const [port] = await once(server, "message");
  base = `http://127.0.0.1:${port}`;
});
after(async () => {
  await server.terminate();
});
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "fetch 下载 ")), "raw");
  return () => rmSync(folder, { recursive: true, force: true });
});

async function requests(): Promise<string[]> {
  server.postMessage("log");
  const [log] = await once(server, "message");
  return log as string[];
}

function wanted(...paths: string[]): WantedFile {
  return { name: "a.gz", bytes: body.length, md5, urls: paths.map((path) => base + path) };
}

/** Fetch quietly: what is printed is returned. */
function quietly(run: () => void): string {
  const { write } = process.stdout;
  let printed = "";
  process.stdout.write = ((text: string) => {
    printed += text;
    return true;
  }) as typeof write;
  try {
    run();
  } finally {
    process.stdout.write = write;
  }
  return printed;
}

const fetchOne = (file: WantedFile, idleMs = 2000) =>
  quietly(() => fetchFiles(folder, [file], { idleMs, advice: "by hand" }));

function failure(file: WantedFile, idleMs?: number): RuntimeError {
  let failed: RuntimeError | undefined;
  assert.throws(
    () => fetchOne(file, idleMs),
    (error: unknown) => {
      assert.ok(error instanceof RuntimeError, String(error));
      failed = error;
      return true;
    },
  );
  return failed as RuntimeError;
}

const saved = () => readFileSync(join(folder, "a.gz"));
const left = () => readdirSync(folder).sort();

test("a file arrives whole, under its name, and nothing else is left", () => {
  const printed = fetchOne(wanted("/good"));
  assert.deepEqual(saved(), body);
  assert.deepEqual(left(), ["a.gz"]);
  assert.match(printed, /^Fetched a\.gz \(0\.1 MB\)\n$/);
});

test("a file that is there and right is not fetched again", async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "a.gz"), body);
  await requests();
  fetchOne(wanted("/good"));
  assert.deepEqual(await requests(), []);
});

test("a file that is there and wrong is replaced", () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "a.gz"), body.subarray(0, 100));
  fetchOne(wanted("/good"));
  assert.deepEqual(saved(), body);
});

test("a part is carried on with a Range request", async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "a.gz.part"), body.subarray(0, 20000));
  await requests();
  fetchOne(wanted("/good"));
  assert.deepEqual(saved(), body);
  assert.deepEqual(await requests(), ["GET /good bytes=20000-"]);
});

test("a server without ranges sends all of it again", () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "a.gz.part"), body.subarray(0, 20000));
  fetchOne(wanted("/noranges"));
  assert.deepEqual(saved(), body);
});

test("a part that does not fit is dropped and the file fetched from the beginning", () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "a.gz.part"), Buffer.alloc(20000, 7));
  fetchOne(wanted("/good"));
  assert.deepEqual(saved(), body);
  assert.deepEqual(left(), ["a.gz"]);
});

test("a connection that breaks is taken up where it broke", async () => {
  await requests();
  fetchOne(wanted("/breaks"));
  assert.deepEqual(saved(), body);
  const log = await requests();
  assert.ok(log.length > 1 && log.slice(1).every((line) => /bytes=\d+-$/.test(line)), log.join());
});

test("after a 404 the next mirror is asked", async () => {
  await requests();
  fetchOne(wanted("/missing", "/good"));
  assert.deepEqual(saved(), body);
  assert.deepEqual(await requests(), ["GET /missing", "GET /good"]);
});

test("redirects are followed, circles are not", () => {
  fetchOne(wanted("/redirect"));
  assert.deepEqual(saved(), body);
  rmSync(join(folder, "a.gz"));
  assert.match(failure(wanted("/circle")).hint ?? "", /more than 5 redirects/);
});

test("a wrong checksum is an error and leaves nothing", () => {
  const error = failure({ ...wanted("/good"), md5: "0".repeat(32) });
  assert.equal(error.message, "Error downloading a.gz");
  assert.match(error.hint ?? "", new RegExp(`/good: expected MD5 0{32}, found ${md5}\nby hand$`));
  assert.deepEqual(left(), []);
});

test("every address and its reason stand in the error", () => {
  const error = failure(wanted("/missing", "/page", "/longer"));
  assert.match(error.hint ?? "", /\/missing: HTTP 404/);
  assert.match(error.hint ?? "", /\/page: expected 50,000 bytes, found 9 \(text\/html\)/);
  assert.match(error.hint ?? "", /\/longer: expected 50,000 bytes, found more/);
  assert.ok(!existsSync(join(folder, "a.gz")));
});

test("a server that says nothing is given up", () => {
  assert.match(failure(wanted("/silent"), 200).hint ?? "", /\/silent: no answer for 0\.2 s/);
});

test("a server that stops in the middle is given up, and what came is kept", () => {
  assert.match(failure(wanted("/stalls"), 200).hint ?? "", /\/stalls: no data for 0\.2 s/);
  assert.deepEqual(readFileSync(join(folder, "a.gz.part")), body.subarray(0, 30000));
});

test("no connection is an error that names it", () => {
  const file = { ...wanted(), urls: ["http://127.0.0.1:1/a.gz"] };
  assert.match(failure(file).hint ?? "", /127\.0\.0\.1:1\/a\.gz: .*ECONNREFUSED/);
});

test("a folder that cannot be made is an error", () => {
  const file = join(mkdtempSync(join(tmpdir(), "fetch ")), "file");
  writeFileSync(file, "");
  assert.throws(
    () => fetchFiles(join(file, "raw"), [wanted("/good")]),
    (error: unknown) => error instanceof RuntimeError && /Error downloading: /.test(error.message),
  );
});

test("the interrupt flag ends the wait and keeps what has arrived", () => {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const key = Symbol.for("deep-learning-lab.interrupt");
  const registry = globalThis as { [key: symbol]: unknown };
  const kept = registry[key];
  registry[key] = flag;
  const press = new Worker(
    "setTimeout(() => require('node:worker_threads').workerData.fill(1), 500)",
    {
      eval: true,
      workerData: flag,
    },
  );
  press.unref();
  const start = Date.now();
  try {
    assert.throws(
      () => fetchOne(wanted("/stalls"), 60000),
      (error: unknown) => error instanceof Error && error.name === "KeyboardInterrupt",
    );
  } finally {
    registry[key] = kept;
  }
  assert.ok(Date.now() - start < 5000);
  assert.equal(readFileSync(join(folder, "a.gz.part")).length, 30000);
});

test("two at once: the second waits and fetches nothing", async () => {
  await requests();
  const other = new Worker(join(__dirname, "fetchtwice.cjs"), {
    workerData: { folder, file: wanted("/slow") },
    stdout: true,
  });
  other.stdout.resume();
  const ended = once(other, "exit");
  await once(other, "message");
  fetchOne(wanted("/slow"));
  const [code] = await ended;
  assert.equal(code, 0);
  assert.deepEqual(saved(), body);
  assert.deepEqual(left(), ["a.gz"]);
  assert.equal((await requests()).length, 1);
});

test("a lock left by a dead process is taken over", () => {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, ".fetching.lock");
  writeFileSync(path, JSON.stringify({ pid: 99999999, host: "another-machine", token: "x" }));
  const longAgo = new Date(Date.now() - 60000);
  utimesSync(path, longAgo, longAgo);
  fetchOne(wanted("/good"));
  assert.deepEqual(left(), ["a.gz"]);
});

test("a lock is held by one only and given back", () => {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, ".lock");
  const first = tryLock(path);
  assert.ok(first);
  assert.equal(tryLock(path), null);
  first.release();
  const second = tryLock(path);
  assert.ok(second);
  first.release();
  assert.ok(existsSync(path), "a released lock must not take away the next holder's");
  second.release();
  assert.ok(!existsSync(path));
});
