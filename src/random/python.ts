// Python's module `random`: the same draws from the same seed.

import { IndexError, TypeError, ValueError } from "../errors";
import { freshSeed, MersenneTwister, nextDouble } from "./mt19937";

const twister = new MersenneTwister();
let cachedGauss: number | null = null;

/**
 * Start Python's stream anew from an integer; without one from the machine's randomness.
 * Raises TypeError for fractions (Python hashes those in its own way).
 * @example
 * random.seed(0);
 * random.random()   // 0.8444218515250481
 */
export function seed(value?: number | bigint): void {
  if (typeof value === "number" && !Number.isInteger(value)) {
    throw new TypeError("random.seed takes an integer here", "Python hashes floats; use an int");
  }
  let rest = value === undefined ? freshSeed() : BigInt(value);
  if (rest < 0n) rest = -rest;
  const key: number[] = [];
  do {
    key.push(Number(rest & 0xffffffffn));
    rest >>= 32n;
  } while (rest > 0n);
  twister.seedArray(key);
  cachedGauss = null;
}

/**
 * A float in [0, 1).
 * @example
 * random.seed(0);
 * random.random()   // 0.8444218515250481
 */
export function random(): number {
  return nextDouble(twister);
}

/** An integer below n: as many bits as n has, drawn again until small enough. */
function below(n: number): number {
  const bits = 32 - Math.clz32(n);
  let draw = twister.next() >>> (32 - bits);
  while (draw >= n) draw = twister.next() >>> (32 - bits);
  return draw;
}

/**
 * Shuffle an array in place, as Python shuffles a list.
 * @example
 * random.seed(0);
 * const a = [0, 1, 2];
 * random.shuffle(a);
 * a   // [ 0, 2, 1 ]
 */
export function shuffle<T>(list: T[]): void {
  if (!Array.isArray(list)) {
    throw new TypeError("random.shuffle takes an array", "it changes the array in place");
  }
  for (let i = list.length - 1; i > 0; i--) {
    const j = below(i + 1);
    const value = list[i];
    list[i] = list[j];
    list[j] = value;
  }
}

function requireWhole(...numbers: unknown[]): void {
  for (const n of numbers) {
    if (typeof n === "number" && Number.isInteger(n)) continue;
    throw new TypeError(
      `'${typeof n === "number" ? "float" : typeof n}' object cannot be interpreted as an integer`,
      "whole numbers only",
    );
  }
}

/**
 * An integer from a to b, both included. Raises ValueError for an empty range, TypeError for
 * fractions.
 * @example
 * random.seed(0);
 * random.randint(1, 6)   // 4
 */
export function randint(a: number, b: number): number {
  requireWhole(a, b);
  if (b < a) throw new ValueError(`empty range in randrange(${a}, ${b + 1})`);
  if (b - a >= 2 ** 32 - 1) {
    throw new ValueError("randint spans at most 2^32-1 values here", "draw two numbers instead");
  }
  return a + below(b - a + 1);
}

/**
 * One element of a non-empty array. Raises IndexError for an empty one.
 * @example
 * random.seed(0);
 * random.choice(["a", "b", "c"])   // b
 */
export function choice<T>(list: readonly T[]): T {
  if (list.length === 0) throw new IndexError("Cannot choose from an empty sequence");
  return list[below(list.length)];
}

/**
 * k different elements, in the order drawn. Raises ValueError when there are fewer than k.
 * @example
 * random.seed(0);
 * random.sample(range(100), 3)   // [ 49, 97, 53 ]
 */
export function sample<T>(population: readonly T[], k: number): T[] {
  requireWhole(k);
  const n = population.length;
  if (k < 0 || k > n) throw new ValueError("Sample larger than population or is negative");
  let setSize = 21;
  if (k > 5) {
    // 4^ceil(log4(3k)): how large a set of k entries gets.
    let table = 1;
    while (table < k * 3) table *= 4;
    setSize += table;
  }
  if (n <= setSize) {
    const pool = [...population];
    return Array.from({ length: k }, (_, i) => {
      const j = below(n - i);
      const chosen = pool[j];
      pool[j] = pool[n - i - 1];
      return chosen;
    });
  }
  const seen = new Set<number>();
  return Array.from({ length: k }, () => {
    let j = below(n);
    while (seen.has(j)) j = below(n);
    seen.add(j);
    return population[j];
  });
}

/**
 * A float between a and b.
 * @example
 * random.seed(0);
 * random.uniform(-1, 1)   // 0.6888437030500962
 */
export function uniform(a: number, b: number): number {
  return a + (b - a) * random();
}

/**
 * A draw from N(mu, sigma²) by Box–Muller; the sine half waits for the next call.
 * @example
 * random.seed(0);
 * format("%.4f", random.gauss(0, 1))   // 0.9417
 */
export function gauss(mu = 0, sigma = 1): number {
  let z = cachedGauss;
  cachedGauss = null;
  if (z === null) {
    const angle = random() * 2 * Math.PI;
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    z = Math.cos(angle) * radius;
    cachedGauss = Math.sin(angle) * radius;
  }
  return mu + z * sigma;
}

seed();
