// Runs in a worker thread: fetches files over HTTP while the main thread waits, so that a data
// set can be opened by a synchronous call.

import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, mkdirSync } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { get as httpGet, type IncomingMessage } from "node:http";
import { get as httpsGet } from "node:https";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { isMainThread, type MessagePort, workerData } from "node:worker_threads";
import { type Lock, lockHolder, tryLock } from "./lock";

/** A file to fetch: where it may be had and how it is known to be right. */
export interface WantedFile {
  readonly name: string;
  readonly bytes: number;
  readonly md5: string;
  readonly urls: readonly string[];
}

/** What the worker is told. */
export interface FetchTask {
  readonly folder: string;
  readonly files: readonly WantedFile[];
  /** Give up on a silent server after this many milliseconds. */
  readonly idleMs: number;
  /** Element 0: woken on news and at the end. Element 1: set when the main thread wants to stop. */
  readonly signal: Int32Array;
}

/** What went wrong with one address. */
export interface Attempt {
  readonly url: string;
  readonly reason: string;
}

/** What the worker reports. */
export type FetchNews =
  | { readonly kind: "alive" }
  | { readonly kind: "waiting"; readonly pid: number | null }
  | {
      readonly kind: "progress";
      readonly name: string;
      readonly received: number;
      readonly total: number;
    }
  | { readonly kind: "fetched"; readonly name: string }
  | { readonly kind: "failed"; readonly name: string; readonly attempts: readonly Attempt[] }
  | { readonly kind: "broken"; readonly reason: string }
  | { readonly kind: "finished" };

const maximumRedirects = 5;
/** How often one address is asked, as long as every try brings more. */
const maximumTries = 20;
const reportEveryMs = 100;
const aliveEveryMs = 1000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function request(url: string, from: number, idleMs: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const get = url.startsWith("https:") ? httpsGet : httpGet;
    const headers = from > 0 ? { Range: `bytes=${from}-` } : {};
    const call = get(url, { headers, timeout: idleMs });
    const silent = (what: string) => new Error(`${what} for ${idleMs / 1000} s`);
    const giveUp = () => call.destroy(silent("no answer"));
    call.on("timeout", giveUp);
    call.on("error", reject);
    call.on("response", (answer) => {
      call.off("timeout", giveUp);
      answer.setTimeout(idleMs, () => answer.destroy(silent("no data")));
      resolve(answer);
    });
  });
}

/** The answer after redirects; bodies of redirects are thrown away. */
async function follow(url: string, from: number, idleMs: number): Promise<IncomingMessage> {
  let address = url;
  for (let hop = 0; hop <= maximumRedirects; hop++) {
    const answer = await request(address, from, idleMs);
    const { statusCode = 0, headers } = answer;
    if (statusCode < 300 || statusCode >= 400 || !headers.location) return answer;
    answer.resume();
    address = new URL(headers.location, address).href;
  }
  throw new Error(`more than ${maximumRedirects} redirects`);
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}

