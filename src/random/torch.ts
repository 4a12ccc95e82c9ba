// PyTorch's stream: how each kind of draw turns words of the twister into numbers.

import { type Callable, callable } from "../callable";
import { ValueError } from "../errors";
import { fma32, fround } from "../float";
import { freshSeed, MersenneTwister, type TwisterState } from "./mt19937";
import { logPolynomial, sinCosPolynomial } from "./polynomial";

const twoPi32 = fround(2 * Math.PI);
const blockSize = 16;
const sinCos = new Float32Array(2);

/** What `get_rng_state` keeps of a generator. */
export interface GeneratorState {
  readonly twister: TwisterState;
  readonly cachedNormal: number | null;
  readonly seed: bigint;
}

export class TorchGenerator {
  private readonly twister = new MersenneTwister();
  private cachedNormal: number | null = null;
  private currentSeed = 67280421310721n;

  constructor() {
    this.manual_seed(this.currentSeed);
  }

  /**
   * Start the stream anew. Seeds run from −2^63 to 2^64−1 (else ValueError); a negative one
   * means itself plus 2^64; a fraction is cut off. Only the low 32 bits choose the stream.
   * @example
   * const generator = new torch.Generator().manual_seed(0);
   * torch.randn(2, { generator })   // tensor([ 1.5410, -0.2934])
   */
  manual_seed(seed: number | bigint): this {
    if (typeof seed !== "number" && typeof seed !== "bigint") {
      throw new ValueError(`invalid literal for int() with base 10: '${String(seed)}'`);
    }
    if (typeof seed === "number" && !Number.isFinite(seed)) {
      throw new ValueError(
        `cannot convert float ${Number.isNaN(seed) ? "NaN" : "infinity"} to integer`,
      );
    }
    const whole = typeof seed === "bigint" ? seed : BigInt(Math.trunc(seed));
    if (whole >= 1n << 64n || whole < -(1n << 63n)) {
      throw new ValueError("Overflow when unpacking long long", "a seed lies in -2^63 … 2^64-1");
    }
    this.currentSeed = BigInt.asUintN(64, whole);
    this.twister.seedInteger(Number(BigInt.asUintN(32, whole)));
    this.cachedNormal = null;
    return this;
  }

  /**
   * Seed from the machine's randomness; returns the seed.
   * @example typeof new torch.Generator().seed()   // bigint
   */
  seed(): bigint {
    const seed = freshSeed();
    this.manual_seed(seed);
    return seed;
  }

  /**
   * The seed last set, as a 64-bit unsigned integer.
   * @example new torch.Generator().manual_seed(7).initial_seed()   // 7n
   */
  initial_seed(): bigint {
    return this.currentSeed;
  }

  /**
   * What the stream would go on with.
   * @internal
   */
  getState(): GeneratorState {
    return {
      twister: this.twister.getState(),
      cachedNormal: this.cachedNormal,
      seed: this.currentSeed,
    };
  }

  /**
   * Go on where another stream stood.
   * @internal
   */
  setState(state: GeneratorState): void {
    this.twister.setState(state.twister);
    this.cachedNormal = state.cachedNormal;
    this.currentSeed = state.seed;
  }

