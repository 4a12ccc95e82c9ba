// @ts-check
// Runs test files with node:test. Node is given the files by name: Node 20 knows no patterns and
// counts an empty run as a success.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { inside, lab, root } from "../../jupyter/setup/paths.mjs";

const reporter = fileURLToPath(new URL("./reporter.mjs", import.meta.url));
const patience = 30 * 60 * 1000;

/**
 * @param {import("./tally.mjs").Tally} tally
 * @param {string[]} files
 * @param {{ atOnce?: number, env?: NodeJS.ProcessEnv }} [options] how many files run at the same
 *   time, and what is added to their environment
 */
export async function runNodeTests(tally, files, { atOnce = 2, env = {} } = {}) {
  const records = join(lab, "test", `${tally.stage}-${process.pid}.jsonl`);
  mkdirSync(join(lab, "test"), { recursive: true });
  rmSync(records, { force: true });
  if (files.length === 0) {
    tally.add("failed", "test files", { reason: "none were found" });
    console.log("✗ no test file was found");
    return;
  }
  const code = await launch(files, atOnce, records, env);
  let failures = 0;
  for (const { outcome, name, file, reason } of readRecords(records)) {
    tally.add(outcome, name, { file, reason });
    if (outcome === "failed") failures++;
  }
  rmSync(records, { force: true });
  // a runner that broke down before it could report must not look like a success
  if (code !== 0 && failures === 0) {
    tally.add("failed", "the test runner", { reason: `it ended with ${code}` });
  }
}

/**
 * @param {string[]} files
 * @param {number} atOnce
 * @param {string} records
 * @param {NodeJS.ProcessEnv} added
 * @returns {Promise<number | string>}
 */
function launch(files, atOnce, records, added) {
  const tsx = pathToFileURL(inside("node_modules", "tsx", "dist", "loader.mjs")).href;
  const args = [
    ...["--import", tsx, "--test", `--test-concurrency=${atOnce}`],
    ...[`--test-reporter=${pathToFileURL(reporter).href}`, "--test-reporter-destination=stdout"],
    ...files,
  ];
  // a test that runs under another test's runner would report into that one
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...env, ...added, LAB_TEST_RECORDS: records },
      stdio: ["ignore", "inherit", "inherit"],
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), patience);
    child.on("error", (error) => resolve(error.message));
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      resolve(code ?? signal ?? "an unknown signal");
    });
  });
}

/**
 * @param {string} file
 * @returns {import("./tally.mjs").Result[]}
 */
function readRecords(file) {
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  } catch {
    return [];
  }
}
