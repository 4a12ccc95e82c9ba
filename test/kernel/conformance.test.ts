// Drives the kernel with Jupyter's own client: each Python file here starts a kernel and reports its
// checks, which become subtests.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";

type Line = { name: string; ok: boolean; detail: string; skip: string } | { done: number };

const root = resolve(__dirname, "..", "..");
const venv = join(root, ".venv");
const python =
  process.platform === "win32" ? join(venv, "Scripts", "python.exe") : join(venv, "bin", "python");
const missing = existsSync(python)
  ? false
  : "there is no .venv (npm start makes it), so no client to drive the kernel with";
const patience = 180_000;

const temp = mkdtempSync(join(tmpdir(), "kernel-"));
after(() => rmSync(temp, { recursive: true, force: true }));
const share = join(temp, "share");
const spec = join(share, "kernels", "tslab");

/** Runs one file of checks in an empty folder and gives its lines. */
function runChecks(file: string): Promise<{ lines: Line[]; noise: string }> {
  const cwd = join(temp, `in ${file}`);
  mkdirSync(cwd, { recursive: true });
  const env = {
    ...process.env,
    JUPYTER_PATH: share,
    JUPYTER_RUNTIME_DIR: join(temp, "runtime"),
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONUTF8: "1",
    // What is tested here is the compiler; the one check of the cache names a folder.
    LAB_CELL_CACHE: "off",
    LAB_TEST_NODE: process.execPath,
    LAB_TEST_ROOT: root,
    LAB_TEST_SPEC: spec,
  };
  return new Promise((done, fail) => {
    const child = spawn(python, [join(__dirname, file)], { cwd, env });
    const timer = setTimeout(() => child.kill("SIGKILL"), patience);
    let out = "";
    let noise = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      noise += text;
    });
    child.on("error", fail);
    child.on("close", () => {
      clearTimeout(timer);
      const lines = out.split("\n").filter((line) => line.startsWith("{"));
      done({ lines: lines.map((line) => JSON.parse(line) as Line), noise });
    });
  });
}

if (missing && process.env.LAB_REQUIRE_KERNEL === "1") {
  test("the kernel can be driven", () => assert.fail(missing));
}

const files = readdirSync(__dirname)
  .filter((name) => name.endsWith(".py") && name !== "harness.py" && !name.startsWith("test_"))
  .sort();

for (const file of files) {
  test(`the kernel: ${file.replace(/\.py$/, "")}`, { skip: missing }, async (t) => {
    const { writeKernelSpec } = await import(
      pathToFileURL(join(root, "jupyter", "kernel", "spec.mjs")).href
    );
    writeKernelSpec(spec, { node: process.execPath, root });
    const { lines, noise } = await runChecks(file);
    let checks = 0;
    for (const line of lines) {
      if ("done" in line) continue;
      checks += 1;
      await t.test(line.name, { skip: line.skip || false }, () =>
        assert.ok(line.ok, `${line.detail}\n${noise}`),
      );
    }
    const last = lines.at(-1);
    assert.ok(last && "done" in last, `${file} did not come to its end:\n${noise}`);
    assert.ok(checks > 0 && last.done === checks, `${checks} of ${last.done} checks of ${file}`);
  });
}
