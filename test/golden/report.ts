// Collects what matched and what did not, group by group, so that 767 cases read as 60 lines.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PENDING_PREFIX } from "./pending";

/** How many things of one kind were compared, and how many of them agreed. */
export interface Count {
  matched: number;
  total: number;
  /** Left out by name, with the reason. */
  excluded: Record<string, string>;
}

/** Counts and failures of one golden file. */
export class Report {
  private readonly counts: Record<string, Count> = {};
  private readonly failures = new Map<string, string[]>();

  constructor(private readonly file: string) {}

  private count(kind: string): Count {
    this.counts[kind] ??= { matched: 0, total: 0, excluded: {} };
    return this.counts[kind];
  }

  /** One comparison of a kind; a failed one is described by what was run, expected and got. */
  compare(kind: string, ok: boolean, describe: () => string): void {
    const count = this.count(kind);
    count.total++;
    if (ok) count.matched++;
    else this.fail(kind, describe());
  }

  /** A failure that is no comparison, such as an exception where none was expected. */
  fail(kind: string, description: string): void {
    this.failures.set(kind, [...(this.failures.get(kind) ?? []), description]);
  }

  /** Something that is counted, but need not agree, such as the last bits of an inexact op. */
  note(kind: string, ok: boolean): void {
    const count = this.count(kind);
    count.total++;
    if (ok) count.matched++;
  }

  /** Something that is left out, under its name. */
  exclude(kind: string, name: string, reason: string): void {
    this.count(kind).excluded[name] = reason;
  }

  /** What is left out: reason → names. */
  excluded(): Map<string, string[]> {
    const byReason = new Map<string, string[]>();
    for (const { excluded } of Object.values(this.counts)) {
      for (const [name, reason] of Object.entries(excluded)) {
        byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
      }
    }
    return byReason;
  }

  /** Raise one error that lists every failure of the kind. */
  assertKind(kind: string): void {
    const failures = this.failures.get(kind) ?? [];
    if (failures.length === 0) return;
    throw new Error(
      `${this.file}.json, ${kind}: ${failures.length} failed\n${failures.join("\n")}`,
    );
  }

  /** Print the counts; write them into the folder that GOLDEN_COUNTS names. */
  publish(): void {
    for (const [kind, { matched, total }] of Object.entries(this.counts)) {
      console.log(`${this.file}.json ${kind}: ${matched}/${total}`);
    }
    for (const [reason, names] of this.excluded()) {
      console.log(`${this.file}.json left out (${reason}): ${names.length}`);
      // What is only pending needs no list: its rows run as soon as the name exists.
      if (reason.startsWith(PENDING_PREFIX)) continue;
      for (const name of names) console.log(`  ${name.replaceAll("\n", "⏎")}`);
    }
    const folder = process.env.GOLDEN_COUNTS;
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${this.file}.json`), `${JSON.stringify(this.counts, null, 1)}\n`);
  }
}
