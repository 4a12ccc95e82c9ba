// @ts-check
// One row: all its programs run in turn, round after round, so that the machine's moods hit all.
import { setTimeout } from "node:timers/promises";
import { startProgress } from "../jupyter/setup/step.mjs";
import { runOnce, startWorker } from "./process.mjs";

/**
 * @typedef {import("./process.mjs").Command} Command
 *
 * @typedef {object} Contestant
 * @property {string} name
 * @property {Command} command
 * @property {boolean} [once] started anew in each round; its own figure or the wall time counts
 * @property {() => string | null} [missing] why it cannot run here, or null
 *
 * @typedef {object} Goal
 * @property {string} of which contestant is judged
 * @property {string[]} against the better of these counts
 * @property {string} [title] how these are called together
 * @property {number} goal
 * @property {number} landing
 *
 * @typedef {object} Row
 * @property {string} key
 * @property {string} title
 * @property {string} unit
 * @property {number} [warmUp] unmeasured rounds (default 1)
 * @property {Contestant[]} contestants
 * @property {Goal[]} goals
 *
 * @typedef {object} Result
 * @property {string} date
 * @property {Record<string, number[]>} values rounds by name
 * @property {Record<string, string>} missing reasons by name
 * @property {Record<string, string>} notes what a program said of itself
 */

// OpenBLAS's threads look for more work for 2²⁶ clock ticks after the last, 24 ms at 2.8 GHz; OpenMP's
// too, for less. Whoever came next would share the machine with them.
const rest = 100; // ms

/**
 * The order of a round. In as many rounds as there are names (twice as many if that is odd) each
 * follows each other equally often (E. J. Williams 1949, designs balanced for residual effects).
 * @template T @param {T[]} names @param {number} round
 */
export function orderOf(names, round) {
  const n = names.length;
  const order = names.map((_, i) => {
    const step = (i + 1) >> 1;
    return names[((i % 2 === 1 ? step : n - step) + round) % n];
  });
  return n % 2 === 1 && Math.floor(round / n) % 2 === 1 ? order.reverse() : order;
}

/** @param {Contestant} contestant */
async function enter(contestant) {
  if (contestant.once) {
    return { measure: () => runOnce(contestant.command), leave: async () => {}, note: "" };
  }
  const worker = startWorker(contestant.command);
  try {
    const { note = "" } = await worker.next();
    return { measure: worker.go, leave: worker.end, note: String(note) };
  } catch (error) {
    await worker.end();
    throw error;
  }
}

/**
 * @param {Row} row
 * @param {number} rounds
 * @returns {Promise<Result>}
 */
export async function contest(row, rounds) {
  /** @type {Result} */
  const result = {
    date: new Date().toISOString().slice(0, 10),
    values: {},
    missing: {},
    notes: {},
  };
  /** @type {Map<string, Awaited<ReturnType<typeof enter>>>} */
  const present = new Map();
  /** @param {string} name @param {unknown} error */
  const drop = (name, error) => {
    result.missing[name] = error instanceof Error ? error.message : String(error);
    delete result.values[name];
    present.delete(name);
  };
  for (const contestant of row.contestants) {
    const { name } = contestant;
    const reason = contestant.missing?.() ?? null;
    if (reason !== null) {
      drop(name, reason);
      continue;
    }
    const progress = startProgress(`${row.key}: starting ${name}`);
    try {
      present.set(name, await enter(contestant));
      result.values[name] = [];
      progress.end(true);
    } catch (error) {
      progress.end(false);
      drop(name, error);
    }
  }
  const warmUp = row.warmUp ?? 1;
  for (let round = -warmUp; round < rounds; round++) {
    const label = round < 0 ? "warming up" : `round ${round + 1} of ${rounds}`;
    const progress = startProgress(`${row.key}: ${label}`);
    for (const name of orderOf([...present.keys()], round + warmUp)) {
      await setTimeout(rest);
      try {
        const { value, note } = await /** @type {any} */ (present.get(name)).measure();
        if (round >= 0) result.values[name].push(value);
        if (note !== undefined) result.notes[name] ??= String(note);
      } catch (error) {
        drop(name, error);
      }
    }
    progress.end(true);
  }
  for (const [name, { leave, note }] of present) {
    if (note) result.notes[name] ??= note;
    await leave();
  }
  return result;
}
