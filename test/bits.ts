// Doubles as 16 hexadecimal digits, as the files that Python wrote hold them.

const view = new DataView(new ArrayBuffer(8));

/** The double with this bit pattern. */
export function doubleFromHex(hex: string): number {
  view.setBigUint64(0, BigInt(`0x${hex}`));
  return view.getFloat64(0);
}

/** How many doubles lie between a and b: 0 for the same, also for two NaN; 1 for neighbours. */
export function ulpsBetween(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.POSITIVE_INFINITY;
  const place = (x: number): bigint => {
    view.setFloat64(0, x);
    const bits = view.getBigInt64(0);
    return bits < 0n ? -(1n << 63n) - bits : bits;
  };
  const distance = place(a) - place(b);
  return Number(distance < 0n ? -distance : distance);
}
