// The command `npm run sweep` on real workers: it gives what papermill gives, survives what goes
// wrong, and does nothing twice.

import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { inside, root, venvPython } from "../../jupyter/setup/paths.mjs";
import { smallNotebook } from "./small";

const folder = mkdtempSync(join(tmpdir(), "lab-sweep-"));
const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
});
const notebook = join(folder, "small.ipynb");
writeFileSync(notebook, smallNotebook());

const script = inside("jupyter", "sweep.mjs");
function sweep(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, notebook, ...args], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, said: stdout + stderr };
}

/** A program that goes on running; what it prints is in `said`. */
function start(...args: string[]) {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  const program = { child, said: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      program.said += chunk;
    });
  }
  return program;
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let i = 0; i < 1200; i++) {
    if (holds()) return;
    await sleep(100);
  }
  assert.fail(`${what} did not come in two minutes`);
}

const metricsOf = (out: string, name: string) =>
  JSON.parse(readFileSync(join(folder, out, "runs", `${name}.json`), "utf8")).metrics;

test("what throws is told with its cell, the rest is done, and done once", () => {
  const args = ["-p", "seed=0..1", "-p", "mood='',throw", "--out", join(folder, "first")];
  const first = sweep(...args);
  assert.equal(first.status, 1, first.said);
  assert.match(
    first.said,
    /✗ seed=1,mood=throw: code cell 4 \(perhaps\) threw RangeError: seed 1 is not wanted/,
  );
  const files = ["seed=0,mood=", "seed=1,mood="].flatMap((name) => [
    `${name}.ipynb`,
    `${name}.json`,
  ]);
  const runs = readdirSync(join(folder, "first", "runs"));
  for (const file of files) assert.ok(runs.includes(file), file);
  assert.ok(runs.includes("seed=0,mood=throw.failed.ipynb"));
  const page = readFileSync(join(folder, "first", "index.html"), "utf8");
  assert.match(page, /Failures/);
  assert.doesNotMatch(page, /<(?:script|link)[^>]*(?:src|href)="https?:/);

  const before = files.map((file) => readFileSync(join(folder, "first", "runs", file), "utf8"));
  writeFileSync(join(folder, "first", "runs", files[0]), before[0].slice(0, 500));
  const again = sweep("-p", "seed=0..1", "-p", "mood=''", "--out", join(folder, "first"));
  assert.equal(again.status, 0, again.said);
  assert.match(again.said, /2 runs of small\.ipynb, 1 there already/);
  // a run done again gives the same bytes, and a third sweep finds nothing to do
  assert.equal(readFileSync(join(folder, "first", "runs", files[0]), "utf8"), before[0]);
  const third = sweep("-p", "seed=0..1", "-p", "mood=''", "--out", join(folder, "first"));
  assert.match(third.said, /2 there already/);
  assert.doesNotMatch(third.said, /of 2 runs/);
});

test("a sweep gives papermill's numbers, bit for bit", () => {
  const output = join(folder, "plain.ipynb");
  const plain = spawnSync(
    process.execPath,
    [
      inside("jupyter", "papermill.mjs"),
      notebook,
      output,
      "--metrics",
      "-p",
      "seed",
      "1",
      "-p",
      "mood",
      "",
      "--cwd",
      inside("notebooks"),
    ],
    { cwd: root, encoding: "utf8" },
  );
  assert.equal(plain.status, 0, plain.stderr);
  const numbers = JSON.parse(readFileSync(output.replace("ipynb", "json"), "utf8"));
  assert.deepEqual(metricsOf("first", "seed=1,mood="), numbers);
});

test("a kernel that takes too long or too much memory is ended, and nothing else", () => {
  const out = join(folder, "limits");
  const run = sweep(
    ...["-p", "mood=hang,swallow,''", "--time-limit", "45", "--memory-limit", "900", "--out", out],
  );
  assert.equal(run.status, 1, run.said);
  assert.match(run.said, /✗ mood=hang: LimitExceeded: it took longer than 45 s/);
  assert.match(
    run.said,
    /✗ mood=swallow: LimitExceeded: it took \d+ MB of memory, 900 MB are allowed/,
  );
  assert.ok(existsSync(join(out, "runs", "mood=.json")));
});

/** Processes below one, on Linux. */
function below(pid: number): number[] {
  const listed = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" });
  const rows = listed
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const own = rows.filter(([, parent]) => parent === pid).map(([child]) => child);
  return [...own, ...own.flatMap(below)];
}
const commandOf = (pid: number) =>
  existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, "utf8") : "";

