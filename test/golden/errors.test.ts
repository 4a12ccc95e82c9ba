// Mistakes: the class and the exact sentence of the exception, and what is warned of before it.

import { after, test } from "node:test";
import { readGolden } from "./fixtures";
import { reasonFor } from "./pending";
import { Session } from "./python/run";
import { PythonError, UnsupportedCode } from "./python/values";
import { Report } from "./report";

interface Case {
  tag: string;
  code: string;
  raises: string | null;
  message?: string;
  warnings?: { category: string; message: string }[];
}

const PYTHONS_OWN = "Python itself: None, lists, float(), int(), bool() and len() are not ours";
const report = new Report("errors");

/** PyTorch's C++ warnings end with a place in its build tree, which is no part of the sentence. */
const sentence = (message: string): string =>
  message.replace(/ \(Triggered internally at [^)]*\)/, "");

/** Run f and collect what it writes on stderr. */
function capture(f: () => void): string {
  const write = process.stderr.write;
  const chunks: string[] = [];
  process.stderr.write = (chunk: string | Uint8Array) => {
    chunks.push(String(chunk));
    return true;
  };
  try {
    f();
  } finally {
    process.stderr.write = write;
  }
  return chunks.join("");
}

interface Outcome {
  error: Error | null;
  /** On stderr: the library's own warnings. */
  warned: string;
  /** Warnings of Python's conversions, which have no counterpart in the library. */
  own: string[];
}

function outcome(preamble: string, code: string): Outcome {
  const session = new Session();
  let error = null as Error | null;
  const warned = capture(() => {
    try {
      session.run(preamble + code);
    } catch (thrown) {
      error = thrown as Error;
    }
  });
  return { error, warned, own: session.warnings };
}

const seen = new Set<string>();

/** What is wrong with the warnings: each sentence comes once, the first time it is due. */
function warningProblems(golden: Case, { warned, own }: Outcome): string[] {
  const problems: string[] = [];
  let rest = warned;
  for (const { category, message } of golden.warnings ?? []) {
    const line = `${category}: ${sentence(message)}`;
    if (own.includes(sentence(message))) continue;
    if (!seen.has(line)) {
      if (!rest.includes(line)) problems.push(`expected on stderr: ${line}`);
      rest = rest.replace(line, "");
    }
    seen.add(line);
  }
  if (rest.trim() !== "") problems.push(`unexpected on stderr: ${rest.trim()}`);
  return problems;
}

function problemsOf(golden: Case, found: Outcome): string[] {
  const problems = warningProblems(golden, found);
  const got = found.error && `${found.error.name}: ${found.error.message}`;
  const expected = golden.raises && `${golden.raises}: ${golden.message}`;
  if (got !== expected) {
    const place = found.error?.stack?.split("\n    ")[1] ?? "";
    problems.unshift(`expected ${expected ?? "no exception"}`, `got      ${got} ${place}`);
  }
  return problems;
}

function check(preamble: string, golden: Case): void {
  const found = outcome(preamble, golden.code);
  const problems = problemsOf(golden, found);
  const { error, own } = found;
  const missing = error instanceof PythonError ? reasonFor(error.missing) : null;
  if (missing !== null) {
    report.exclude(golden.tag, golden.code, missing);
  } else if (problems.length === 0 && (error instanceof PythonError || own.length > 0)) {
    report.exclude(golden.tag, golden.code, PYTHONS_OWN);
  } else if (error instanceof UnsupportedCode) {
    report.compare(golden.tag, false, () => `${golden.code}\n    ${error}`);
  } else {
    const lines = () => [golden.code, ...problems].join("\n    ");
    report.compare(golden.tag, problems.length === 0, lines);
  }
}

after(() => report.publish());

test("mistakes raise PyTorch's sentences", async (t) => {
  const { preamble, cases } = readGolden<{ preamble: string; cases: Case[] }>("errors");
  // In the order of the file: a warning is due the first time its sentence comes up.
  for (const golden of cases) check(preamble, golden);
  for (const tag of new Set(cases.map((golden) => golden.tag))) {
    await t.test(tag, () => report.assertKind(tag));
  }
});
