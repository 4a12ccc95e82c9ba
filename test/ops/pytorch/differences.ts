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
  {
    file: "indexing.json",
    code: /x\[(\[3\]|torch.tensor\(\[3\]\))\] = torch.(tensor\(7\)|ones\(3\))|1, 2\]\] = torch.tensor\(7\)/,
    reason: "two mistakes at once; the other one is named first",
  },
  {
    file: "indexing.json",
    code: /x\[(True|False)\] = torch.ones\(3\)/,
    reason: "a value that does not fit is refused under a false mask too, with one sentence",
  },
  {
    file: "mistakes.json",
    code: /ones\(2, 2\)\.(max|min)\(None\)/,
    reason: "null and undefined both stand for an argument that is left out",
  },
  { file: "mistakes.json", code: /stride\(None\)/, reason: "Python's tuple is an array here" },
  {
    file: "mistakes.json",
    code: /permute\(0, (True|\[0.5\])\)|\.(std|var)\(True\)/,
    reason: "true is no number here, and lists of lists of dimensions are flattened",
  },
  {
    file: "mistakes.json",
    code: /\.to\(1\.5\)/,
    reason: "Python's float, which a value of it stands for here, is a dtype to PyTorch",
  },
  {
    file: "mistakes.json",
    code: /SGD\(\[w, w\]/,
    reason: "the same parameter twice is refused; PyTorch only warns",
  },
  {
    file: "functions.json",
    code: /scatter_add_\(1, torch.tensor\(\[\[0, 0\]\]\), torch.ones\(1, 1\)\)/,
    reason: "one sentence for an index larger than src, where PyTorch has several",
  },
  {
    file: "functions.json",
    code: /nn.Linear\(2, 3\)\(torch.ones\(2\)\)/,
    reason: "for one row the graph shows the product and the sum of a linear map",
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
