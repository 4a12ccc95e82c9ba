// Papermill's parameters in TypeScript: what Python wrote, a cell reads back, and what TypeScript
// has no word for is refused by name.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runInThisContext } from "node:vm";
import ts from "typescript";
import { python } from "./python";

const load = "from lab_runs.translator import TypeScriptTranslator as T\n";

/** A Python expression as the translator writes it, compiled by TypeScript and evaluated. */
const cases: readonly (readonly [string, unknown])[] = [
  ["None", null],
  ["True", true],
  ["False", false],
  ["7", 7],
  ["-7", -7],
  ["2**53 - 1", 2 ** 53 - 1],
  ["2**53", 2n ** 53n],
  ["-(10**30)", -(10n ** 30n)],
  ["0.1", 0.1],
  ["1e-07", 1e-7],
  ["5e-324", 5e-324],
  ["1.7976931348623157e308", Number.MAX_VALUE],
  ["-0.0", -0],
  ["0.1 + 0.2", 0.30000000000000004],
  ["float('nan')", Number.NaN],
  ["float('inf')", Number.POSITIVE_INFINITY],
  ["-float('inf')", Number.NEGATIVE_INFINITY],
  ["''", ""],
  [`'a "quoted" \\\\ \\'text\\''`, `a "quoted" \\ 'text'`],
  ["'line\\nline\\ttab\\r\\x00\\x7f'", "line\nline\ttab\r\0\x7f"],
  ["'学习率 α 😀'", "学习率 α 😀"],
  ["'\\u2028\\u2029'", "\u2028\u2029"],
  ["'\\ud800'", "\ud800"],
  ["'$' + '{x} `tick` </script>'", `\${x} \`tick\` </script>`],
  ["[]", []],
  ["[1, [2.5, None], 'x']", [1, [2.5, null], "x"]],
  ["(1, 2)", [1, 2]],
  ["{}", {}],
  ["{'a': 1, 'b c': [True], '学': {'x': None}}", { a: 1, "b c": [true], 学: { x: null } }],
  ["{'__proto__': 1, 'constructor': 2}", JSON.parse('{"__proto__": 1, "constructor": 2}')],
];

test("every value of papermill's kinds is read back as it was", () => {
  const list = cases.map(([expression]) => expression).join(",\n");
  const program = `${load}import json\nprint(json.dumps([T.translate(v) for v in [${list}]]))`;
  const written = JSON.parse(python(program)) as string[];
  written.forEach((code, i) => {
    const { outputText, diagnostics } = ts.transpileModule(`(${code});`, {
      compilerOptions: { target: ts.ScriptTarget.ES2022 },
      reportDiagnostics: true,
    });
    assert.deepEqual(diagnostics, [], code);
    const value = runInThisContext(outputText) as unknown;
    assert.deepStrictEqual(value, cases[i][1], `${cases[i][0]} → ${code}`);
  });
});

describe("refused, with the parameter's name", () => {
  const refused: readonly (readonly [string, RegExp])[] = [
    ["{'when': __import__('datetime').date(2020, 1, 1)}", /TypeError: parameter "when": datetime/],
    ["{'s': {1, 2}}", /TypeError: parameter "s": \{1, 2\} \(set\) cannot be written/],
    ["{'d': {1: 2}}", /TypeError: parameter "d": a key of an object must be a str, not 1/],
    ["{'b': b'x'}", /TypeError: parameter "b"/],
    ["{'let': 1}", /ValueError: "let" cannot be the name/],
    ["{'a b': 1}", /ValueError: "a b" cannot be the name/],
    ["{'x; evil()': 1}", /ValueError/],
  ];
  for (const [parameters, message] of refused) {
    test(parameters, () => {
      assert.throws(() => python(`${load}T.codify(${parameters})`), { message });
    });
  }
});

test("the injected cell assigns, a line each, and shows nothing", () => {
  const text = python(`${load}print(T.codify({'seed': 7, 'name': 'Ω'}, 'Parameters'))`);
  assert.equal(text.trim(), '// Parameters\nseed = 7;\nname = "Ω";\nvoid 0;');
});

test("a parameters cell is read: names, types, defaults, help", () => {
  const cell = [
    "// a comment",
    "let seed = 0; // of all three generators",
    "let lr: number | null = null;",
    'var url = "http://x"; // where',
    "let big = 12n;",
    "let sizes = [1, 2];",
    "let mixed = [1, 'x'];",
    "const fixed = 1;",
    "let f = (x) => x;",
    "f(seed == 0);",
  ].join("\n");
  const program = `${load}import json, sys
found = T.inspect({"source": sys.stdin.read()})
print(json.dumps([[p.name, p.inferred_type_name, p.default, p.help] for p in found]))`;
  assert.deepEqual(JSON.parse(python(program, cell)), [
    ["seed", "number", "0", "of all three generators"],
    ["lr", "number | null", "null", ""],
    ["url", "string", '"http://x"', "where"],
    ["big", "bigint", "12n", ""],
    ["sizes", "number[]", "[1, 2]", ""],
    ["mixed", "array", "[1, 'x']", ""],
    ["f", "None", "(x) => x", ""],
  ]);
});
