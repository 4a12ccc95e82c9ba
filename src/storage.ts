// Where elements live: a typed array, or rows of a resident data set that are only read when
// something other than a matrix product needs them.

import type { TypedArray } from "./dtype";

/** Counts in-place changes; views of one storage share it. */
export interface Version {
  value: number;
}

/** Rows of a uint8 data set, each value divided by `divisor`, not yet gathered. */
export interface RowGather {
  /** All rows of the data set, one behind the other. */
  readonly source: Uint8Array;
  readonly rows: Int32Array;
  readonly rowSize: number;
  readonly divisor: number;
}

let nextAddress = 64;

/** The memory under one or more tensors. */
export class Storage {
  private address_ = 0;
  private array: TypedArray | null;
  private pending: RowGather | null;

  constructor(content: TypedArray | RowGather) {
    const lazy = "rows" in content;
    this.array = lazy ? null : content;
    this.pending = lazy ? content : null;
  }

  /** The elements; a row gather is carried out now if it was not yet. */
  get data(): TypedArray {
    if (this.array === null) {
      this.array = gather(this.pending as RowGather);
      this.pending = null;
    }
    return this.array;
  }

  /** A number that no other storage has, in the role of a memory address. */
  get address(): number {
    if (this.address_ === 0) {
      this.address_ = nextAddress;
      nextAddress += Math.ceil((this.data.byteLength + 1) / 64) * 64;
    }
    return this.address_;
  }

  /** The row gather this storage still stands for, or null once it is an ordinary array. */
  get rowGather(): RowGather | null {
    return this.pending;
  }
}

function gather({ source, rows, rowSize, divisor }: RowGather): Float32Array {
  // 256 quotients, each rounded as f32(value / divisor), not multiplied by a rounded inverse.
  const quotient = new Float32Array(256);
  for (let v = 0; v < 256; v++) quotient[v] = v / divisor;
  const out = new Float32Array(rows.length * rowSize);
  for (let r = 0, at = 0; r < rows.length; r++) {
    const from = rows[r] * rowSize;
    for (let k = 0; k < rowSize; k++) out[at++] = quotient[source[from + k]];
  }
  return out;
}
