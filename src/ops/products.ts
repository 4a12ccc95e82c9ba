// Products built from others: outer, addmm, and Einstein's summation.

import { record } from "../autograd/record";
import { RuntimeError } from "../errors";
import { type Scalar, scalarValue } from "../scalar";
import type { Tensor } from "../tensor";
import { requireTensor } from "./operand";

/**
 * All products of two vectors: (n), (m) → (n, m).
 * @example
 * torch.outer(torch.tensor([1, 2]), torch.tensor([3, 4]))
 * // tensor([[3, 4],
 * //         [6, 8]])
 */
export function outer(input: Tensor, vec2: Tensor): Tensor {
  requireTensor(input, "outer");
  requireTensor(vec2, "outer", "vec2", 2);
  if (input.dims.length !== 1 || vec2.dims.length !== 1) {
    const wrong = input.dims.length !== 1 ? (["self", input] as const) : (["vec2", vec2] as const);
    throw new RuntimeError(
      `outer: Expected 1-D argument ${wrong[0]}, but got ${wrong[1].dims.length}-D`,
    );
  }
  return input.reshape(-1, 1).mul(vec2);
}

/** Options of addmm. */
export interface AddmmOptions {
  /** A factor for the input (default 1). */
  readonly beta?: Scalar;
  /** A factor for the product (default 1). */
  readonly alpha?: Scalar;
}

/**
 * `beta · input + alpha · (mat1 @ mat2)`; the input broadcasts to (n, m).
 * Raises RuntimeError for sizes that cannot be multiplied.
 * @example
 * torch.addmm(torch.ones(2), torch.ones(2, 3), torch.ones(3, 2), { beta: 0.5 })
 * // tensor([[3.5000, 3.5000],
 * //         [3.5000, 3.5000]])
 */
export function addmm(
  input: Tensor,
  mat1: Tensor,
  mat2: Tensor,
  options: AddmmOptions = {},
): Tensor {
  requireTensor(input, "addmm");
  requireTensor(mat1, "addmm", "mat1", 2);
  requireTensor(mat2, "addmm", "mat2", 3);
  for (const [name, matrix] of [
    ["mat1", mat1],
    ["mat2", mat2],
  ] as const) {
    if (matrix.dims.length === 2) continue;
    throw new RuntimeError(`${name} must be a matrix, got ${matrix.dims.length}-D tensor`);
  }
  const { beta = 1, alpha = 1 } = options;
  const scale = (t: Tensor, by: Scalar) => (scalarValue(by) === 1 ? t : t.mul(by));
  const product = scale(mat1.detach().mm(mat2.detach()), alpha);
  const value = scale(input.detach(), beta)
    .expand([...product.dims])
    .add(product);
  return record(
    "AddmmBackward0",
    [input, mat1, mat2],
    value,
    (grad, [a, b], needs) => [
      needs[0] ? scale(grad, beta) : null,
      needs[1] ? scale(grad.mm(b.t()), alpha) : null,
      needs[2] ? scale(a.t().mm(grad), alpha) : null,
    ],
    [mat1, mat2],
  );
}

/** A tensor with a letter for each dimension. */
interface Labelled {
  readonly t: Tensor;
  readonly letters: string;
}

interface Equation {
  readonly inputs: readonly string[];
  readonly output: string;
}

/** Letters for the dimensions that an ellipsis stands for, aligned at the right. */
const hiddenLetters = (count: number, of: number) =>
  Array.from({ length: count }, (_, i) => String.fromCharCode(0x100 + of - count + i)).join("");

function parseEquation(equation: string, ranks: readonly number[]): Equation {
  const operands = ranks.length;
  const text = equation.replace(/\s+/g, "");
  const [left, right] = text.split("->");
  const terms = left.split(",");
  const term = "[a-zA-Z]*(\\.\\.\\.)?[a-zA-Z]*";
  if (!new RegExp(`^${term}(,${term})*(->${term})?$`).test(text)) {
    throw new RuntimeError(
      `einsum(): invalid subscript given in the equation string, subscripts must be in [a-zA-Z]`,
      `the equation is "${equation}"`,
    );
  }
  if (terms.length !== operands) {
    throw new RuntimeError(
      terms.length > operands
        ? "einsum(): fewer operands were provided than specified in the equation"
        : "einsum(): more operands were provided than specified in the equation",
    );
  }
  const hidden = terms.map((t, k) => {
    const count = ranks[k] - t.replace("...", "").length;
    if (!t.includes("...")) return 0;
    if (count >= 0) return count;
    throw new RuntimeError(
      `einsum(): the number of subscripts in the equation (${t.length - 3}) is more than the number of dimensions (${ranks[k]}) for operand ${k}`,
    );
  });
  const most = Math.max(0, ...hidden);
  const inputs = terms.map((t, k) => t.replace("...", hiddenLetters(hidden[k], most)));
  const all = hiddenLetters(most, most);
  // Without an arrow: what the ellipses stand for, then the letters that occur once, sorted.
  const letters = [...left.replace(/[,.]/g, "")];
  const once = letters.filter((c) => letters.indexOf(c) === letters.lastIndexOf(c)).sort();
  return { inputs, output: right?.replace("...", all) ?? all + once.join("") };
}

