// A process of its own that opens the files it is given and says what came of each, and how much
// memory it has taken so far.

import { readFileSync } from "node:fs";
import * as torch from "../../src/index";
import type { Reader } from "./hostile";

const { np, safetensors } = torch;

const readers: Record<Reader, (file: string) => unknown> = {
  "np.load": (file) => {
    const found: unknown = np.load(file);
    return found instanceof np.NpzFile ? found.items() : found;
  },
  "torch.load": (file) => torch.load(file),
  load_file: (file) => safetensors.load_file(file),
  loadtxt: (file) => np.loadtxt(file),
  genfromtxt: (file) => np.genfromtxt(file),
};

/** What came of one file. */
export interface Outcome {
  readonly error: { name: string; message: string; hint?: string } | null;
  /** Megabytes at their most, from the start of the process on. */
  readonly peak: number;
  readonly ms: number;
}

function open(reader: Reader, file: string): Outcome["error"] {
  try {
    readers[reader](file);
    return null;
  } catch (e) {
    const { name, message, hint } = e as Error & { hint?: string };
    return { name, message, hint };
  }
}

const megabytes = () => process.resourceUsage().maxRSS / 1024;

if (require.main === module) {
  const list: { reader: Reader; file: string }[] = JSON.parse(
    readFileSync(process.argv[2], "utf8"),
  );
  const before = megabytes();
  const outcomes = list.map(({ reader, file }): Outcome => {
    const start = Date.now();
    const error = open(reader, file);
    return { error, peak: megabytes(), ms: Date.now() - start };
  });
  process.stdout.write(JSON.stringify({ before, outcomes }));
}
