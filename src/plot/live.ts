// A display that changes while a cell runs and is empty when the cell has ended.

import { randomUUID } from "node:crypto";
import { display, inJupyter } from "./display";

/** What an output is replaced by when it shall not be seen any more. */
const nothing = { "text/plain": "" };
/** Drawing may take at most one part in this many of the time. */
const restPerWork = 30;
const shortestPauseMs = 100;

/** A place in the running cell's output that is drawn anew now and then. */
export class LiveDisplay {
  private id: string | null = null;
  private next = 0;

  /** Whether it is time for another frame; never outside Jupyter. */
  get isDue(): boolean {
    return performance.now() >= this.next && inJupyter();
  }

  /** Show a frame of HTML. How long making it took decides when the next one is due. */
  frame(make: () => { readonly html: string; readonly text: string }): void {
    const start = performance.now();
    const { html, text } = make();
    const bundle = { "text/html": html, "text/plain": text };
    if (this.id === null) {
      // Never saved: it only ties the frames together while the cell runs.
      this.id = randomUUID();
      display(bundle, { id: this.id });
    } else {
      display(bundle, { id: this.id, update: true });
    }
    const now = performance.now();
    this.next = now + Math.max(shortestPauseMs, restPerWork * (now - start));
  }

  /** Empty the place; the next frame opens another. */
  clear(): void {
    if (this.id !== null) display(nothing, { id: this.id, update: true });
    this.id = null;
    this.next = 0;
  }
}

const cellEndSymbol = Symbol.for("deep-learning-lab.cell-end");

/**
 * Call back when the running cell has ended, before the kernel says so. A kernel without that
 * service calls when the cell's code first waits or ends.
 */
export function atCellEnd(callback: () => void): void {
  const service = (globalThis as { [key: symbol]: unknown })[cellEndSymbol];
  if (typeof service === "function") service(callback);
  else queueMicrotask(callback);
}