  /** A repr without the whole state. */
  toString(): string {
    return "<torch.Generator>";
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /**
   * One 32-bit word.
   * @internal
   */
  random32(): number {
    return this.twister.next();
  }

  /**
   * A 63-bit integer, as `random_()` fills int64 tensors; the first word is the high half.
   * @internal
   */
  random64(): bigint {
    const high = BigInt(this.twister.next());
    return BigInt.asUintN(63, (high << 32n) | BigInt(this.twister.next()));
  }

  /**
   * A float32 in [0, 1): 24 bits of one word.
   * @internal
   */
  uniform32(): number {
    return (this.twister.next() & 0xffffff) / 16777216;
  }

  /**
   * A double in [0, 1): 53 bits of two words.
   * @internal
   */
  uniform64(): number {
    const high = this.twister.next();
    const low = this.twister.next();
    return ((high & 0x1fffff) * 4294967296 + low) / 9007199254740992;
  }

  /**
   * An integer in [low, low + range): one word below 2^28, else two.
   * @internal
   */
  integer(low: number, range: number): number {
    if (range < 2 ** 28) return low + (this.twister.next() % range);
    const high = BigInt(this.twister.next());
    const word = (high << 32n) | BigInt(this.twister.next());
    return low + Number(word % BigInt(range));
  }

  /**
   * A random order of 0 … n−1: Fisher–Yates from the front, one word each.
   * @internal
   */
  randperm(n: number): Int32Array {
    const order = new Int32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    for (let i = 0; i < n - 1; i++) {
      const j = i + (this.twister.next() % (n - i));
      const value = order[i];
      order[i] = order[j];
      order[j] = value;
    }
    return order;
  }

  /**
   * One N(0, 1) double by Box–Muller; the sine half waits for the next call.
   * @internal
   */
  normal(): number {
    if (this.cachedNormal !== null) {
      const cached = this.cachedNormal;
      this.cachedNormal = null;
      return cached;
    }
    const u1 = this.uniform64();
    const u2 = this.uniform64();
    const radius = Math.sqrt(-2 * Math.log1p(-u2));
    const angle = 2 * Math.PI * u1;
    this.cachedNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /**
   * Fill a contiguous array with N(mean, std²). Fewer than 16 values come one by one in double;
   * longer arrays in blocks of 16, and a last incomplete block is drawn anew over the last 16.
   * @internal
   */
  fillNormal(out: Float32Array | Float64Array, mean: number, std: number): void {
    const n = out.length;
    if (n < blockSize) {
      for (let i = 0; i < n; i++) out[i] = this.normal() * std + mean;
      return;
    }
    const single = out instanceof Float32Array;
    const draw = (from: number) => {
      for (let i = from; i < n; i++) out[i] = single ? this.uniform32() : this.uniform64();
    };
    const transform = (at: number) => {
      if (single) normalBlock32(out, at, fround(mean), fround(std));
      else normalBlock64(out, at, mean, std);
    };
    draw(0);
    for (let at = 0; at + blockSize <= n; at += blockSize) transform(at);
    if (n % blockSize !== 0) {
      draw(n - blockSize);
      transform(n - blockSize);
    }
  }
}

Object.defineProperty(TorchGenerator, "name", { value: "Generator" });

/**
 * A source of random numbers with PyTorch's stream, independent of all others.
 * A fresh one has PyTorch's default seed 67280421310721.
 * @example torch.randn(2, { generator: new torch.Generator().manual_seed(0) })
 */
export const Generator: Callable<typeof TorchGenerator> = callable(TorchGenerator);
/** Any generator. */
export type Generator = TorchGenerator;

function normalBlock32(
  d: Float32Array | Float64Array,
  at: number,
  mean: number,
  std: number,
): void {
  for (let j = at; j < at + 8; j++) {
    const radius = fround(Math.sqrt(fround(-2 * logPolynomial(fround(1 - d[j])))));
    sinCosPolynomial(fround(twoPi32 * d[j + 8]), sinCos);
    d[j] = fma32(fround(radius * sinCos[1]), std, mean);
    d[j + 8] = fma32(fround(radius * sinCos[0]), std, mean);
  }
}

function normalBlock64(
  d: Float32Array | Float64Array,
  at: number,
  mean: number,
  std: number,
): void {
  for (let j = at; j < at + 8; j++) {
    const radius = Math.sqrt(-2 * Math.log(1 - d[j]));
    const angle = 2 * Math.PI * d[j + 8];
    d[j] = radius * Math.cos(angle) * std + mean;
    d[j + 8] = radius * Math.sin(angle) * std + mean;
  }
}

/** The generator that every draw uses unless it is given another; unseeded runs differ. */
export const default_generator: Generator = new Generator();
default_generator.seed();

/**
 * Seed the default generator; returns it.
 * @example torch.manual_seed(0); torch.randn(2)   // tensor([ 1.5410, -0.2934])
 */
export function manual_seed(seed: number | bigint): Generator {
  return default_generator.manual_seed(seed);
}

/**
 * The seed the default generator was last given.
 * @example
 * torch.manual_seed(7);
 * torch.initial_seed()   // 7n
 */
export function initial_seed(): bigint {
  return default_generator.initial_seed();
}

/**
 * Seed the default generator from the machine's randomness; returns the seed.
 * @example typeof torch.seed()   // bigint
 */
export function seed(): bigint {
  return default_generator.seed();
}

/**
 * Run `body` and put the default generator back to where it stood, whatever body drew or threw.
 * @example torch.random.fork_rng(() => torch.randn(1000).std())
 */
export function fork_rng<T>(body: () => T): T {
  const state = default_generator.getState();
  try {
    return body();
  } finally {
    default_generator.setState(state);
  }
}
