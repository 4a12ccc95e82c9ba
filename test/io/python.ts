// A Python that has torch, NumPy and safetensors, where there is one.

import { spawnSync } from "node:child_process";

const candidates = [process.env.LAB_TEST_PYTHON, process.env.LAB_PYTHON, "python3", "python"];

/**
 * Its command, or null: LAB_TEST_PYTHON names one for tests alone, LAB_PYTHON one for everything, else the
 * PATH is looked through.
 */
export function pythonWithTorch(): string | null {
  const works = (command: string) =>
    spawnSync(command, ["-c", "import numpy, safetensors.torch, torch"], { stdio: "ignore" })
      .status === 0;
  return candidates.find((command) => command !== undefined && works(command)) ?? null;
}
