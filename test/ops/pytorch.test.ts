// Some thousand lines of Python that real PyTorch has run: the same repr here, or the same error.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as torch from "../../src/index";
import { preamble, Session } from "../golden/python/run";
import { repr } from "../golden/python/text";
import { differenceFor } from "./pytorch/differences";

/** [code, repr], or [code, null, class of the exception, its message]. */
type Case =
  | [code: string, repr: string]
  | [code: string, repr: null, name: string, message: string];

interface File {
  readonly cases: readonly Case[];
}

function quietly<T>(body: () => T): T {
  const write = process.stderr.write;
  process.stderr.write = () => true;
  try {
    return body();
  } finally {
    process.stderr.write = write;
  }
}

function run(code: string): { text: string; error: Error | null } {
  torch.set_printoptions({ profile: "default" });
  torch.manual_seed(0);
  try {
    return { text: quietly(() => repr(new Session(preamble).run(code))), error: null };
  } catch (error) {
    return { text: "", error: error as Error };
  }
}

/** Python's argument parser lists all signatures; of that only the class can be the same. */
const isParser = (message: string) =>
  /invalid combination of arguments|positional argument/.test(message);

/** What is wrong, or null. */
function problem(golden: Case): string | null {
  const { text, error } = run(golden[0]);
  if (golden[1] !== null) {
    return error === null
      ? text === golden[1]
        ? null
        : `gives\n${text}\ninstead of\n${golden[1]}`
      : `raises ${error.name}: ${error.message} ${error.stack?.split("\n    ")[1] ?? ""}\ninstead of giving\n${golden[1]}`;
  }
  const [, , name, message] = golden;
  if (error === null) return `gives\n${text}\ninstead of raising ${name}: ${message}`;
  const right =
    error.name === name &&
    (error.message === message || (isParser(message) && error.message !== ""));
  return right ? null : `raises\n${error.name}: ${error.message}\ninstead of\n${name}: ${message}`;
}

const folder = join(__dirname, "pytorch");

for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const { cases } = JSON.parse(readFileSync(join(folder, file), "utf8")) as File;
  test(`${file}: ${cases.length} lines as in PyTorch`, () => {
    const problems: string[] = [];
    for (const golden of cases) {
      const found = problem(golden);
      const reason = differenceFor(file, golden[0], golden[3] ?? "");
      if (reason === null && found !== null) problems.push(`${golden[0]}\n${found}`);
      // A line that is listed as different but agrees must leave the list.
      if (reason !== null && found === null) problems.push(`${golden[0]}\nagrees: ${reason}`);
    }
    assert.equal(problems.length, 0, `${problems.length} differ:\n\n${problems.join("\n\n")}`);
  });
}
