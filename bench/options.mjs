// @ts-check
// What may stand behind `npm run bench --`.
import { SetupError } from "../jupyter/setup/error.mjs";

/**
 * @typedef {object} Options
 * @property {boolean} install set up the peers first
 * @property {string | undefined} python a Python whose packages (a PyTorch) are used where they fit
 * @property {number} rounds
 * @property {boolean} more add the rounds to the ones kept, instead of starting anew
 * @property {boolean} list only name the rows
 * @property {boolean} growth measure how cost grows, too
 * @property {string[]} rows keys of the rows to run; none means all
 */

export const usage = `npm run bench [-- options] [row…]
  --install          sets up the peers in bench/ (npm and pip), then measures
  --python=PROGRAM   with --install: a Python that has PyTorch already
  --rounds=N         how many rounds (default 7)
  --more             adds the rounds to those of earlier runs
  --growth           measures how cost grows and draws its chart, and the rows named
  --list             names the rows`;

/**
 * @param {string[]} args
 * @param {string[]} known keys of the rows
 * @returns {Options}
 */
export function readOptions(args, known) {
  const value = (/** @type {string} */ name) =>
    args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  const flags = ["--install", "--more", "--list", "--growth"];
  const rows = args.filter((arg) => !arg.startsWith("--"));
  const wrong = args.find(
    (arg) => arg.startsWith("--") && !flags.includes(arg) && !/^--(python|rounds)=/.test(arg),
  );
  if (wrong !== undefined) throw new SetupError(`npm run bench does not know "${wrong}".`, usage);
  const unknown = rows.find((row) => !known.includes(row));
  if (unknown !== undefined) {
    throw new SetupError(`There is no row "${unknown}".`, `name some of: ${known.join(", ")}`);
  }
  const rounds = Number(value("rounds") ?? 7);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new SetupError(`--rounds=${value("rounds")} is no number of rounds.`, usage);
  }
  return {
    install: args.includes("--install"),
    python: value("python"),
    rounds,
    more: args.includes("--more"),
    list: args.includes("--list"),
    growth: args.includes("--growth"),
    rows,
  };
}
