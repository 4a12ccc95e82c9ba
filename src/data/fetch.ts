// Fetches files from a synchronous call: a worker does the work, this thread waits for it, shows
// the progress and listens for the interrupt key.

import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { RuntimeError } from "../errors";
import { interrupted, keyboardInterrupt, lookEveryMs, startWorker } from "../worker";
import { FetchProgress } from "./fetchprogress";
import type { Attempt, FetchNews, FetchTask, WantedFile } from "./fetchworker";

const defaultIdleMs = 30000;
/** The worker says every second that it lives; after this silence it does not. */
const deadAfterMs = 30000;

function listAttempts(attempts: readonly Attempt[]): string {
  return attempts.map(({ url, reason }) => `  ${url}: ${reason}`).join("\n");
}

/** What the caller may set. */
export interface FetchOptions {
  /** Milliseconds of silence after which an address is given up; 30,000 by default. */
  readonly idleMs?: number;
  /** What to do by hand, for the error message. */
  readonly advice?: string;
}

/**
 * Fetch the files into the folder and return when all are there, each checked by its MD5 and put
 * in place by a rename. A part left by an earlier try is carried on. Another process that fetches
 * into the same folder is waited for. Raises RuntimeError with every address tried and why it
 * failed; an interrupt raises KeyboardInterrupt and keeps the part.
 */
export function fetchFiles(
  folder: string,
  files: readonly WantedFile[],
  options: FetchOptions = {},
): void {
  const { port1, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(8));
  const idleMs = options.idleMs ?? defaultIdleMs;
  const fetchTask: FetchTask = { folder, files, idleMs, signal };
  startWorker(__filename, "fetchworker", { fetchTask, port: port2 }, [port2]);
  const progress = new FetchProgress(files);
  try {
    for (let heard = Date.now(); ; ) {
      const seen = Atomics.load(signal, 0);
      for (let next = receiveMessageOnPort(port1); next; next = receiveMessageOnPort(port1)) {
        const news = next.message as FetchNews;
        heard = Date.now();
        if (news.kind === "finished") return;
        handle(news, progress, options.advice);
      }
      if (interrupted()) {
        throw keyboardInterrupt("the download was interrupted; what has arrived is kept");
      }
      if (Date.now() - heard > deadAfterMs) {
        throw new RuntimeError("Error downloading: the download thread died", options.advice);
      }
      Atomics.wait(signal, 0, seen, lookEveryMs);
    }
  } finally {
    Atomics.store(signal, 1, 1);
    progress.close();
    port1.close();
  }
}

function handle(news: FetchNews, progress: FetchProgress, advice: string | undefined): void {
  switch (news.kind) {
    case "failed":
      throw new RuntimeError(
        `Error downloading ${news.name}`,
        [`Tried:\n${listAttempts(news.attempts)}`, advice].filter(Boolean).join("\n"),
      );
    case "broken":
      throw new RuntimeError(`Error downloading: ${news.reason}`, advice);
    default:
      progress.show(news);
  }
}
