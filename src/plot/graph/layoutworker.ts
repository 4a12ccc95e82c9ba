// Runs in a worker thread: Graphviz starts asynchronously, and a graph that takes it too long must
// be given up without losing the kernel.

import type { MessagePort } from "node:worker_threads";
import { workerData } from "node:worker_threads";
import { instance } from "@viz-js/viz";

/** What the worker is told. */
export interface LayoutTask {
  /** Graphs in Graphviz's language. */
  readonly dots: readonly string[];
  readonly port: MessagePort;
  /** Element 0 is set and woken when the answer has been posted. */
  readonly signal: Int32Array;
}

/** What it answers: each graph in Graphviz's `plain` format, or why not. */
export type LayoutAnswer = { readonly plain: readonly string[] } | { readonly reason: string };

const { dots, port, signal } = workerData as LayoutTask;

async function answer(): Promise<LayoutAnswer> {
  try {
    const graphviz = await instance();
    return { plain: dots.map((dot) => graphviz.renderString(dot, { format: "plain" })) };
  } catch (error) {
    return { reason: String(error) };
  }
}

void answer().then((message) => {
  port.postMessage(message);
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
});
