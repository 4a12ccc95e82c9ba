// Lines that differ from PyTorch on purpose, by name, each with its reason.

interface Difference {
  readonly file: string;
  /** What the code, or the message, looks like. */
  readonly code?: RegExp;
  readonly message?: RegExp;
  readonly reason: string;
}

const differences: readonly Difference[] = [
  {
    file: "promotion.json",
    code: /tensor\(1, dtype=torch.bool\); x.pow_\(torch.tensor\(\[1, 0\], dtype=torch.bool\)\)/,
    reason: "two mistakes at once; the other one is named first",
  },
];

/** Why a line may differ, or null. */
export function differenceFor(file: string, code: string, message: string): string | null {
  const found = differences.find(
    (d) =>
      d.file === file &&
      (d.code === undefined || d.code.test(code)) &&
      (d.message === undefined || d.message.test(message)),
  );
  return found?.reason ?? null;
}
