// A graph in words: a tree for plain outputs, and a sentence for those who cannot see the picture.

import { count } from "../describe";
import type { Card, Description } from "./describe";

function label({ name, lines, kind }: Card): string {
  const words = lines.join(", ");
  const cut = kind === "cut" ? " ✂" : "";
  return name === "" ? `${words}${cut}` : `${name}: ${words}${cut}`;
}

/**
 * The graph as a tree: under each step its inputs; dotted where gradients do not go. What has
 * been written once is named again but not repeated.
 */
export function treeOf({ cards, links }: Description): string {
  const out: string[] = [];
  const written = new Set<number>();
  // A stack instead of recursion: a graph may be 100,000 steps deep.
  const open = [{ at: 0, lead: "", pad: "" }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { at, lead, pad } = next;
    const inputs = links.filter((link) => link.to === at);
    const again = written.has(at) && inputs.length > 0;
    out.push(`${lead}${label(cards[at])}${again ? " (above)" : ""}`);
    if (again) continue;
    written.add(at);
    const branches = inputs.map(({ from, isCut }, i) => {
      const last = i === inputs.length - 1;
      const line = isCut ? "╌╌" : "──";
      return {
        at: from,
        lead: `${pad}${last ? "└" : "├"}${line} `,
        pad: `${pad}${last ? "    " : "│   "}`,
      };
    });
    open.push(...branches.reverse());
  }
  return out.join("\n");
}

/** Small graphs are told link by link. */
const fewCards = 8;

function ways({ cards, links }: Description, wanted: boolean): string {
  const name = (card: Card) => (card.name === "" ? card.lines[0] : card.name);
  const found = links.filter(({ isCut }) => isCut === wanted);
  return found.map(({ from, to }) => `${name(cards[from])} → ${name(cards[to])}`).join(", ");
}

/** The graph in one sentence. */
export function altOfGraph(description: Description): string {
  const { cards } = description;
  const [result] = cards;
  const number = (kind: Card["kind"]) => cards.filter((card) => card.kind === kind).length;
  const of = result.name === "" ? "graph" : `graph of ${result.name}`;
  const leaves = number("leaf") === 1 ? "1 leaf" : `${number("leaf")} leaves`;
  const cut = number("cut") > 0 ? `, ${count(number("cut"), "step")} not recorded` : "";
  const head = `${of}: ${count(number("step"), "recorded step")} from ${leaves}${cut}`;
  if (cards.length > fewCards) return head;
  const [solid, dashed] = [ways(description, false), ways(description, true)];
  return `${head}${solid ? `; recorded: ${solid}` : ""}${dashed ? `; cut: ${dashed}` : ""}`;
}
