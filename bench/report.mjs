// @ts-check
// The table: one line for each comparison, the ratio first; on the screen, and as RESULTS.md.
import { median, quantile, ratio, short } from "./figures.mjs";

/**
 * @typedef {import("./contest.mjs").Row} Row
 * @typedef {import("./contest.mjs").Goal} Goal
 * @typedef {import("./contest.mjs").Result} Result
 *
 * @typedef {object} Line
 * @property {string} ratio
 * @property {string} spread
 * @property {string} work
 * @property {string} own
 * @property {string} peer
 * @property {string} wanted
 * @property {string} verdict
 */

/** Median and quartiles. @param {number[] | undefined} values @param {string} unit */
const figure = (values, unit) =>
  values === undefined || values.length === 0
    ? "missing"
    : `${short(median(values))} ${unit} (${short(quantile(values, 0.25))}–${short(quantile(values, 0.75))})`;

/** The contestant with the smallest median. @param {string[]} names @param {Result} result */
const better = (names, result) =>
  names
    .filter((name) => result.values[name]?.length)
    .sort((a, b) => median(result.values[a]) - median(result.values[b]))[0];

/**
 * @param {Row} row @param {Result} result @param {Goal} goal
 * @returns {Line}
 */
function line(row, result, { of, against, title, goal, landing }) {
  const peer = better(against, result);
  const work = row.title + (of === "lab" || row.title.includes("kernel") ? "" : ` (${of})`);
  const wanted = `${ratio(goal)} (${ratio(landing)})`;
  const own = result.values[of];
  const name = title ?? against.join(" or ");
  if (peer === undefined || !own?.length) {
    const reason = result.missing[of] ?? result.missing[against[0]] ?? "not measured";
    const [first] = reason.split("\n");
    return {
      ratio: "–",
      spread: "–",
      work,
      own: figure(own, row.unit),
      peer: `${name}: missing, ${first}`,
      wanted,
      verdict: "missing",
    };
  }
  const theirs = result.values[peer];
  const quotient = median(own) / median(theirs);
  // Rounds are pairs: neighbours in time share the machine's mood.
  const rounds = own.slice(0, theirs.length).map((value, k) => value / theirs[k]);
  const verdict = quotient <= goal ? "goal" : quotient <= landing ? "landing" : "not reached";
  return {
    ratio: ratio(quotient),
    spread: `${ratio(quantile(rounds, 0.25))}–${ratio(quantile(rounds, 0.75))}`,
    work,
    own: figure(own, row.unit),
    peer: `${peer}: ${figure(theirs, row.unit)}`,
    wanted,
    verdict,
  };
}

/** @param {Row} row @param {Result} result */
export const lines = (row, result) => row.goals.map((goal) => line(row, result, goal));

const heads = ["ratio", "of rounds", "work", "lab", "peer", "goal (landing)", ""];
/** @param {Line} l */
const cells = (l) => [l.ratio, l.spread, l.work, l.own, l.peer, l.wanted, l.verdict];

/** For the screen. @param {Line[]} all */
export function asText(all) {
  const table = [heads, ...all.map(cells)];
  const widths = heads.map((_, c) => Math.max(...table.map((cellsOf) => cellsOf[c].length)));
  return table
    .map((row) =>
      row
        .map((text, c) => text.padEnd(widths[c]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** @param {string[][]} rows the first one is the head */
function markdownTable([head, ...rows]) {
  const bar = (/** @type {string[]} */ row) => `| ${row.join(" | ")} |`;
  return [bar(head), bar(head.map(() => "---")), ...rows.map(bar)].join("\n");
}

/**
 * RESULTS.md.
 * @param {[Row, Result][]} measured
 * @param {{ machine: string, versions: Record<string, string>, growth: string }} about
 */
export function asMarkdown(measured, { machine, versions, growth }) {
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const all = measured.flatMap(([row, result]) => lines(row, result));
  const details = measured.flatMap(([row, result]) =>
    row.contestants.map(({ name }) => {
      const values = result.values[name];
      const [missing] = (result.missing[name] ?? "not measured").split("\n");
      return [
        row.title,
        name,
        values?.length ? figure(values, row.unit) : `missing: ${missing}`,
        values?.length ? short(Math.min(...values)) : "–",
        String(values?.length ?? 0),
        result.notes[name] ?? "",
        result.date,
      ];
    }),
  );
  return `# The lab beside its peers

Written by \`npm run bench\`; [README.md](README.md) says what each program does.

Machine: ${machine}.
Versions: ${named.join(", ")}.

Each ratio is the lab's median divided by the peer's, of rounds run in turn on the same machine:
below 1 the lab is faster or smaller. “Of rounds” gives the quartiles of the ratios round by round,
and the figures in brackets behind a median are its quartiles.

${markdownTable([heads, ...all.map(cells)])}

${growth}
## Every program

${markdownTable([["work", "program", "median (quartiles)", "smallest", "rounds", "says", "date"], ...details])}
`;
}
