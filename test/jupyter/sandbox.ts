// A copy of the project on a machine as bad as a test wants it: other programs on PATH, other stamps.
import { spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const root = join(__dirname, "..", "..");

/** Programs faked by shell scripts: these tests cannot run on Windows. */
export const noShell =
  process.platform === "win32" ? "the faked programs of this test are shell scripts" : false;

/** What a command printed, both streams together, and how it ended. */
export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

export interface Sandbox {
  readonly folder: string;
  /** A path inside the copy. */
  inside(...parts: string[]): string;
  /** Puts a shell script on the copy's PATH. */
  program(name: string, script: string): void;
  /** Runs one of the project's commands in the copy; PATH holds the faked programs only. */
  run(command: string, args?: string[], env?: NodeJS.ProcessEnv): Promise<Outcome>;
  remove(): void;
}

/** A copy with the packages of Node linked in, in a folder with a blank and Chinese characters. */
export function makeSandbox(): Sandbox {
  const folder = mkdtempSync(join(tmpdir(), "实验 lab-"));
  for (const part of ["jupyter", "package.json", "package-lock.json", "tsconfig.json"]) {
    const kept = (path: string) => !path.includes("__pycache__");
    cpSync(join(root, part), join(folder, part), { recursive: true, filter: kept });
  }
  mkdirSync(join(folder, "src"));
  writeFileSync(join(folder, "src", "index.ts"), "export const one = 1;\n");
  mkdirSync(join(folder, "notebooks"));
  const bin = join(folder, "programs");
  mkdirSync(bin);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  return {
    folder,
    inside: (...parts) => join(folder, ...parts),
    program(name, script) {
      writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(bin, name), 0o755);
    },
    run: (command, args = [], env = {}) =>
      runScript(join(folder, "jupyter", `${command}.mjs`), args, {
        ...bare(),
        PATH: bin,
        ...env,
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The environment without what a surrounding npm or test run put there. */
function bare(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|LAB_|NODE_TEST_CONTEXT$|NODE_OPTIONS$)/.test(name),
  );
  return Object.fromEntries(kept);
}

/** Runs a script to its end. */
export function runScript(
  script: string,
  args: string[],
  env: NodeJS.ProcessEnv = bare(),
  flags: string[] = [],
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...flags, script, ...args], {
      cwd: tmpdir(),
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output }));
  });
}

/** A Python that only says what it is, and otherwise runs `rest` (shell, with its arguments in $@). */
export function fakePython(
  version: [number, number, number],
  has: { venv?: boolean; ensurepip?: boolean; pip?: boolean },
  rest = "exit 1",
): string {
  const answer = { executable: "", version, venv: false, ensurepip: false, pip: false, ...has };
  const json = JSON.stringify(answer).replace('"executable":""', '"executable":"\'"$0"\'"');
  return `if [ "$1" = "-c" ]; then echo '${json}'; exit 0; fi\n${rest}`;
}

/** Whether the project's own Python environment is there (the stages that need it set it up). */
export const hasVenv = existsSync(join(root, ".venv"));
