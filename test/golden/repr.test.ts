// What print() shows: tensors, grad_fn, and Python's number formats, to the last character.

import { after, test } from "node:test";
import { inspect } from "node:util";
import { floatRepr, format } from "../../src/format";
import { type EncodedTensor, readGolden, toTensor, unsupported } from "./fixtures";
import { reasonFor } from "./pending";
import { torch } from "./python/modules";
import { preamble, Session } from "./python/run";
import { str } from "./python/text";
import { PythonError } from "./python/values";
import { Report } from "./report";

interface GradFnCase {
  expr?: string;
  code?: string;
  result: EncodedTensor;
  grad_fn: string | null;
  requires_grad?: boolean;
  is_leaf?: boolean;
  repr: string;
}
interface Golden {
  tensors: (EncodedTensor & { tag: string; requires_grad: boolean; repr: string })[];
  grad_fn: { inputs: Record<string, EncodedTensor>; cases: GradFnCase[] };
  python: {
    floats: ({ bits: string } & Record<string, string | null>)[];
    print: { code: string; print: string }[];
  };
}

/** How a column of python.floats is written with the library's formats. */
const NOTATIONS: Readonly<Record<string, (x: number) => string>> = {
  repr: floatRepr,
  "%.5f": (x) => format("%.5f", x),
  "%.3f": (x) => format("%.3f", x),
  ".0f": (x) => format("%.0f", x),
  ".4e": (x) => format("%.4e", x),
  ".2f": (x) => format("%.2f", x),
  "%d": (x) => format("%d", x),
  g: (x) => format("%g", x),
};

const report = new Report("repr");
after(() => report.publish());

/** Compare two texts; an exception on our side is a difference too. */
function compare(kind: string, name: string, expected: string, got: () => string): void {
  let text: string;
  try {
    text = got();
  } catch (error) {
    const reason = error instanceof PythonError ? reasonFor(error.missing) : null;
    if (reason !== null) {
      report.exclude(kind, name, reason);
      return;
    }
    text = `threw ${error}`;
  }
  report.compare(
    kind,
    text === expected,
    () => `${name}\n  expected ${JSON.stringify(expected)}\n  got      ${JSON.stringify(text)}`,
  );
}

test("tensors print as in PyTorch", () => {
  readGolden<Golden>("repr").tensors.forEach((golden, k) => {
    const name = `tensor ${k} (${golden.tag}, ${golden.dtype} [${golden.shape}])`;
    const reason = unsupported(golden);
    if (reason !== null) {
      report.exclude("tensors", name, reason);
      return;
    }
    compare("tensors", name, golden.repr, () => {
      const t = toTensor(golden, golden.requires_grad);
      // console.log and toString must agree; the first goes through inspect.
      return inspect(t) === t.toString() ? t.toString() : `inspect differs: ${inspect(t)}`;
    });
  });
  report.assertKind("tensors");
});

test("results print their grad_fn as in PyTorch", () => {
  const { inputs, cases } = readGolden<Golden>("repr").grad_fn;
  // The generator seeds once and goes through the cases in order: layers draw their weights.
  torch.manual_seed(0);
  for (const golden of cases) {
    const code = golden.expr ?? golden.code ?? "";
    const expected = [golden.grad_fn, golden.requires_grad, golden.is_leaf, golden.repr];
    compare("grad_fn", code, expected.map(String).join(" | "), () => {
      const names = Object.entries(inputs).map(([name, encoded]) => {
        return [name, toTensor(encoded, encoded.dtype === "float32")] as const;
      });
      const session = new Session({ ...preamble, ...Object.fromEntries(names) });
      const value = session.run(code);
      const t = (golden.expr === undefined ? session.variables.get("c") : value) as torch.Tensor;
      const flags =
        golden.expr === undefined ? [undefined, undefined] : [t.requires_grad, t.is_leaf];
      return [t.grad_fn?.name ?? null, ...flags, t.toString()].map(String).join(" | ");
    });
  }
  report.assertKind("grad_fn");
});

test("numbers format as in Python", () => {
  const word = new DataView(new ArrayBuffer(8));
  for (const golden of readGolden<Golden>("repr").python.floats) {
    word.setBigUint64(0, BigInt(`0x${golden.bits}`));
    const x = word.getFloat64(0);
    for (const [notation, expected] of Object.entries(golden)) {
      if (notation === "bits" || expected === null) continue;
      const write = NOTATIONS[notation];
      if (write) compare("python.floats", `${notation} of ${x}`, expected, () => write(x));
      else report.fail("python.floats", `${notation}: no format for this notation in the test`);
    }
  }
  report.assertKind("python.floats");
});

test("objects of the library print as in Python", () => {
  for (const { code, print } of readGolden<Golden>("repr").python.print) {
    if (!/\b(torch|nn|np)\b/.test(code)) {
      report.exclude("python.print", code, "prints none of the library's objects");
    } else {
      compare("python.print", code, print, () => str(new Session(preamble).run(code)));
    }
  }
  report.assertKind("python.print");
});
