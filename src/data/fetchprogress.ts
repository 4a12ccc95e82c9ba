// Shows how far a download is: a bar in a terminal, else a few printed lines.

import type { SingleBar } from "cli-progress";
import type { FetchNews, WantedFile } from "./fetchworker";

const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10;
/** Without a terminal: a line whenever this share of a large file has arrived. */
const lineEvery = 0.25;
const largeBytes = 1e6;

/** The progress of one download of several files. */
export class FetchProgress {
  private bar: SingleBar | null = null;
  private readonly arrived = new Map<string, number>();
  private nextLine = lineEvery;
  private current = "";

  constructor(private readonly files: readonly WantedFile[]) {}

  show(news: FetchNews): void {
    if (news.kind === "waiting") {
      const who = news.pid === null ? "another process" : `process ${news.pid}`;
      process.stdout.write(`Waiting for ${who}, which is fetching the same files\n`);
    } else if (news.kind === "progress") {
      this.progress(news.name, news.received, news.total);
    } else if (news.kind === "fetched") {
      const total = this.files.find((file) => file.name === news.name)?.bytes ?? 0;
      this.arrived.set(news.name, total);
      if (process.stdout.isTTY) this.updateBar(news.name);
      else process.stdout.write(`Fetched ${news.name} (${megabytes(total)} MB)\n`);
    }
  }

  close(): void {
    this.bar?.stop();
  }

  private progress(name: string, received: number, total: number): void {
    this.arrived.set(name, received);
    if (process.stdout.isTTY) {
      this.updateBar(name);
      return;
    }
    if (name !== this.current) {
      this.current = name;
      this.nextLine = lineEvery;
    }
    if (total < largeBytes || received < this.nextLine * total) return;
    process.stdout.write(`${name}: ${megabytes(received)} of ${megabytes(total)} MB\n`);
    this.nextLine = (Math.floor(received / total / lineEvery) + 1) * lineEvery;
  }

  private updateBar(name: string): void {
    const total = this.files.reduce((sum, file) => sum + file.bytes, 0);
    const done = [...this.arrived.values()].reduce((sum, bytes) => sum + bytes, 0);
    if (!this.bar) {
      const { Presets, SingleBar } = require("cli-progress") as typeof import("cli-progress");
      const format = "{bar} {percentage} % | {done} of {size} MB | {eta_formatted} left | {name}";
      const options = { format, hideCursor: false, clearOnComplete: false };
      this.bar = new SingleBar(options, Presets.shades_classic);
      this.bar.start(total, 0, { done: 0, size: megabytes(total), name });
    }
    this.bar.update(done, { done: megabytes(done), size: megabytes(total), name });
  }
}
