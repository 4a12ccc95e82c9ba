// Where the cards of a graph stand: Graphviz's `dot`, asked from a synchronous call.

import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { RuntimeError } from "../../errors";
import { interrupted, keyboardInterrupt, lookEveryMs, startWorker } from "../../worker";
import type { LayoutAnswer, LayoutTask } from "./layoutworker";

/** A card's size in pixels. */
export interface Box {
  readonly width: number;
  readonly height: number;
}

export interface Arrow {
  readonly from: number;
  readonly to: number;
}

type Point = readonly [number, number];

/** Positions in pixels, y downwards. */
export interface Layout extends Box {
  /** The middle of each box. */
  readonly centers: readonly Point[];
  /** Each arrow as a Bézier curve: a start, then three points a piece. */
  readonly curves: readonly (readonly Point[])[];
}

/** "right": inputs on the left, the result on the right; "down": inputs above. */
export type Direction = "right" | "down";

const pixelsPerInch = 72;
const patienceMs = 30000;

const inches = (pixels: number) => String(Math.round((pixels / pixelsPerInch) * 1e4) / 1e4);

function dotText(boxes: readonly Box[], arrows: readonly Arrow[], direction: Direction): string {
  const nodes = boxes.map(
    ({ width, height }, i) => `${i} [width=${inches(width)}, height=${inches(height)}];`,
  );
  const edges = arrows.map(({ from, to }) => `${from} -> ${to};`);
  return [
    "digraph {",
    `rankdir=${direction === "right" ? "LR" : "TB"}; nodesep=0.3; ranksep=0.55;`,
    'node [shape=box, fixedsize=true, label=""]; edge [arrowhead=none];',
    ...nodes,
    ...edges,
    "}",
  ].join("\n");
}

/** Ask Graphviz in a thread of its own and wait. */
function ask(dots: readonly string[]): readonly string[] {
  const { port1, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const task: LayoutTask = { dots, port: port2, signal };
  const worker = startWorker(__filename, "layoutworker", task, [port2]);
  try {
    for (const start = Date.now(); Atomics.load(signal, 0) === 0; ) {
      if (interrupted()) throw keyboardInterrupt("the drawing of the graph was interrupted");
      if (Date.now() - start > patienceMs) {
        throw new RuntimeError(
          `Graphviz did not finish the picture of the graph within ${patienceMs / 1000} s`,
          "draw less of it: plt.graph(y, { limit: 30 })",
        );
      }
      Atomics.wait(signal, 0, 0, lookEveryMs);
    }
    const answer = receiveMessageOnPort(port1)?.message as LayoutAnswer;
    if ("plain" in answer) return answer.plain;
    throw new RuntimeError(
      `Graphviz could not lay out the graph: ${answer.reason}`,
      "if a package is missing, run npm ci in the project's folder",
    );
  } finally {
    port1.close();
    void worker.terminate();
  }
}

/** Read Graphviz's `plain` format: a line for the graph, each node, each edge; inches, y upwards. */
function readPlain(plain: string, boxes: readonly Box[], arrows: readonly Arrow[]): Layout {
  const lines = plain.split("\n").map((line) => line.split(" "));
  const [, , width, height] = (lines.find(([kind]) => kind === "graph") ?? []).map(Number);
  const point = (x: string, y: string): Point => [
    Number(x) * pixelsPerInch,
    (height - Number(y)) * pixelsPerInch,
  ];
  const centers: Point[] = boxes.map(() => [0, 0]);
  const ways = new Map<string, Point[][]>();
  for (const [kind, name, x, y, ...more] of lines) {
    if (kind === "node") centers[Number(name)] = point(x, y);
    if (kind !== "edge") continue;
    const count = Number(y);
    const curve = Array.from({ length: count }, (_, i) => point(more[2 * i], more[2 * i + 1]));
    const key = `${name} ${x}`;
    ways.set(key, [...(ways.get(key) ?? []), curve]);
  }
  const curves = arrows.map(({ from, to }) => ways.get(`${from} ${to}`)?.shift() ?? []);
  return { width: width * pixelsPerInch, height: height * pixelsPerInch, centers, curves };
}

/**
 * Place the boxes so that arrows run in one direction; without a wish to the right, unless that
 * gets wider than `room` pixels. Raises RuntimeError when Graphviz needs more than 30 s.
 */
export function layOut(
  boxes: readonly Box[],
  arrows: readonly Arrow[],
  { direction, room }: { readonly direction?: Direction; readonly room: number },
): Layout {
  const wanted: Direction[] = direction ? [direction] : ["right", "down"];
  const found = ask(wanted.map((way) => dotText(boxes, arrows, way)));
  const [first, second] = found.map((plain) => readPlain(plain, boxes, arrows));
  return second && first.width > room ? second : first;
}
