// np.savetxt: a table of numbers as text, one row a line (CSV with delimiter ",").

import { TypeError, ValueError } from "../errors";
import { format } from "../format";
import { toDense } from "../kernels/cast";
import { writeAtomically } from "./atomic";
import { type Savable, viewOf } from "./npz";

/** What `np.savetxt` may be told, as in NumPy. */
export interface SavetxtOptions {
  /** How a number is written, one format for all or one a column; "%.18e" keeps every bit. */
  readonly fmt?: string | readonly string[];
  readonly delimiter?: string;
  readonly newline?: string;
  /** Lines above and below the table, each behind `comments`. */
  readonly header?: string;
  readonly footer?: string;
  readonly comments?: string;
}

const defaults = { delimiter: " ", newline: "\n", header: "", footer: "", comments: "# " };
const rowsAtOnce = 1000;

/**
 * Write a 1-d or 2-d array as text, a row a line (a 1-d array a number a line). The file is whole
 * or not there. Raises ValueError for other dimensions, TypeError for as many formats as there are
 * no columns, FileNotFoundError for a missing folder, OSError when the disk refuses.
 * @example
 * const X = torch.tensor([[1, 2.5], [3, 4]]);
 * np.savetxt("X.csv", X, { fmt: "%.3f", delimiter: ",", header: "a,b" });
 * torch.tensor(np.loadtxt("X.csv", { delimiter: ",", dtype: torch.float32 }))
 * // tensor([[1.0000, 2.5000],
 * //         [3.0000, 4.0000]])
 */
export function savetxt(fname: string, X: Savable, options: SavetxtOptions = {}): void {
  const { delimiter, newline, header, footer, comments } = { ...defaults, ...options };
  const view = viewOf(X);
  const { dims } = view;
  if (dims.length === 0 || dims.length > 2) {
    throw new ValueError(
      `Expected 1D or 2D array, got ${dims.length}D array instead`,
      "reshape it to rows and columns, or use np.save",
    );
  }
  const width = dims[1] ?? 1;
  const { fmt = "%.18e" } = options;
  const formats = typeof fmt === "string" ? new Array<string>(width).fill(fmt) : fmt;
  if (formats.length !== width) {
    throw new TypeError(
      `fmt has wrong shape.  [${formats.map((f) => `'${f}'`).join(", ")}]`,
      `one format, or one for each of ${width} columns`,
    );
  }
  const noted = (text: string) =>
    text === "" ? "" : `${comments}${text.replaceAll("\n", `\n${comments}`)}${newline}`;
  const values = toDense(view);
  function* parts(): Generator<Uint8Array> {
    yield Buffer.from(noted(header));
    for (let row = 0; row < dims[0]; row += rowsAtOnce) {
      let text = "";
      for (let r = row; r < Math.min(dims[0], row + rowsAtOnce); r++) {
        const line = formats.map((f, c) => format(f, values[r * width + c]));
        text += line.join(delimiter) + newline;
      }
      yield Buffer.from(text);
    }
    yield Buffer.from(noted(footer));
  }
  writeAtomically(fname, parts());
}
