// @ts-check
// docs/from-pytorch.md: which name of PyTorch is which here, from what src exports, from PyTorch's
// own names and from the remarks.
import { readFileSync } from "node:fs";
import { remarks } from "./remarks.mjs";

const known = JSON.parse(readFileSync(new URL("./names.json", import.meta.url), "utf8"));

/** The names of a namespace in Python. @param {string} space @returns {string[]} */
export const pythonNames = (space) => (known[space] ?? "").split(" ").filter(Boolean);

/** @param {unknown} value whether it is a module's namespace, compiled to ESM or CommonJS */
const isNamespace = (value) =>
  typeof value === "object" &&
  value !== null &&
  [null, Object.prototype].includes(Object.getPrototypeOf(value));

/** Tensor's methods that only the library itself calls. */
export const inner =
  /^(constructor|normalCumulative|normalDensity|padInto|scatterInto|oneMinusSquare|bernoulliVariance|takePositions|addAtPositions|putPositions|strided\w+|unsafeView|squeezeProduct|reverseDims|matrixTranspose|softmaxSlope)$/;

/** @param {any} torch src/index.ts, or dist @returns {string[]} */
function tensorNames(torch) {
  const one = torch.ones(1);
  const found = Object.keys(one).filter((name) => pythonNames("Tensor").includes(name));
  for (let p = torch.Tensor.prototype; p !== Object.prototype; p = Object.getPrototypeOf(p)) {
    found.push(...Object.getOwnPropertyNames(p).filter((name) => !inner.test(name)));
  }
  return [...new Set(found)];
}

/**
 * The exports by namespace, under the names of the remarks.
 * @param {any} torch src/index.ts, or dist
 * @returns {Record<string, string[]>}
 */
export function exportsBySpace(torch) {
  /** @type {Record<string, string[]>} */
  const spaces = { torch: [], Tensor: tensorNames(torch) };
  const walk = (/** @type {any} */ owner, /** @type {string} */ path) => {
    for (const [name, value] of Object.entries(owner)) {
      const inside = path === "torch" ? name : `${path}.${name}`;
      if (isNamespace(value)) walk(value, inside);
      else spaces[path] = [...(spaces[path] ?? []), name];
    }
  };
  walk(torch, "torch");
  return spaces;
}

const list = (/** @type {string[]} */ names) => names.map((name) => `\`${name}\``).join(" ");
const sorted = (/** @type {string[]} */ names) =>
  [...names].sort((a, b) => a.localeCompare(b, "en") || (a < b ? -1 : 1));

/** The classes behind `callable(…)`: LinearModule, SGDOptimizer, TimerClass … */
const behind = /^\w+(Module|Optimizer|Scheduler|Class|Tensor|Base)$/;

/** @param {string} space @param {string[]} exported */
function section(space, exported) {
  const { title, python, here, lines, missing, own } = remarks[space] ?? {
    ...{ title: space, python: "none", here: `${space}.name`, lines: [], missing: [], own: {} },
  };
  const theirs = new Set(pythonNames(space));
  const same = sorted(exported.filter((name) => theirs.has(name) && !(name in own)));
  const ours = sorted(exported.filter((name) => !theirs.has(name) || name in own));
  const classes = ours.filter((name) => behind.test(name));
  const rest = ours.filter((name) => !behind.test(name));
  const explained = rest.filter((name) => name in own);
  const functions = rest.filter((name) => !(name in own));
  const gone = missing
    .map(([names, instead]) => [names.split(" ").filter((n) => !exported.includes(n)), instead])
    .filter(([names]) => names.length > 0);
  const parts = [`## ${title}`, `\`${python}\` → \`${here}\``];
  if (lines.length > 0) {
    // the third column only where something stands in it
    const width = lines.some(([, , remark]) => remark) ? 3 : 2;
    const rows = lines.map((cells) => [...cells, ""].slice(0, width).map((cell) => cell ?? ""));
    parts.push(table(["Python", "here", ""].slice(0, width), rows));
  }
  if (same.length > 0) {
    parts.push(`**The same name** (${same.length} of ${theirs.size}): ${list(same)}`);
  }
  if (explained.length > 0) {
    const words = explained.map((n) => (own[n] ? `\`${n}\`, ${own[n]}` : `\`${n}\``));
    parts.push(`**Here alone**: ${words.join("; ")}.`);
  }
  if (functions.length > 0) parts.push(`**Here ${also(space)}**: ${list(functions)}`);
  if (classes.length > 0) parts.push(`**Classes that the names above make**: ${list(classes)}`);
  if (gone.length > 0) {
    const rows = gone.map(([names, instead]) => [list(/** @type {string[]} */ (names)), instead]);
    parts.push(table(["not here", "instead"], /** @type {string[][]} */ (rows)));
  }
  return parts.join("\n\n");
}

/** What stands here in another place than in Python. @param {string} space */
const also = (space) => (space === "Tensor" ? "also as methods" : "alone, too");

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  const line = (/** @type {string[]} */ cells) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/**
 * The page.
 * @param {any} torch src/index.ts, or dist
 */
export function fromPyTorch(torch) {
  const spaces = exportsBySpace(torch);
  const { torch: version, numpy, matplotlib, torchvision, d2l } = known.versions;
  const order = [...new Set([...Object.keys(remarks), ...Object.keys(spaces).sort()])];
  const titles = order.map((space) => remarks[space]?.title ?? space);
  const links = titles.map((title) => `[${title}](#${anchor(title)})`);
  return `${[
    "# From PyTorch",
    "<!-- Written by `npm run docs`; the words are in jupyter/site/remarks.mjs. -->",
    `Every name that is exported, beside those of PyTorch ${version}, NumPy ${numpy}, matplotlib ${matplotlib}, torchvision ${torchvision} and d2l ${d2l}. What has the same name has the same meaning, shapes, errors and printed numbers; [parity](parity.md) counts how far that was compared. A name that is in neither list of a section is undefined, so that a cell which uses it does not compile.`,
    links.join(" · "),
    ...order.map((space) => section(space, spaces[space] ?? [])),
  ].join("\n\n")}\n`;
}

/** GitHub's anchor of a heading. @param {string} title */
const anchor = (title) =>
  title
    .toLowerCase()
    .replace(/[^\w -]/g, "")
    .replaceAll(" ", "-");
