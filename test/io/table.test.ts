// np.loadtxt, np.genfromtxt and np.savetxt: tables as NumPy reads and writes them.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import * as torch from "../../src/index";
import { content, described, expected, fixtures } from "./arrays";

const { np } = torch;
const folder = mkdtempSync(join(tmpdir(), "lab-table-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const comma = { delimiter: "," };

/** A file with this text. */
function holding(text: string): string {
  writeFileSync(at("t.csv"), text);
  return at("t.csv");
}
const fixture = (name: string) => join(fixtures, name);

test("the tables that NumPy read, bit by bit", () => {
  const read = {
    load: () => np.loadtxt(fixture("table.csv"), { ...comma, skiprows: 2 }),
    label: () =>
      np.loadtxt(fixture("table.csv"), { ...comma, skiprows: 2, usecols: 2, dtype: torch.int64 }),
    gen: () => np.genfromtxt(fixture("gaps.csv"), comma),
    filled: () =>
      np.genfromtxt(fixture("gaps.csv"), { ...comma, filling_values: -9, usecols: [0, 1] }),
    whole: () => np.genfromtxt(fixture("gaps.csv"), { ...comma, dtype: torch.int64 }),
  };
  const wanted = expected.filter(({ file }) => file.endsWith(".csv"));
  assert.deepEqual(
    wanted.map(({ name }) => name),
    Object.keys(read),
  );
  for (const one of wanted) {
    assert.deepEqual(described(read[one.name as keyof typeof read]()), content(one), one.name);
  }
});

test("savetxt writes the characters that NumPy writes", () => {
  np.savetxt(
    at("saved.csv"),
    [
      [1, 0.1],
      [-2.5, 1e300],
    ],
    { ...comma, header: "a,b\nc" },
  );
  assert.equal(readFileSync(at("saved.csv"), "utf8"), readFileSync(fixture("saved.csv"), "utf8"));
});

test("every double comes back from text", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 2, maxLength: 9 }), (values) => {
      np.savetxt(at("d.txt"), Float64Array.from(values));
      const back = [...(np.loadtxt(at("d.txt")).data as Float64Array)];
      assert.deepEqual(back, values);
    }),
    { numRuns: 50 },
  );
});

// What NumPy 2.4 gave for the same texts: shape and values, or the sentence.
type Read = () => { shape: number[]; get: (...at: number[]) => number };
const values: [string, Read, number[], number[]][] = [
  ["blanks and tabs", () => np.loadtxt(holding(" 1  2\t3\n4 5 6")), [2, 3], [1, 2, 3, 4, 5, 6]],
  ["one number", () => np.loadtxt(holding("7")), [], [7]],
  ["one column", () => np.loadtxt(holding("7\n8")), [2], [7, 8]],
  ["one row", () => np.loadtxt(holding(" 1 , 2 \n"), comma), [2], [1, 2]],
  ["ndmin", () => np.loadtxt(holding("1,2"), { ...comma, ndmin: 2 }), [1, 2], [1, 2]],
  ["ndmin of a column", () => np.loadtxt(holding("1\n2"), { ndmin: 2 }), [2, 1], [1, 2]],
  [
    "unpack",
    () => np.loadtxt(holding("1,2\n3,4"), { ...comma, unpack: true }),
    [2, 2],
    [1, 3, 2, 4],
  ],
  ["max_rows", () => np.loadtxt(holding("1,2\n3,4"), { ...comma, max_rows: 1 }), [2], [1, 2]],
  [
    "comments and empty lines",
    () => np.loadtxt(holding("1,2 # c\n\n3,4"), comma),
    [2, 2],
    [1, 2, 3, 4],
  ],
  ["another comment sign", () => np.loadtxt(holding("% x\n1"), { comments: "%" }), [], [1]],
  ["CRLF", () => np.loadtxt(holding("1,2\r\n3,4\r\n"), comma), [2, 2], [1, 2, 3, 4]],
  [
    "words for numbers",
    () => np.loadtxt(holding("inf\n-Infinity\n+1\n.5\n1.\n1e400")),
    [6],
    [Infinity, -Infinity, 1, 0.5, 1, Infinity],
  ],
  [
    "columns from the end",
    () => np.loadtxt(holding("1,2,3\n4,5,6"), { ...comma, usecols: [-1, 0] }),
    [2, 2],
    [3, 1, 6, 4],
  ],
  [
    "a column of texts left out",
    () => np.loadtxt(holding("1,a\n3,b"), { ...comma, usecols: 0 }),
    [2],
    [1, 3],
  ],
  [
    "converters",
    () => np.loadtxt(holding("1,a\n3,b"), { ...comma, converters: { 1: (s) => s.charCodeAt(0) } }),
    [2, 2],
    [1, 97, 3, 98],
  ],
  ["a byte order mark", () => np.loadtxt(holding("\ufeff1,2\n"), comma), [2], [1, 2]],
  ["bool", () => np.loadtxt(holding("2\n0"), { dtype: torch.bool }), [2], [1, 0]],
  ["float32", () => np.loadtxt(holding("0.1"), { dtype: torch.float32 }), [], [Math.fround(0.1)]],
  [
    "gaps",
    () => np.genfromtxt(holding("1,,3\n4,x,6"), { ...comma, filling_values: -1 }),
    [2, 3],
    [1, -1, 3, 4, -1, 6],
  ],
  [
    "a word for missing",
    () => np.genfromtxt(holding("1,99"), { ...comma, missing_values: "99", filling_values: 0 }),
    [2],
    [1, 0],
  ],
  [
    "gaps in whole numbers",
    () => np.genfromtxt(holding("1,\n9,9"), { ...comma, dtype: torch.int64 }),
    [2, 2],
    [1, -1, 9, 9],
  ],
  [
    "a header skipped",
    () => np.genfromtxt(holding("a,b\n1,2"), { ...comma, skip_header: 1 }),
    [2],
    [1, 2],
  ],
  ["nothing", () => np.loadtxt(holding("# only\n"), comma), [0], []],
];

