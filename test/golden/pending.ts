// Names that golden code uses and the library does not have, each with the reason.

/** Names that a later step brings; a test fails as soon as the library has one of them. */
export const PENDING: Readonly<Record<string, string>> = {};

/** Names that stay out: they are Python's, NumPy's or another package's, not a tensor library's. */
export const OUTSIDE: Readonly<Record<string, string>> = {
  "copy.deepcopy": "Python's copy module; clone() copies a tensor",
  "torch.device": "there is one device, the CPU",
  "np.array": "NumPy arrays are made by np.random, np.where and t.numpy() only",
  "np.float64": "NumPy's scalars are JavaScript numbers here",
};

/** Why a missing name is no failure, or null if it is one. */
export function reasonFor(missing: string | null): string | null {
  if (missing === null) return null;
  if (missing in PENDING) return `pending: ${missing}, ${PENDING[missing]}`;
  return missing in OUTSIDE ? `outside: ${OUTSIDE[missing]}` : null;
}
