// Names that golden code uses and the library does not have, each with the reason.

/** What a later step brings → the names it brings, as golden code spells them. */
const LATER: Readonly<Record<string, readonly string[]>> = {};

/** Name → what brings it; a test fails as soon as the library has one of them. */
export const PENDING: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(LATER).flatMap(([what, names]) => names.map((name) => [name, what])),
);

/** Names that stay out: they are Python's, NumPy's or another package's, not a tensor library's. */
export const OUTSIDE: Readonly<Record<string, string>> = {
  "copy.deepcopy": "Python's copy module; clone() copies a tensor",
  "torch.device": "there is one device, the CPU",
  "np.array": "NumPy arrays are made by np.random, np.where and t.numpy() only",
  "np.float64": "NumPy's scalars are JavaScript numbers here",
};

/** How the reason of a row begins that waits for a pending name. */
export const PENDING_PREFIX = "pending";

/** Why a missing name is no failure, or null if it is one. */
export function reasonFor(missing: string | null): string | null {
  if (missing === null) return null;
  if (missing in PENDING) return `${PENDING_PREFIX}: ${PENDING[missing]}`;
  return missing in OUTSIDE ? `outside: ${OUTSIDE[missing]}` : null;
}
