// The Mersenne twister (Matsumoto and Nishimura 1998): the one engine under all three streams.

const size = 624;
const middle = 397;

/** What an engine needs to go on exactly where another stood. */
export interface TwisterState {
  readonly words: Uint32Array;
  readonly position: number;
}

/** MT19937: 32-bit words from a 624-word state. */
export class MersenneTwister {
  private words: Uint32Array = new Uint32Array(size);
  private position = size;

  /** Seed with one 32-bit integer, as PyTorch and NumPy do. */
  seedInteger(seed: number): void {
    const words = this.words;
    words[0] = seed;
    for (let j = 1; j < size; j++) {
      const previous = words[j - 1] ^ (words[j - 1] >>> 30);
      words[j] = Math.imul(1812433253, previous) + j;
    }
    this.position = size;
  }

  /** Seed with a list of 32-bit integers, as Python's `random` does. */
  seedArray(key: readonly number[]): void {
    this.seedInteger(19650218);
    const words = this.words;
    const mix = (i: number, factor: number) =>
      words[i] ^ Math.imul(words[i - 1] ^ (words[i - 1] >>> 30), factor);
    let i = 1;
    let j = 0;
    const advance = () => {
      i++;
      if (i >= size) {
        words[0] = words[size - 1];
        i = 1;
      }
    };
    for (let k = Math.max(size, key.length); k > 0; k--) {
      words[i] = mix(i, 1664525) + key[j] + j;
      advance();
      j = (j + 1) % key.length;
    }
    for (let k = size - 1; k > 0; k--) {
      words[i] = mix(i, 1566083941) - i;
      advance();
    }
    words[0] = 0x80000000;
    this.position = size;
  }

  /** The next 32-bit word. */
  next(): number {
    if (this.position >= size) this.refill();
    let y = this.words[this.position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  getState(): TwisterState {
    return { words: this.words.slice(), position: this.position };
  }

  setState(state: TwisterState): void {
    this.words = state.words.slice();
    this.position = state.position;
  }

  private refill(): void {
    const words = this.words;
    const step = (k: number, next: number, far: number) => {
      const y = (words[k] & 0x80000000) | (words[next] & 0x7fffffff);
      words[k] = words[far] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    };
    for (let k = 0; k < size - middle; k++) step(k, k + 1, k + middle);
    for (let k = size - middle; k < size - 1; k++) step(k, k + 1, k + middle - size);
    step(size - 1, 0, middle - 1);
    this.position = 0;
  }
}

/** A double in [0, 1) from two words, 53 bits: how Python and NumPy draw. */
export function nextDouble(twister: MersenneTwister): number {
  const high = twister.next() >>> 5;
  const low = twister.next() >>> 6;
  return (high * 67108864 + low) / 9007199254740992;
}

/** A seed for a stream that nobody seeded: from the machine's own source of randomness. */
export function freshSeed(): bigint {
  return globalThis.crypto.getRandomValues(new BigUint64Array(1))[0] >> 11n;
}
