// What gradients could not follow: how a tensor was computed while nothing was recorded, kept as a
// light note so that a picture of the graph can show the branch that was cut.
//
// The trade-off. A note that held the tensors or nodes themselves would be exact, but it would keep
// alive what `detach` and `no_grad` are used to let go: a list of detached losses would hold every
// graph of the training. So a note holds names, sizes and the running numbers of nodes; a picture
// ties it to those nodes that it draws anyway. Its price is one small object for each op that takes
// a tracked tensor while recording is off, and two property reads for every other op.

import { Tensor } from "../tensor";
import { leafNodeOf } from "./node";

/** A node of the graph from which a cut computation started. */
export interface CutFrom {
  /** The running number of the node. */
  readonly sequence: number;
  readonly name: string;
  readonly dims: readonly number[];
}

/** More steps than this are not remembered: a running average under no_grad would never end. */
const remembered = 64;

/** One step that was computed but not recorded. */
export class Cut {
  /** Where the inputs came from; empty where the history became too long to keep. */
  readonly sources: readonly (Cut | CutFrom)[];
  /** How many steps hang on this one, itself included; shared ones count more than once. */
  readonly steps: number;

  constructor(
    /** The node's name, had it been recorded: `PowBackward0`. */
    readonly name: string,
    readonly dims: readonly number[],
    sources: readonly (Cut | CutFrom)[],
  ) {
    let steps = 1;
    for (let i = 0; i < sources.length; i++) {
      const source = sources[i];
      if (source instanceof Cut) steps += source.steps;
    }
    this.sources = steps > remembered ? [] : sources;
    this.steps = steps > remembered ? 1 : steps;
  }
}

let resting = false;

/** Run `body` without notes: the engine's own computing is nobody's cut branch. */
export function unnoted<T>(body: () => T): T {
  const before = resting;
  resting = true;
  try {
    return body();
  } finally {
    resting = before;
  }
}

/** Note on `value` that it comes from tracked tensors by an op that is not recorded. */
export function noteCut(name: string, inputs: readonly unknown[], value: Tensor): void {
  if (resting) return;
  let sources: (Cut | CutFrom)[] | null = null;
  for (let i = 0; i < inputs.length; i++) {
    const x = inputs[i];
    if (!(x instanceof Tensor)) continue;
    // Not `grad_fn`: bringing a view up to date can raise, and a note must never stop an op.
    const node = x.gradNode ?? leafNodeOf(x);
    const source = node === null ? x.cut : node.cutFrom;
    if (source === null) continue;
    if (sources === null) sources = [source];
    else sources.push(source);
  }
  if (sources !== null) value.cut = new Cut(name, value.dims, sources);
}

/** The notes of those inputs that a recorded op takes as constants. */
export function cutsOf(inputs: readonly unknown[]): readonly (Cut | null)[] {
  return inputs.map((x) => (x instanceof Tensor && !x.requires_grad ? x.cut : null));
}
