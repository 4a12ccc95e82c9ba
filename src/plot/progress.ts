// Progress bars on long loops: in a terminal, or in the running cell while it runs.

import type { SingleBar } from "cli-progress";
import { TypeError } from "../errors";
import { formatFixed } from "../format";
import { LiveDisplay } from "./live";

/** What may be said about a progress bar. */
export interface ProgressOptions {
  /** A word before the bar, such as "epoch". */
  readonly label?: string;
  /** How many steps there will be, where the steps do not know it themselves. */
  readonly total?: number;
}

/** 75 → "1:15". */
function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

const escaped = (text: string) => text.replace(/[&<>]/g, (letter) => `&#${letter.codePointAt(0)};`);

/** One bar, shown where there is a place for it; it disappears when the work is done. */
class Bar {
  private readonly live = new LiveDisplay();
  private readonly terminal: SingleBar | null = null;
  private readonly start = performance.now();
  private done = 0;

  constructor(
    private readonly label: string,
    private readonly total: number | null,
  ) {
    if (!process.stdout.isTTY || total === null) return;
    const format = `${label ? `${label} ` : ""}{bar} {value}/{total} | {eta_formatted} left`;
    const { Presets, SingleBar } = require("cli-progress") as typeof import("cli-progress");
    this.terminal = new SingleBar({ format, clearOnComplete: true }, Presets.shades_classic);
    this.terminal.start(total, 0);
  }

  step(): void {
    this.done++;
    this.terminal?.update(this.done);
    if (this.live.isDue) this.live.frame(() => this.picture());
  }

  close(): void {
    this.terminal?.stop();
    this.live.clear();
  }

  private picture(): { html: string; text: string } {
    const seconds = (performance.now() - this.start) / 1000;
    const rate = this.done / Math.max(seconds, 1e-9);
    const of = this.total === null ? "" : `/${this.total}`;
    const left = this.total === null ? "" : `, ${clock((this.total - this.done) / rate)} left`;
    const speed =
      rate >= 1 ? `${formatFixed(rate, 1)} a second` : `${formatFixed(1 / rate, 1)} s each`;
    const text = `${this.label ? `${this.label} ` : ""}${this.done}${of} (${speed}${left})`;
    const value = this.total === null ? "" : ` max="${this.total}" value="${this.done}"`;
    return { html: `<progress${value}></progress> ${escaped(text)}`, text };
  }
}

function lengthOf(steps: Iterable<unknown>): number | null {
  const { length } = steps as { length?: unknown };
  if (typeof length === "number") return length;
  const { size } = steps as { size?: unknown };
  return typeof size === "number" ? size : null;
}

/**
 * The same steps, with a bar that shows how far they are, how fast and how long it will take. It
 * is gone when they end or the loop is left; nothing of it is saved. Raises TypeError when the
 * steps cannot be iterated.
 * @example for (const epoch of torch.progress(range(10), { label: "epoch" })) torch.ones(epoch);
 */
export function* progress<T>(
  steps: Iterable<T>,
  options: ProgressOptions = {},
): Generator<T, void, undefined> {
  if (typeof (steps as Iterable<T> | null)?.[Symbol.iterator] !== "function") {
    throw new TypeError(`'${typeof steps}' object is not iterable`);
  }
  const bar = new Bar(options.label ?? "", options.total ?? lengthOf(steps));
  try {
    for (const step of steps) {
      yield step;
      bar.step();
    }
  } finally {
    bar.close();
  }
}
