// @ts-check
// Medians, quartiles, and how numbers are written.

/** @param {readonly number[]} values @param {number} share 0 … 1 */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}

/** @param {readonly number[]} values */
export const median = (values) => quantile(values, 0.5);

/** Three significant digits, without an exponent. @param {number} x */
export function short(x) {
  if (!Number.isFinite(x)) return "–";
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(x) || 1)));
  return x.toLocaleString("en-US", {
    minimumFractionDigits: Math.min(digits, 4),
    maximumFractionDigits: Math.min(digits, 4),
    useGrouping: false,
  });
}

/** A ratio, and as a fraction where it is small. @param {number} x */
export function ratio(x) {
  return x < 0.1 ? `1/${Math.round(1 / x)}` : short(x);
}