const isLinux = process.platform === "linux";
test("a worker that is killed loses nothing", {
  skip: !isLinux && "finds workers as Linux shows them",
}, async () => {
  const out = join(folder, "killed");
  const { child } = start(notebook, "-p", "seed=0..3", "-p", "mood=''", "--out", out);
  const ended = once(child, "exit");
  let kernels: number[] = [];
  await until("a kernel", () => {
    kernels = below(child.pid as number).filter((pid) => commandOf(pid).includes("launch.cjs"));
    return kernels.length > 0;
  });
  const status = readFileSync(`/proc/${kernels[0]}/stat`, "utf8");
  const worker = Number(status.slice(status.lastIndexOf(")")).split(" ")[2]);
  assert.match(commandOf(worker), /spawn_main/);
  process.kill(worker, "SIGKILL");
  assert.deepEqual(await ended, [0, null]);
  for (const seed of [0, 1]) {
    const name = `seed=${seed},mood=`;
    assert.deepEqual(metricsOf("killed", name), metricsOf("first", name));
  }
  assert.equal(readdirSync(join(out, "runs")).filter((file) => file.endsWith(".json")).length, 4);
});

/** Runs a command in a terminal, types Ctrl-C when `file` is there; what it said, how it ended, what is left. */
const terminal = `
import json, os, psutil, pty, select, sys, time
file, *command = sys.argv[1:]
pid, master = pty.fork()
if pid == 0:
    os.execv(command[0], command)
said, typed, family = b"", False, {}
while True:
    if select.select([master], [], [], 0.1)[0]:
        try:
            said += os.read(master, 65536)
        except OSError:
            break
    if not typed:
        for process in psutil.Process(pid).children(recursive=True):
            family[process.pid] = process
        if os.path.exists(file):
            os.write(master, b"\\x03")
            typed = True
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
gone, left = psutil.wait_procs(family.values(), timeout=10)
print(json.dumps({"said": said.decode(), "code": code, "ended": len(gone), "left": len(left)}))
`;

test("Ctrl-C in a terminal keeps what is finished, leaves nobody behind, and the next sweep goes on", {
  skip: process.platform === "win32" && "Windows has no pty module",
}, () => {
  const out = join(folder, "interrupted");
  const args = ["-p", "seed=0..5", "-p", "mood=''", "--out", out];
  const typed = spawnSync(
    venvPython,
    [
      ...["-c", terminal, join(out, "runs", "seed=0,mood=.json")],
      ...[process.execPath, script, notebook, ...args],
    ],
    { cwd: root, encoding: "utf8" },
  );
  assert.equal(typed.status, 0, typed.stderr);
  const { said, code, ended, left } = JSON.parse(typed.stdout);
  assert.deepEqual([code, left], [130, 0], said);
  assert.ok(ended >= 4, `${ended} processes`);
  assert.doesNotMatch(said, /Traceback|Error/);
  assert.match(said, /interrupted: what is finished is kept[\s\S]*■ \d of 6 runs/);
  const files = readdirSync(join(out, "runs"));
  assert.ok(
    files.every((file) => /^seed=\d,mood=\.(ipynb|json)$/.test(file)),
    files.join(" "),
  );
  const finished = files.filter((file) => file.endsWith(".json")).length;
  assert.ok(finished >= 1 && finished < 6, `${finished} finished`);
  assert.equal(readFileSync(join(out, "runs.csv"), "utf8").split("\n").length, finished + 2);
  assert.ok(existsSync(join(out, "index.html")));

  const again = sweep(...args);
  assert.equal(again.status, 0, again.said);
  assert.ok(again.said.includes(`6 runs of small.ipynb, ${finished} there already`), again.said);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

test("a cluster with certificates works for those who hold them, and for nobody else", async () => {
  const tls = join(folder, "tls");
  const made = spawnSync(process.execPath, [script, "certificates", tls], {
    cwd: root,
    encoding: "utf8",
  });
  assert.equal(made.status, 0, made.stderr);
  const port = String(await freePort());
  const address = `tls://127.0.0.1:${port}`;
  const scheduler = start("scheduler", "--port", port, "--tls", tls);
  await until("the scheduler", () => scheduler.said.includes(address));
  const worker = start("worker", address, "--tls", tls);
  await until("the worker", () => worker.said.includes("is at work"));

  const out = join(folder, "secure");
  const ours = sweep(
    "-p",
    "seed=1",
    "-p",
    "mood=''",
    "--scheduler",
    address,
    "--tls",
    tls,
    "--out",
    out,
  );
  assert.equal(ours.status, 0, ours.said);
  assert.deepEqual(metricsOf("secure", "seed=1,mood="), metricsOf("first", "seed=1,mood="));

  const others = join(folder, "others");
  spawnSync(process.execPath, [script, "certificates", others], { cwd: root });
  const theirs = sweep(
    "-p",
    "seed=2",
    "--scheduler",
    address,
    "--tls",
    others,
    "--out",
    join(folder, "x"),
  );
  assert.equal(theirs.status, 1);
  assert.match(theirs.said, /does not answer/);
});

test("what cannot be right is refused before anything runs", () => {
  const wrong: readonly (readonly [string[], RegExp])[] = [
    [["-p", "sed=1"], /small\.ipynb has no parameter sed[\s\S]*it has seed, steps, mood/],
    [["--scheduler", "tcp://192.0.2.7:8786"], /is not on this machine and has no TLS/],
  ];
  for (const [args, message] of wrong) {
    const { status, said } = sweep(...args, "--out", join(folder, "wrong"));
    assert.equal(status, 1);
    assert.match(said, message);
    assert.ok(!existsSync(join(folder, "wrong")));
  }
});
