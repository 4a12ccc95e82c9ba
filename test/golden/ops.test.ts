// Single operations and short chains, forward and backward, against PyTorch's own results.

import { after, test } from "node:test";
import { decode, type EncodedTensor, readGolden, toTensor } from "./fixtures";
import { reasonFor } from "./pending";
import { iterate } from "./python/builtins";
import { torch } from "./python/modules";
import { preamble, Session } from "./python/run";
import { PythonError, UnsupportedCode } from "./python/values";
import { Report } from "./report";
import { allowance, distance, GRADIENT_ULPS, largestOf } from "./tolerance";

interface Case {
  id: number;
  op: string;
  code: string;
  inputs: (EncodedTensor & { name: string; view: string | null; requires_grad: boolean })[];
  outputs: EncodedTensor[];
  exact: boolean;
  grad_fn?: (string | null)[];
  diff_outputs?: number[];
  grad_outputs?: EncodedTensor[];
  grads?: (EncodedTensor | null)[];
}
interface Run {
  bases: torch.Tensor[];
  outputs: torch.Tensor[];
}

const report = new Report("ops");
const elements = (t: torch.Tensor): number[] =>
  (t.detach().reshape(-1).tolist() as unknown[]).map(Number);

function forward(golden: Case): Run {
  const bases = golden.inputs.map((input) => toTensor(input, input.requires_grad));
  const names = golden.inputs.map(({ name, view }, k) => {
    if (view === null) return [name, bases[k]] as const;
    const code = view.startsWith("[") ? `base${view}` : `base.${view}`;
    return [name, new Session({ base: bases[k] }).run(code)] as const;
  });
  const result = new Session({ ...preamble, ...Object.fromEntries(names) }).run(golden.code);
  const outputs = result instanceof torch.Tensor ? [result] : Array.from(iterate(result));
  return { bases, outputs: outputs as torch.Tensor[] };
}

function backward(golden: Case, run: Run): void {
  const reached = (golden.diff_outputs ?? []).map((k) => run.outputs[k]);
  const grads = (golden.grad_outputs ?? []).map((g) => toTensor(g));
  torch.autograd.backward(reached, grads);
}

function describeCase(golden: Case): string {
  const inputs = golden.inputs.map(
    (i) => `${i.name} ${i.dtype}[${i.shape}]${i.view === null ? "" : ` .${i.view}`}`,
  );
  return `#${golden.id} ${golden.code}  (${inputs.join(", ")})`;
}

/** Compare one tensor; the message tells the first thing that differs. */
function difference(
  expected: EncodedTensor,
  got: torch.Tensor | null,
  ulps: number,
  terms: (i: number) => number,
): { message: string | null; same: boolean } {
  if (!(got instanceof torch.Tensor)) return { message: `got ${got}`, same: false };
  if (got.dtype.name !== expected.dtype) {
    return { message: `dtype ${got.dtype.name}, expected ${expected.dtype}`, same: false };
  }
  if (`${[...got.shape]}` !== `${expected.shape}`) {
    return { message: `shape [${[...got.shape]}], expected [${expected.shape}]`, same: false };
  }
  const [want, have] = [decode(expected), elements(got)];
  const kind = expected.dtype === "float64" ? "float64" : "float32";
  const found = distance(want, have, kind, terms);
  if (found.ulps <= ulps && (found.same || ulps > 0)) return { message: null, same: found.same };
  const { at } = found;
  const text = (x: number) => (Object.is(x, -0) ? "-0" : String(x));
  return {
    message: `element ${at}: expected ${text(want[at])}, got ${text(have[at])}, ${found.ulps.toPrecision(3)} ulp`,
    same: false,
  };
}

/** What is wrong with the values and names of the outputs. */
function forwardProblems(golden: Case, run: Run): string[] {
  const problems: string[] = [];
  const { forward: ulps, isElementWise } = allowance(golden.op, golden.exact);
  const inputs = golden.inputs.map(decode);
  if (run.outputs.length !== golden.outputs.length) {
    problems.push(`${run.outputs.length} outputs, expected ${golden.outputs.length}`);
  }
  golden.outputs.forEach((expected, k) => {
    const term = isElementWise ? 0 : largestOf([...inputs, decode(expected)]);
    const found = difference(expected, run.outputs[k], ulps, () => term);
    if (found.message !== null) problems.push(`output ${k}: ${found.message}`);
    if (ulps > 0) report.note("(last bits of inexact outputs)", found.same);
  });
  golden.grad_fn?.forEach((expected, k) => {
    const name = run.outputs[k]?.grad_fn?.name ?? null;
    if (name !== expected) problems.push(`grad_fn ${name}, expected ${expected}`);
  });
  return problems;
}

/** What is wrong with the gradients that reached the inputs. */
function gradientProblems(golden: Case, run: Run): string[] {
  const problems: string[] = [];
  const { isElementWise } = allowance(golden.op, golden.exact);
  const outgoing = (golden.grad_outputs ?? []).map(decode);
  golden.grads?.forEach((expected, k) => {
    const got = run.bases[k].grad;
    if (expected === null) {
      if (got !== null) problems.push(`gradient of x${k}: expected none`);
      return;
    }
    // One element in, one out: the terms of element i are what came back at i and what left.
    const isPaired = isElementWise && golden.inputs.length === 1 && golden.inputs[k].view === null;
    const all = largestOf([...outgoing, decode(expected)]);
    const terms = (i: number) => (isPaired ? Math.abs(outgoing[0][i]) : all);
    const found = difference(expected, got, GRADIENT_ULPS, terms);
    if (found.message !== null) problems.push(`gradient of x${k}: ${found.message}`);
    report.note("(last bits of gradients)", found.same);
  });
  return problems;
}

function problemsOf(golden: Case): string[] {
  const run = forward(golden);
  const problems = forwardProblems(golden, run);
  if (!golden.grads) return problems;
  backward(golden, run);
  return [...problems, ...gradientProblems(golden, run)];
}

function check(golden: Case): void {
  let problems: string[];
  try {
    problems = problemsOf(golden);
  } catch (error) {
    const reason = error instanceof PythonError ? reasonFor(error.missing) : null;
    if (reason !== null) {
      report.exclude(golden.op, describeCase(golden), reason);
      return;
    }
    const isOurs = error instanceof PythonError || error instanceof UnsupportedCode;
    const place = isOurs ? "" : ` ${String((error as Error).stack).split("\n    ")[1]}`;
    problems = [`${error}${place}`];
  }
  const lines = () => [describeCase(golden), ...problems].join("\n    ");
  report.compare(golden.op, problems.length === 0, lines);
}

const byOp = new Map<string, Case[]>();
let unreadable: unknown = null;
try {
  for (const golden of readGolden<{ cases: Case[] }>("ops").cases) {
    byOp.set(golden.op, [...(byOp.get(golden.op) ?? []), golden]);
  }
} catch (error) {
  unreadable = error;
}
after(() => report.publish());

test("ops.json is there", () => {
  if (unreadable) throw unreadable;
});

for (const [op, cases] of byOp) {
  test(`${op}: ${cases.length} cases`, () => {
    cases.forEach(check);
    report.assertKind(op);
  });
}
