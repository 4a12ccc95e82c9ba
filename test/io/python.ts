// A Python that has torch, NumPy and safetensors, where there is one.

import { spawnSync } from "node:child_process";

const candidates = [process.env.LAB_PYTHON, "python3", "python"];

/** Its command, or null: LAB_PYTHON names one, else the PATH is looked through. */
export function pythonWithTorch(): string | null {
  const works = (command: string) =>
    spawnSync(command, ["-c", "import numpy, safetensors.torch, torch"], { stdio: "ignore" })
      .status === 0;
  return candidates.find((command) => command !== undefined && works(command)) ?? null;
}
