// The one way from the library to the running kernel: hands it a MIME bundle.

import { sep } from "node:path";
import type { MimeBundle } from "./chart";
import { bundleOf, type Figure } from "./chart";

/** What a kernel publishes: representations, their metadata, and a name for later updates. */
export interface DisplayData {
  readonly data: MimeBundle;
  readonly metadata: { readonly [key: string]: unknown };
  readonly transient: { readonly display_id?: string };
}

type Publish = (content: DisplayData, isUpdate: boolean) => void;

const displaySymbol = Symbol.for("deep-learning-lab.display");
const stockModule = ["tslab", "dist", "jupyter.js"].join(sep);

/** The publishing function of a stock tslab kernel, from the copy of tslab that is running. */
function stockPublish(): Publish | null {
  const path = Object.keys(require.cache).find((name) => name.endsWith(sep + stockModule));
  const loaded = path === undefined ? undefined : require.cache[path];
  const publish = (loaded?.exports as { lastWriteDisplayData?: unknown } | undefined)
    ?.lastWriteDisplayData;
  return typeof publish === "function" ? (publish as Publish) : null;
}

function publisher(): Publish | null {
  const installed = (globalThis as { [key: symbol]: unknown })[displaySymbol];
  return typeof installed === "function" ? (installed as Publish) : stockPublish();
}

/** Whether this program runs in a notebook's kernel. */
export function inJupyter(): boolean {
  return publisher() !== null;
}

/** Publish a bundle in the running cell. False: there is no kernel, nothing happened. */
export function display(
  data: MimeBundle,
  more: { readonly id?: string; readonly update?: boolean } = {},
): boolean {
  const publish = publisher();
  if (!publish) return false;
  const transient = more.id === undefined ? {} : { display_id: more.id };
  publish({ data, metadata: {}, transient }, more.update ?? false);
  return true;
}

/**
 * Show a Plotly figure in the running cell; outside Jupyter nothing is shown and the figure comes
 * back, so that a program can write it where it likes.
 * @example show({ data: [{ type: "bar", y: [1, 3, 2] }], layout: {} })
 */
export function show(figure: Figure): Figure | undefined {
  return display(bundleOf(figure)) ? undefined : figure;
}
