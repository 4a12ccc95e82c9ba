// Writes the counts of docs/parity.md from a run of the golden tests:
// node --import tsx test/examples/parity-table.ts

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Count } from "../golden/report";

const root = join(__dirname, "..", "..");
const golden = join(root, "test", "golden");
export const parityDoc = join(root, "docs", "parity.md");

/** What a group of counts is, in words: file, group in it ("" for all), description. */
const rows = [
  ["rng", "torch", "draws of `torch` from 21 seeds"],
  ["rng", "python", "draws of Python's `random`"],
  ["rng", "numpy", "draws of `np.random`"],
  ["repr", "tensors", "printed tensors"],
  ["repr", "grad_fn", "results with their `grad_fn`, printed"],
  ["repr", "python.floats", "numbers in Python's formats"],
  ["repr", "python.print", "`print` of shapes, dtypes and other objects"],
  ["ops", "", "single operations and short chains, forward and backward"],
  ["errors", "", "mistakes: class, sentence and warnings"],
  ["programs", "", "lines that short programs print: `nn`, `optim`, `data`, `d2l`"],
] as const;

/** Golden files that count whole runs; their tests leave none out. */
const labs = [
  ["lab1", "exercise 1, every printed character"],
  ["lab2", "exercise 2"],
  ["lab3", "exercise 3"],
  ["lab4", "exercise 4"],
  ["notebook", "exercises 1 to 4 in one session"],
  ["lab5", "exercise 5 on Fashion-MNIST, ten epochs"],
  ["lab6", "exercise 6, both forms"],
  ["lab7small", "exercise 7 before it reads Fashion-MNIST"],
  ["lab7", "exercise 7 on Fashion-MNIST, ten epochs"],
  ["lab8", "exercise 8 on 1,000 pictures, nine networks"],
  ["lab9", "exercise 9, files from Python and back"],
] as const;

type Counts = Readonly<Record<string, Count>>;

/** Run the golden tests that leave cases out; returns their counts by file. */
function countGolden(): Readonly<Record<string, Counts>> {
  const folder = mkdtempSync(join(tmpdir(), "lab-counts-"));
  const files = [...new Set(rows.map(([file]) => file))];
  const tsx = pathToFileURL(join(root, "node_modules", "tsx", "dist", "loader.mjs")).href;
  const { NODE_TEST_CONTEXT: _, GOLDEN_DIR: __, ...env } = process.env;
  try {
    const tests = files.map((file) => join(golden, `${file}.test.ts`));
    const run = spawnSync(process.execPath, ["--import", tsx, "--test", ...tests], {
      cwd: root,
      env: { ...env, GOLDEN_COUNTS: folder },
      encoding: "utf8",
      maxBuffer: 64e6,
    });
    if (run.status !== 0) throw new Error(`the golden tests fail:\n${run.stdout}${run.stderr}`);
    const read = (file: string) => JSON.parse(readFileSync(join(folder, `${file}.json`), "utf8"));
    return Object.fromEntries(files.map((file) => [file, read(file)]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Groups whose names stand in parentheses are notes on others. */
const isNote = (group: string) => group.startsWith("(");

const total = (counts: readonly number[]) => counts.reduce((sum, n) => sum + n, 0);
const number = (n: number) => n.toLocaleString("en-US");

function countRows(counts: Readonly<Record<string, Counts>>): string[] {
  const lines = rows.map(([file, group, what]) => {
    const found = Object.entries(counts[file]).filter(([name]) =>
      group === "" ? !isNote(name) : name === group,
    );
    const [compared, matched, excluded] = [
      found.map(([, c]) => c.total),
      found.map(([, c]) => c.matched),
      found.map(([, c]) => Object.keys(c.excluded).length),
    ].map(total);
    const name = `${file}.json`;
    return `| \`${name}\` | ${what} | ${number(matched)} of ${number(compared)} | ${excluded} |`;
  });
  const runs = labs.map(([file, what]) => {
    const { runs } = JSON.parse(readFileSync(join(golden, `${file}.json`), "utf8"));
    const seeds = runs.map(({ seed }: { seed: number }) => seed);
    const agree = `${seeds.length} of ${seeds.length}`;
    return `| \`${file}.json\` | ${what}, seeds ${seeds[0]}–${seeds.at(-1)} | ${agree} | 0 |`;
  });
  return ["| golden file | what is compared | agree | left out |", "|---|---|---:|---:|"].concat(
    lines,
    runs,
  );
}

/** Reason → how many cases are left out for it, most first. */
function reasonRows(counts: Readonly<Record<string, Counts>>): string[] {
  const byReason = new Map<string, number>();
  for (const { excluded } of Object.values(counts).flatMap((file) => Object.values(file))) {
    for (const reason of Object.values(excluded)) {
      byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
    }
  }
  const lines = [...byReason].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return ["| left out because | cases |", "|---|---:|"].concat(
    lines.map(([reason, n]) => `| ${reason} | ${n} |`),
  );
}

/** The counted part of docs/parity.md. */
export function parityTables(): string {
  const counts = countGolden();
  const bits = (note: string) => {
    const { matched, total } = counts.ops[`(last bits of ${note})`];
    return `${matched} of ${total}`;
  };
  return [
    ...countRows(counts),
    "",
    `Of the operations whose last bits are not promised, ${bits("inexact outputs")} outputs and ${bits("gradients")} gradients of \`ops.json\` agree to the last bit as well; the others are within the figures above.`,
    "",
    ...reasonRows(counts),
  ].join("\n");
}

const [begin, end] = ["<!-- counts -->\n", "\n<!-- end of counts -->"];

/** Put the tables between the document's two marks. Raises an error when a mark is missing. */
export function withTables(document: string, tables: string): string {
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${parityDoc} lacks its marks around the counts`);
  return `${document.slice(0, from)}${begin}${tables}${document.slice(to)}`;
}

if (require.main === module) {
  writeFileSync(parityDoc, withTables(readFileSync(parityDoc, "utf8"), parityTables()));
}