/** Each operand with repeated letters taken along their diagonal. */
function uniqueLetters(t: Tensor, letters: string): Labelled {
  for (let i = 0; i < letters.length; i++) {
    const j = letters.indexOf(letters[i], i + 1);
    if (j === -1) continue;
    const rest = [...letters].filter((_, k) => k !== i && k !== j).join("");
    return uniqueLetters(t.diagonal(0, i, j), rest + letters[i]);
  }
  return { t, letters };
}

function checkSizes(parts: readonly Labelled[]): void {
  const sizes = new Map<string, number>();
  for (const { t, letters } of parts) {
    if (t.dims.length !== letters.length) {
      throw new RuntimeError(
        `einsum(): the number of subscripts in the equation (${letters.length}) does not match the number of dimensions (${t.dims.length}) for operand ${parts.findIndex((p) => p.t === t)} and no ellipsis was given`,
      );
    }
    [...letters].forEach((c, d) => {
      const known = sizes.get(c) ?? 1;
      if (known !== 1 && t.dims[d] !== 1 && known !== t.dims[d]) {
        throw new RuntimeError(
          `einsum(): subscript ${c} has size ${t.dims[d]} for operand ${parts.findIndex((p) => p.t === t)} which does not broadcast with previously seen size ${known}`,
        );
      }
      sizes.set(c, Math.max(known, t.dims[d]));
    });
  }
}

/** Two operands contracted over the letters that neither the output nor later operands need. */
function contract(a: Labelled, b: Labelled, needed: string): Labelled {
  const inBoth = [...a.letters].filter((c) => b.letters.includes(c));
  const batch = inBoth.filter((c) => needed.includes(c));
  const summed = inBoth.filter((c) => !needed.includes(c));
  const onlyA = [...a.letters].filter((c) => !b.letters.includes(c));
  const onlyB = [...b.letters].filter((c) => !a.letters.includes(c));
  const count = (t: Labelled, letters: readonly string[]) =>
    letters.reduce((n, c) => n * t.t.dims[t.letters.indexOf(c)], 1);
  const arranged = (t: Labelled, order: readonly string[]) =>
    t.t.permute(order.map((c) => t.letters.indexOf(c)));
  const sizes = (t: Labelled, letters: readonly string[]) =>
    letters.map((c) => t.t.dims[t.letters.indexOf(c)]);
  const groups = count(a, batch);
  const left = arranged(a, [...batch, ...onlyA, ...summed]).reshape([
    groups,
    count(a, onlyA),
    count(a, summed),
  ]);
  const right = arranged(b, [...batch, ...summed, ...onlyB]).reshape([
    groups,
    count(b, summed),
    count(b, onlyB),
  ]);
  const t = left.bmm(right).view([...sizes(a, batch), ...sizes(a, onlyA), ...sizes(b, onlyB)]);
  return { t, letters: [...batch, ...onlyA, ...onlyB].join("") };
}

/**
 * Einstein's summation: dimensions with the same letter are multiplied, letters that the output
 * lacks are summed over. Raises RuntimeError for sizes that differ and malformed equations.
 * @example
 * const a = torch.tensor([[1, 2], [3, 4]]);
 * torch.einsum("ij,jk->ik", a, a)
 * // tensor([[ 7, 10],
 * //         [15, 22]])
 */
export function einsum(equation: string, ...operands: (Tensor | readonly Tensor[])[]): Tensor {
  const tensors = operands.flat() as Tensor[];
  if (tensors.length === 0) throw new RuntimeError("einsum(): must provide at least one operand");
  for (const [i, t] of tensors.entries()) requireTensor(t, "einsum", "operands", i + 2);
  const { inputs, output } = parseEquation(
    equation,
    tensors.map((t) => t.dims.length),
  );
  const given = tensors.map((t, i) => ({ t, letters: inputs[i] }));
  checkSizes(given);
  const parts = given.map(({ t, letters }) => uniqueLetters(t, letters));
  const missing = [...output].find((c) => !inputs.some((letters) => letters.includes(c)));
  if (missing !== undefined) {
    throw new RuntimeError(
      `einsum(): output subscript ${missing} does not appear in the equation for any input operand`,
    );
  }
  let left = parts[0];
  parts.slice(1).forEach((next, i) => {
    const needed =
      output +
      parts
        .slice(i + 2)
        .map((p) => p.letters)
        .join("");
    const a = sumAway(left, needed + next.letters);
    left = contract(a, sumAway(next, needed + a.letters), needed);
  });
  const final = sumAway(left, output);
  if (final.letters === output) return final.t;
  return final.t.permute([...output].map((c) => final.letters.indexOf(c)));
}

/** Sum over the letters that nothing else needs. */
function sumAway(part: Labelled, needed: string): Labelled {
  const lonely = [...part.letters].filter((c) => !needed.includes(c));
  if (lonely.length === 0) return part;
  return {
    t: part.t.sum(lonely.map((c) => part.letters.indexOf(c))),
    letters: [...part.letters].filter((c) => !lonely.includes(c)).join(""),
  };
}
