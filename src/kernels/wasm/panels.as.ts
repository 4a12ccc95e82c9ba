// A skinny float matrix in panels of five columns, as the products read it.

// Columns in a panel, and bytes of four rows of it.
export const PANEL: usize = 5;
export const GROUP_BYTES: usize = PANEL * 16;

/** The four lanes added. */
// @ts-ignore: decorator
@inline
export function sum(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

/** Whether all n floats are finite: NaN and infinities make x − x something other than 0. */
export function allFinite(values: usize, n: usize): bool {
  let sums = f32x4.splat(0);
  const end = values + (n << 2);
  for (; values + 16 <= end; values += 16) {
    const four = v128.load(values);
    sums = f32x4.add(sums, f32x4.sub(four, four));
  }
  let rest: f32 = 0;
  for (; values < end; values += 4) {
    const one = load<f32>(values);
    rest += one - one;
  }
  return sum(sums) + rest == 0;
}

/** W [K][columns] times `scale` to panels, what is left of the last ones filled with zeros. */
export function pack(w: usize, K: usize, columns: usize, scale: f32, packed: usize): void {
  const panelBytes = ((K + 15) >> 4) * 4 * GROUP_BYTES;
  const panels = (columns + PANEL - 1) / PANEL;
  if (K % 16 != 0 || columns % PANEL != 0) memory.fill(packed, 0, panels * panelBytes);
  for (let j: usize = 0; j < columns; j++) {
    const to = packed + (j / PANEL) * panelBytes + (j % PANEL) * 16;
    let from = w + (j << 2);
    for (let k: usize = 0; k < K; k++, from += columns << 2) {
      store<f32>(to + (k >> 2) * GROUP_BYTES + ((k & 3) << 2), load<f32>(from) * scale);
    }
  }
}

/** The way back: `count` rows of out [K][columns] from panels of `panelBytes`, times `scale`. */
// @ts-ignore: decorator
@inline
export function unpack(packed: usize, panelBytes: usize, count: usize, columns: usize, scale: f32, out: usize): void {
  for (let j: usize = 0; j < columns; j++) {
    const from = packed + (j / PANEL) * panelBytes + (j % PANEL) * 16;
    let to = out + (j << 2);
    for (let k: usize = 0; k < count; k++, to += columns << 2) {
      store<f32>(to, load<f32>(from + (k >> 2) * GROUP_BYTES + ((k & 3) << 2)) * scale);
    }
  }
}
