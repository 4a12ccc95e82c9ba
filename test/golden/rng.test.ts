// Every generator, from 21 seeds: the same draws as PyTorch, Python and NumPy, to the last bit.

import { after, test } from "node:test";
import { steps64 } from "./bits";
import { readGolden } from "./fixtures";
import { reasonFor } from "./pending";
import { torch } from "./python/modules";
import { PythonError } from "./python/values";
import { Report } from "./report";
import { CALLS, type Draw, EXCLUDED } from "./rng-calls";

type Generator = keyof typeof CALLS;
type Draws = Readonly<Record<string, unknown>>;
interface Golden {
  seeds: ({ seed: string } & Partial<Record<Generator, Draws>>)[];
}

/** float64 normals go through the C library's log, cos and sin, which JavaScript's are not. */
const ULP_OF_NORMALS = 3;
const FLOAT64_NORMALS: ReadonlySet<string> = new Set([
  "torch: randn(4,float64)",
  "python: gauss(0,1)x4",
  "numpy: normal(0,0.01,(2,1)) float64",
  "numpy: normal(0,1,7) float64",
  "numpy: randn(2,3)",
]);

const SEED: Readonly<Record<Generator, (seed: bigint) => unknown>> = {
  torch: (seed) => torch.manual_seed(seed),
  python: (seed) => torch.random.seed(seed),
  numpy: (seed) => torch.np.random.seed(Number(seed)),
};

function near(expected: unknown, got: unknown): boolean {
  const value = (pattern: unknown) =>
    new DataView(new BigUint64Array([BigInt(`0x${pattern}`)]).buffer).getFloat64(0, true);
  const [a, b] = [expected, got] as [string[], string[]];
  const limit = ULP_OF_NORMALS + 1;
  return a.length === b.length && a.every((x, i) => steps64(value(x), value(b[i]), limit) < limit);
}

function same(key: string, expected: unknown, got: unknown): boolean {
  if (JSON.stringify(expected) === JSON.stringify(got)) return true;
  return FLOAT64_NORMALS.has(key) && near(expected, got);
}

const report = new Report("rng");
after(() => report.publish());

function check(generator: Generator, seed: string, key: string, expected: unknown): void {
  const name = `${generator}: ${key}`;
  if (key in EXCLUDED) {
    report.exclude(generator, name, EXCLUDED[key]);
    return;
  }
  const draw: Draw | undefined = CALLS[generator][key];
  if (!draw) {
    report.fail(generator, `${name}: no call for this key in rng-calls.ts`);
    return;
  }
  SEED[generator](BigInt(seed));
  let got: unknown;
  try {
    got = draw();
  } catch (error) {
    const reason = error instanceof PythonError ? reasonFor(error.missing) : null;
    if (reason !== null) {
      report.exclude(generator, name, reason);
      return;
    }
    got = String(error);
  }
  const short = (value: unknown) => JSON.stringify(value).slice(0, 160);
  report.compare(
    generator,
    same(name, expected, got),
    () => `${name}, seed ${seed}\n  expected ${short(expected)}\n  got      ${short(got)}`,
  );
}

for (const generator of Object.keys(CALLS) as Generator[]) {
  test(`draws of ${generator}`, () => {
    for (const record of readGolden<Golden>("rng").seeds) {
      for (const [key, expected] of Object.entries(record[generator] ?? {})) {
        check(generator, record.seed, key, expected);
      }
    }
    report.assertKind(generator);
  });
}