for (const [what, read, shape, wanted] of values) {
  test(`reads ${what}`, () => {
    const nd = read();
    const t = torch.tensor(nd as never);
    assert.deepEqual([...t.shape], shape);
    assert.deepEqual([...(t.flatten().double().array as Float64Array)], wanted);
  });
}

const mistakes: [string, () => unknown, string, string][] = [
  [
    "a short row",
    () => np.loadtxt(holding("1,2\n3\n"), comma),
    "ValueError",
    "the number of columns changed from 2 to 1 at row 2; use `usecols` to select a subset and avoid this error",
  ],
  [
    "a long row behind comments",
    () => np.loadtxt(holding("1,2\n# c\n\n3,4\n5,6,7"), comma),
    "ValueError",
    "the number of columns changed from 2 to 3 at row 3; use `usecols` to select a subset and avoid this error",
  ],
  [
    "a text",
    () => np.loadtxt(holding("1,x\n"), comma),
    "ValueError",
    "could not convert string 'x' to float64 at row 0, column 2.",
  ],
  [
    "a gap",
    () => np.loadtxt(holding("1,\n"), comma),
    "ValueError",
    "could not convert string '' to float64 at row 0, column 2.",
  ],
  [
    "Python's underscores",
    () => np.loadtxt(holding("1_0,2"), comma),
    "ValueError",
    "could not convert string '1_0' to float64 at row 0, column 1.",
  ],
  [
    "hexadecimal",
    () => np.loadtxt(holding("0x10,2"), comma),
    "ValueError",
    "could not convert string '0x10' to float64 at row 0, column 1.",
  ],
  [
    "a fraction as int64",
    () => np.loadtxt(holding("7.5"), { dtype: torch.int64 }),
    "ValueError",
    "could not convert string '7.5' to int64 at row 0, column 1.",
  ],
  [
    "too large for uint8",
    () => np.loadtxt(holding("300"), { dtype: torch.uint8 }),
    "ValueError",
    "could not convert string '300' to uint8 at row 0, column 1.",
  ],
  [
    "too large for int64 here",
    () => np.loadtxt(holding("9007199254740993"), { dtype: torch.int64 }),
    "ValueError",
    "could not convert string '9007199254740993' to int64 at row 0, column 1.",
  ],
  [
    "a column that is not there",
    () => np.loadtxt(holding("1,2,x"), { ...comma, usecols: [5] }),
    "ValueError",
    "invalid column index 5 at row 1 with 3 columns",
  ],
  [
    "two characters between",
    () => np.loadtxt(holding("1::2"), { delimiter: "::" }),
    "TypeError",
    "Text reading control character must be a single unicode character or None; but got: '::'",
  ],
  [
    "fewer than no lines",
    () => np.loadtxt(holding("1"), { skiprows: -1 }),
    "ValueError",
    "argument must be nonnegative",
  ],
  ["a missing file", () => np.loadtxt("nope.csv"), "FileNotFoundError", "nope.csv not found."],
  [
    "a missing file, gaps allowed",
    () => np.genfromtxt("nope.csv"),
    "FileNotFoundError",
    "nope.csv not found.",
  ],
  [
    "rows of all lengths",
    () => np.genfromtxt(holding("1,2\n3,4,5\n6"), comma),
    "ValueError",
    "Some errors were detected !\n    Line #2 (got 3 columns instead of 2)\n    Line #3 (got 1 columns instead of 2)",
  ],
  [
    "a CR alone",
    () => np.loadtxt(holding("1,2\r3,4\r"), comma),
    "ValueError",
    "Found an unquoted embedded newline within a single line of input.  This is currently not supported.",
  ],
  [
    "three dimensions",
    () => np.savetxt(at("q"), torch.ones(1, 1, 1)),
    "ValueError",
    "Expected 1D or 2D array, got 3D array instead",
  ],
  [
    "formats for other columns",
    () => np.savetxt(at("q"), [[1, 2]], { fmt: ["%d"] }),
    "TypeError",
    "fmt has wrong shape.  ['%d']",
  ],
];

for (const [what, action, name, message] of mistakes) {
  test(`refuses ${what}`, () => assert.throws(action, { name, message }));
}

test("says which line of which file", () => {
  assert.throws(
    () => np.loadtxt(holding("# c\n1,2\n\n3,x"), comma),
    (error: Error & { hint: string }) => /^t\.csv: .*line 4/.test(error.hint),
  );
});

test("a table larger than a chunk of the file", () => {
  const rows = Array.from({ length: 30000 }, (_, i) => `${i},é,${i / 8}`).join("\n");
  const nd = np.loadtxt(holding(rows), { ...comma, usecols: [0, 2] });
  assert.deepEqual(nd.shape, [30000, 2]);
  assert.deepEqual([nd.get(29999, 0), nd.get(29999, 1)], [29999, 29999 / 8]);
});
