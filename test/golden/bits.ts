// Bit patterns and units in the last place: how far two floating-point numbers are apart.

/** The largest integer that int64 tensors hold here. */
export const int64Limit = 2 ** 53;

const words = new DataView(new ArrayBuffer(8));

/** The 32-bit pattern of a float32. */
export function bits32(x: number): number {
  words.setFloat32(0, x);
  return words.getUint32(0);
}

/** The 64-bit pattern of a float64, as 16 hexadecimal digits. */
export function bits64(x: number): string {
  words.setFloat64(0, x);
  return words.getBigUint64(0).toString(16).padStart(16, "0");
}

/** The distance from |x| to the next larger number of the dtype. */
export function ulp(x: number, dtype: "float32" | "float64"): number {
  const [digits, smallest] = dtype === "float32" ? [23, -149] : [52, -1074];
  const size = Math.abs(x);
  if (size === 0 || !Number.isFinite(size)) return 2 ** smallest;
  words.setFloat64(0, size);
  const exponent = ((words.getUint32(0) >>> 20) & 0x7ff) - 1023;
  return 2 ** Math.max(exponent - digits, smallest);
}

/** How many float64 numbers lie between a and b, at most `limit`. */
export function steps64(a: number, b: number, limit: number): number {
  if (Object.is(a, b) || a === b) return 0;
  const ordered = (x: number): bigint => {
    words.setFloat64(0, x);
    const word = words.getBigInt64(0);
    return word < 0n ? -(word & 0x7fffffffffffffffn) : word;
  };
  const apart = ordered(a) - ordered(b);
  const size = apart < 0n ? -apart : apart;
  return size > BigInt(limit) ? limit : Number(size);
}

/** Whether two numbers have the same bits; every NaN counts as the same. */
export function sameBits(a: number, b: number): boolean {
  return Object.is(a, b);
}
