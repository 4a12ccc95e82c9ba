// @ts-check
// Runs the stages asked for, each after setting up what it needs, and prints the closing summary.
import { SetupError } from "../../jupyter/setup/error.mjs";
import { ensure } from "../../jupyter/setup.mjs";
import { groups, stages } from "./stages.mjs";
import { Tally } from "./tally.mjs";

/** A file in which one command hands its count to the next (see .ci/run). */
const carry = process.env.LAB_TEST_TALLY;

/** @param {string[]} args names of stages or groups; none means all but the browser */
export async function main(args) {
  const names = chosen(args);
  const tally = new Tally({ requireData: process.env.LAB_REQUIRE_DATA === "1" });
  if (carry) tally.carryFrom(carry);
  for (const name of names) {
    const stage = stages[name];
    const began = Date.now();
    tally.stage = name;
    console.log(`\n── ${name}: ${stage.title} ──`);
    if (await setUp(tally, name)) await stage.run(tally);
    console.log(`   ${Math.round((Date.now() - began) / 1000)} s`);
  }
  if (carry) tally.carryTo(carry);
  console.log(tally.summary());
  return tally.count("failed") > 0 ? 1 : 0;
}

/**
 * @param {string[]} args
 * @returns {string[]}
 */
function chosen(args) {
  const known = { ...groups, ...Object.fromEntries(Object.keys(stages).map((s) => [s, [s]])) };
  const wrong = args.find((arg) => !(arg in known));
  if (wrong !== undefined) {
    throw new SetupError(
      `There is no stage "${wrong}".`,
      `name some of: ${Object.keys(known).filter(Boolean).join(", ")}; or none, for all but the browser.`,
    );
  }
  const asked = args.length > 0 ? args : [""];
  return [...new Set(asked.flatMap((arg) => known[/** @type {"all"} */ (arg)]))];
}

/**
 * Sets up what a stage needs. That src compiles is a test of its own, counted in the stage `build`;
 * a later stage that needs dist or Jupyter and cannot have it fails as a whole.
 * @param {Tally} tally
 * @param {string} name
 */
async function setUp(tally, name) {
  try {
    await ensure({ node: true, dev: true });
    await ensure({
      dev: true,
      ...stages[name].needs,
      ...(name === "build" ? { build: true } : {}),
    });
    if (name === "build") tally.add("passed", "src compiles");
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`✗ ${error.message}\n  What to do: ${error.hint}`);
    tally.add("failed", name === "build" ? "src compiles" : "setting up", {
      reason: error.message,
    });
    return false;
  }
  return setUpOptional(tally, name);
}

/**
 * What only some machines have: without it a stage is skipped, and the reason stands in the count.
 * @param {Tally} tally
 * @param {string} name
 */
async function setUpOptional(tally, name) {
  const { optional } = stages[name];
  if (optional === undefined) return true;
  try {
    await ensure({ dev: true, ...stages[name].needs, ...optional });
    return true;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    const reason = error.message.split("\n")[0];
    console.log(`– ${reason}`);
    tally.add("skipped", "the whole stage", { reason });
    return false;
  }
}
