// Machines that lack something: each is told in a clear sentence what to do, and nothing hangs.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { fakePython, makeSandbox, noShell, root, runScript, type Sandbox } from "./sandbox";

let box: Sandbox;
before(() => {
  box = makeSandbox();
});
after(() => box.remove());
beforeEach(() => {
  rmSync(box.inside("programs"), { recursive: true, force: true });
  mkdirSync(box.inside("programs"));
  rmSync(box.inside(".venv"), { recursive: true, force: true });
});

test("a Node that is too old is named, with what to do", async () => {
  const pretend = box.inside("pretend.cjs");
  const versions = '{ ...process.versions, node: "18.20.4" }';
  writeFileSync(pretend, `Object.defineProperty(process, "versions", { value: ${versions} });`);
  for (const script of ["jupyter/start.mjs", "jupyter/report.mjs", "test/run.mjs"]) {
    const path = join(root, script);
    const { code, output } = await runScript(path, [], process.env, ["--require", pretend]);
    assert.equal(code, 1, script);
    assert.match(output, /Node 18\.20\.4 is too old: the lab needs Node 20\.19 or newer/);
    assert.match(output, /What to do: install a current Node/);
    assert.doesNotMatch(output, /SyntaxError|at .*\.mjs/);
  }
});

test("without Python", async () => {
  const { code, output } = await box.run("start");
  assert.equal(code, 1);
  assert.match(output, /No Python 3\.10 or newer was found\. JupyterLab runs on Python\./);
  assert.match(output, /What to do: .*[Pp]ython/);
});

test("with a Python that is too old", { skip: noShell }, async () => {
  box.program("python3", fakePython([3, 8, 10], { venv: true, ensurepip: true }));
  const { code, output } = await box.run("start");
  assert.equal(code, 1);
  assert.match(output, /No Python 3\.10 or newer was found \(.*python3 is 3\.8\.10\)/);
});

test("a newer Python under its full name is found behind an old one", {
  skip: noShell,
}, async () => {
  box.program("python3", fakePython([3, 8, 10], { venv: true, ensurepip: true }));
  const failing = 'echo "the disk is full" >&2; exit 1';
  box.program("python3.12", fakePython([3, 12, 1], { venv: true, ensurepip: true }, failing));
  const { code, output } = await box.run("start");
  assert.equal(code, 1);
  assert.match(output, /making a Python environment with Python 3\.12\.1/);
  assert.match(output, /the disk is full/);
});

test("LAB_PYTHON names a Python that cannot be run", async () => {
  const { code, output } = await box.run("start", [], { LAB_PYTHON: box.inside("nothing") });
  assert.equal(code, 1);
  assert.match(output, /LAB_PYTHON names .*nothing, but it cannot be run/);
});

test("Debian's Python without ensurepip: the exact command to type", {
  skip: noShell,
}, async () => {
  box.program("python3", fakePython([3, 11, 2], { venv: true }));
  const { code, output } = await box.run("start");
  assert.equal(code, 1);
  assert.match(
    output,
    /\(Python 3\.11\.2\) cannot make an environment: it comes without ensurepip/,
  );
  const advice = existsSync("/etc/debian_version")
    ? /type `(sudo )?apt-get install -y python3\.11-venv`/
    : /virtualenv/;
  assert.match(output, advice);
  assert.equal(existsSync(box.inside(".venv")), false);
});

/** An environment made by another tool, whose Python notes what pip is asked. */
const makesVenv = (place: string) => `
/bin/mkdir -p "${place}/bin"
printf '#!/bin/sh\\necho "$@" >> "${place}/asked"\\n' > "${place}/bin/python"
/bin/chmod +x "${place}/bin/python"`;

for (const tool of ["virtualenv", "uv"]) {
  test(`without ensurepip but with ${tool}`, { skip: noShell }, async () => {
    box.program("python3", fakePython([3, 11, 2], { venv: true }));
    box.program(tool, `[ "$1" = "--version" ] && exit 0\n${makesVenv(box.inside(".venv"))}`);
    const { output } = await box.run("start", ["--version"]);
    assert.match(output, /✓ making a Python environment with Python 3\.11\.2/);
    assert.match(output, /✓ installing JupyterLab and its packages/);
    assert.ok(existsSync(box.inside(".venv", "lab.json")));
  });
}

test("without ensurepip but with virtualenv's zipapp", { skip: noShell }, async () => {
  const zipapp = box.inside("virtualenv.pyz");
  writeFileSync(zipapp, "");
  const making = `[ "$1" = "${zipapp}" ] || exit 9\n${makesVenv(box.inside(".venv"))}`;
  box.program("python3", fakePython([3, 11, 2], { venv: true }, making));
  const { output } = await box.run("start", ["--version"]);
  rmSync(zipapp);
  assert.match(output, /✓ installing JupyterLab and its packages/);
});

test("pip that cannot reach anything", { skip: noShell }, async () => {
  const failing = `/bin/mkdir -p "${box.inside(".venv")}/bin"
printf '#!/bin/sh\\necho "ERROR: no matching distribution found"; exit 1\\n' > "${box.inside(".venv")}/bin/python"
/bin/chmod +x "${box.inside(".venv")}/bin/python"`;
  box.program("python3", fakePython([3, 11, 2], { venv: true, ensurepip: true }, failing));
  const { code, output } = await box.run("start");
  assert.equal(code, 1);
  assert.match(output, /no matching distribution found/);
  assert.match(output, /What to do: see pip's message above\. Without a network, connect/);
  // what is half done is not taken for done
  assert.equal(existsSync(box.inside(".venv", "lab.json")), false);
  const again = await box.run("start");
  assert.match(again.output, /making a Python environment .*\(the last set-up did not finish\)/);
});

test("npm that fails, and npm that is missing", async () => {
  const link = box.inside("node_modules");
  rmSync(link, { force: true });
  const npm = box.inside("npm-cli.js");
  writeFileSync(npm, 'console.error("npm error network down"); process.exit(1);');
  const failed = await box.run("build", [], { npm_execpath: npm });
  assert.equal(failed.code, 1);
  assert.match(failed.output, /npm error network down/);
  assert.match(failed.output, /What to do: see npm's message above\. Without a network/);
  writeFileSync(npm, "");
  const nothing = await box.run("build", [], { npm_execpath: npm });
  assert.equal(nothing.code, 1);
  assert.match(nothing.output, /npm finished, but not installed yet/);
  const { symlinkSync } = await import("node:fs");
  symlinkSync(join(root, "node_modules"), link, "junction");
});
