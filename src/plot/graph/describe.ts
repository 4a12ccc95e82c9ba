// From a tensor to what a picture of its graph shows: cards for steps and leaves, links between
// them, and the branches that were computed but not recorded.

import { Cut, type CutFrom } from "../../autograd/cut";
import { type GradNode, LeafNode, nodeOf } from "../../autograd/node";
import { RuntimeError, TypeError, ValueError } from "../../errors";
import { formatGeneral } from "../../format";
import { pythonTypeName } from "../../scalar";
import { Tensor } from "../../tensor";
import { tuple } from "../series";

/** One step, leaf or cut step. The result comes first. */
export interface Card {
  readonly kind: "step" | "leaf" | "cut" | "more";
  /** The variables' names as given; empty without. */
  readonly name: string;
  /** What stands below the name. */
  readonly lines: readonly string[];
}

/** An input's way into a step; numbers are positions in the list of cards. */
export interface Link {
  readonly from: number;
  readonly to: number;
  /** Gradients do not go this way. */
  readonly isCut: boolean;
}

export interface Description {
  readonly cards: readonly Card[];
  readonly links: readonly Link[];
}

export interface Names {
  readonly [name: string]: Tensor;
}

/** What a card may stand for. */
type Thing = GradNode | Cut | CutFrom;

/** Nodes by their running numbers, as notes of cut branches name them. */
type Known = ReadonlyMap<number, GradNode>;

/** All recorded nodes that these nodes were computed by, themselves included. */
function reachable(roots: readonly GradNode[]): Known {
  const known = new Map<number, GradNode>();
  const open = [...roots];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (known.has(node.sequence)) continue;
    known.set(node.sequence, node);
    for (const edge of node.edges) if (edge !== null) open.push(edge);
  }
  return known;
}

/** The variables' names by what their cards are made from. */
class Named {
  readonly nodes: GradNode[] = [];
  private readonly names = new Map<Cut | number, string[]>();

  constructor(names: Names) {
    for (const [name, tensor] of Object.entries(names)) {
      if (!(tensor instanceof Tensor)) {
        throw new TypeError(
          `names.${name} must be Tensor, not ${pythonTypeName(tensor)}`,
          "write names: { x, y } with the tensors themselves",
        );
      }
      const node = nodeOf(tensor);
      if (node !== null) this.nodes.push(node);
      const thing = node ?? tensor.cut;
      if (thing !== null) this.add(identity(thing), name);
    }
  }

  nameOf(thing: Thing): string {
    return (this.names.get(identity(thing)) ?? []).join(", ");
  }

  private add(key: Cut | number, name: string): void {
    this.names.set(key, [...(this.names.get(key) ?? []), name]);
  }
}

const isNode = (thing: Thing): thing is GradNode => "edges" in thing;

/** What one card is made from: nodes by number, so that a note finds the node it speaks of. */
const identity = (thing: Thing) => (thing instanceof Cut ? thing : thing.sequence);

/** Where the inputs of a step come from, in order. */
function inputsOf(thing: Thing): readonly (Thing | null)[] {
  if (thing instanceof Cut) return thing.sources;
  if (!isNode(thing)) return [];
  if (thing instanceof LeafNode) return thing.leaf.cut?.sources ?? [];
  return thing.edges.map((edge, i) => edge ?? thing.cuts?.[i] ?? null);
}

function sizes(dims: readonly number[]): string {
  return tuple([...dims]);
}

function gradientLine(leaf: Tensor, name: string): string {
  const { gradOrNull: grad } = leaf;
  const label = `${name === "" ? "" : name}.grad`;
  if (grad === null) return `${label} = null`;
  return grad.numel() === 1
    ? `${label} = ${formatGeneral(grad.item(), 6)}`
    : `${label}: ${sizes(grad.dims)}`;
}

function cardOf(thing: Thing, name: string): Card {
  const shape = sizes(thing.dims);
  if (thing instanceof Cut) {
    const lines = [thing.name.replace(/Backward\d*$/, ""), "no grad_fn", shape];
    return { kind: "cut", name, lines };
  }
  if (thing.name !== "AccumulateGrad") return { kind: "step", name, lines: [thing.name, shape] };
  const gradient = thing instanceof LeafNode ? [gradientLine(thing.leaf, name)] : [];
  return { kind: "leaf", name, lines: [thing.name, shape, ...gradient] };
}

/**
 * The cards and links of the graph that t was computed by, the nearest `limit` of them; one more
 * card counts the rest. Raises RuntimeError for a tensor without a history.
 */
export function describe(t: Tensor, names: Names, limit: number): Description {
  if (!(t instanceof Tensor)) {
    throw new TypeError(`graph(): argument must be Tensor, not ${pythonTypeName(t)}`);
  }
  if (!Number.isInteger(limit) || limit < 1) {
    throw new ValueError(`limit must be a positive whole number, got ${limit}`);
  }
  const named = new Named(names);
  const root = nodeOf(t) ?? t.cut;
  if (root === null) {
    throw new RuntimeError(
      "element 0 of tensors does not require grad and does not have a grad_fn",
      "there is no graph to draw: nothing this tensor was computed from has requires_grad",
    );
  }
  const order: Thing[] = [root];
  const known = reachable(root instanceof Cut ? named.nodes : [root, ...named.nodes]);
  const position = new Map<Cut | number, number>([[identity(root), 0]]);
  const links: Link[] = [];
  for (let at = 0; at < order.length; at++) {
    const to = order[at];
    for (const input of inputsOf(to)) {
      if (input === null) continue;
      const from = input instanceof Cut ? input : (known.get(input.sequence) ?? input);
      let index = position.get(identity(from));
      if (index === undefined) {
        index = order.push(from) - 1;
        position.set(identity(from), index);
      }
      if (Math.min(index, at) < limit) {
        const isCut = to instanceof Cut || from instanceof Cut || to instanceof LeafNode;
        links.push({ from: Math.min(index, limit), to: Math.min(at, limit), isCut });
      }
    }
  }
  const cards = order.slice(0, limit).map((thing) => cardOf(thing, named.nameOf(thing)));
  const rest = order.length - limit;
  if (rest > 0) cards.push({ kind: "more", name: "", lines: [`… ${rest} more`] });
  return { cards, links: rest > 0 ? merged(links, limit) : links };
}

/** Many ways to the card that stands for the rest are one way. */
function merged(links: readonly Link[], rest: number): Link[] {
  const seen = new Set<string>();
  return links.filter(({ from, to }) => {
    if (from !== rest && to !== rest) return true;
    const key = `${from} ${to}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
