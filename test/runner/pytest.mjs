// @ts-check
// Runs Python's own tests in a folder: PyPI's conformance suite for kernels is written for them.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { jupyterEnv } from "../../jupyter/lab/env.mjs";
import { lab, root, venvPython } from "../../jupyter/setup/paths.mjs";
import { filesBelow } from "../../jupyter/setup/stamp.mjs";
import { collect } from "../../jupyter/setup/step.mjs";

/**
 * @param {import("./tally.mjs").Tally} tally
 * @param {string} folder where files named test_….py are
 */
export async function runPytest(tally, folder) {
  const files = filesBelow(folder, /^test_.*\.py$/).sort();
  if (files.length === 0) {
    tally.add("failed", "files for pytest", { reason: "none were found" });
    return;
  }
  const xml = join(lab, "test", `${tally.stage}-${process.pid}.xml`);
  mkdirSync(join(lab, "test"), { recursive: true });
  const args = ["-m", "pytest", "-q", "-p", "no:cacheprovider", `--junitxml=${xml}`, ...files];
  const { code, output } = await collect(venvPython, args, { cwd: root, env: jupyterEnv() });
  const cases = readCases(xml);
  rmSync(xml, { force: true });
  for (const { outcome, name, reason } of cases) {
    tally.add(outcome, name, { file: files.map((file) => relative(root, file)).join(" "), reason });
  }
  const failed = cases.filter(({ outcome }) => outcome === "failed").length;
  if (code !== 0) console.log(output);
  if (code !== 0 && failed === 0)
    tally.add("failed", "pytest", { reason: `it ended with ${code}` });
  if (cases.length === 0) tally.add("failed", "pytest", { reason: "it ran no test" });
  console.log(`${code === 0 ? "✓" : "✗"} pytest: ${cases.length} tests`);
}

/**
 * The cases in pytest's JUnit file.
 * @param {string} file
 * @returns {{ outcome: "passed" | "failed" | "skipped", name: string, reason: string }[]}
 */
function readCases(file) {
  let text = "";
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  const found = text.matchAll(/<testcase\b([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g);
  return [...found].map(([, attributes, body = ""]) => {
    const verdict = /<(failure|error|skipped)\b([^>]*)/.exec(body);
    return {
      outcome: !verdict ? "passed" : verdict[1] === "skipped" ? "skipped" : "failed",
      name: `${attribute(attributes, "classname")} ${attribute(attributes, "name")}`,
      reason: verdict ? attribute(verdict[2], "message") : "",
    };
  });
}

/** @param {string} attributes @param {string} name */
function attribute(attributes, name) {
  const text = new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";
  const marks = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&", "#10": "\n", "#xA": "\n" };
  return text.replace(/&(#?\w+);/g, (all, key) => marks[/** @type {"lt"} */ (key)] ?? all);
}