async function md5Of(path: string): Promise<string> {
  const hash = createHash("md5");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/** Node's messages without the parts that differ from machine to machine. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return message || code || String(error);
}

/** No address gave the file. */
class Unavailable extends Error {
  constructor(
    readonly file: string,
    readonly attempts: readonly Attempt[],
  ) {
    super(`no address gave ${file}`);
  }
}

/** One worker's task: the folder, the signal and the way to report. */
class Fetcher {
  constructor(
    private readonly task: FetchTask,
    private readonly report: (news: FetchNews) => void,
  ) {}

  private get stopped(): boolean {
    return Atomics.load(this.task.signal, 1) !== 0;
  }

  private checkStop(): void {
    if (this.stopped) throw new Error("stopped");
  }

  async run(): Promise<void> {
    mkdirSync(this.task.folder, { recursive: true });
    const lock = await this.waitForLock();
    try {
      for (const file of this.task.files) {
        this.checkStop();
        if (!(await this.isThere(file))) await this.fetch(file);
      }
    } finally {
      lock.release();
    }
  }

  private async waitForLock(): Promise<Lock> {
    const path = join(this.task.folder, ".fetching.lock");
    for (let told = false; ; told = true) {
      this.checkStop();
      const lock = tryLock(path);
      if (lock) return lock;
      if (!told) this.report({ kind: "waiting", pid: lockHolder(path) });
      await pause(100);
    }
  }

  private async isThere(file: WantedFile): Promise<boolean> {
    const path = join(this.task.folder, file.name);
    return (await sizeOf(path)) === file.bytes && (await md5Of(path)) === file.md5;
  }

  /** Try the addresses in turn; a part that arrived is carried on, wherever it came from. */
  private async fetch(file: WantedFile): Promise<void> {
    const attempts: Attempt[] = [];
    const part = join(this.task.folder, `${file.name}.part`);
    for (const url of file.urls) {
      const reason = await this.persist(url, file, part);
      if (reason === null) {
        await rename(part, join(this.task.folder, file.name));
        this.report({ kind: "fetched", name: file.name });
        return;
      }
      attempts.push({ url, reason });
    }
    throw new Unavailable(file.name, attempts);
  }

  /** One address, again as long as each try brings more of the file. Null: it is all there. */
  private async persist(url: string, file: WantedFile, part: string): Promise<string | null> {
    for (let tries = 1; ; tries++) {
      const before = await sizeOf(part);
      try {
        await this.receive(url, file, part);
        await this.verify(file, part);
        return null;
      } catch (error) {
        this.checkStop();
        const after = await sizeOf(part);
        // A part that is gone did not fit: once more from the beginning.
        const again = after > before || (before > 0 && after === 0);
        if (!again || tries >= maximumTries) return reasonOf(error);
      }
    }
  }

  private async receive(url: string, file: WantedFile, part: string): Promise<void> {
    const have = await sizeOf(part);
    if (have === file.bytes) return;
    const from = have < file.bytes ? have : 0;
    const answer = await follow(url, from, this.task.idleMs);
    const status = answer.statusCode ?? 0;
    const continues =
      status === 206 && answer.headers["content-range"]?.startsWith(`bytes ${from}-`);
    if (status !== 200 && !continues) {
      answer.destroy();
      if (status === 416 || status === 206) await rm(part, { force: true });
      throw new Error(`HTTP ${status}`);
    }
    await this.save(answer, file, part, status === 200 ? 0 : from);
  }

  private async save(
    answer: IncomingMessage,
    file: WantedFile,
    part: string,
    from: number,
  ): Promise<void> {
    let received = from;
    let reported = 0;
    const fetcher = this;
    const expected = `expected ${file.bytes.toLocaleString("en-US")} bytes`;
    async function* watched(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of source) {
        fetcher.checkStop();
        received += chunk.length;
        if (received > file.bytes) throw new Error(`${expected}, found more`);
        const now = Date.now();
        if (now - reported >= reportEveryMs) {
          reported = now;
          fetcher.report({ kind: "progress", name: file.name, received, total: file.bytes });
        }
        yield chunk;
      }
    }
    await pipeline(answer, watched, createWriteStream(part, { flags: from > 0 ? "a" : "w" }));
    if (received !== file.bytes) {
      const type = answer.headers["content-type"] ?? "unknown type";
      throw new Error(`${expected}, found ${received.toLocaleString("en-US")} (${type})`);
    }
  }

  private async verify(file: WantedFile, part: string): Promise<void> {
    const found = await md5Of(part);
    if (found === file.md5) return;
    await rm(part, { force: true });
    throw new Error(`expected MD5 ${file.md5}, found ${found}`);
  }
}

/** Fetch what the task names and report; never rejects. */
async function runTask(task: FetchTask, report: (news: FetchNews) => void): Promise<void> {
  try {
    await new Fetcher(task, report).run();
    report({ kind: "finished" });
  } catch (error) {
    if (error instanceof Unavailable) {
      report({ kind: "failed", name: error.file, attempts: error.attempts });
    } else {
      report({ kind: "broken", reason: reasonOf(error) });
    }
  }
}

if (!isMainThread && workerData?.fetchTask) {
  const { fetchTask, port } = workerData as { fetchTask: FetchTask; port: MessagePort };
  const tell = (news: FetchNews) => {
    port.postMessage(news);
    Atomics.add(fetchTask.signal, 0, 1);
    Atomics.notify(fetchTask.signal, 0);
  };
  const pulse = setInterval(() => tell({ kind: "alive" }), aliveEveryMs);
  void runTask(fetchTask, tell).finally(() => {
    clearInterval(pulse);
    port.close();
  });
}
