// The lines of a text file one by one, so that a table is never in memory twice.

import { TextDecoder } from "node:util";
import { ValueError } from "../errors";
import { count, fileHint, type Source } from "./source";

const chunkBytes = 2 ** 16;
/** A line of this length is no row of a table. */
const longestLine = 2 ** 22;

/**
 * The lines of a UTF-8 file without their ends (LF or CRLF); a byte order mark is left out.
 * Raises ValueError for other encodings and for endless lines.
 */
export function* linesOf(file: Source): Generator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  for (let at = 0; at < file.size; at += chunkBytes) {
    const length = Math.min(chunkBytes, file.size - at);
    rest += textOf(file, decoder, at, length);
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield checkLine(file, line.replace(/\r$/, ""));
    checkLine(file, rest);
  }
  if (rest !== "") yield rest;
}

function textOf(file: Source, decoder: TextDecoder, at: number, length: number): string {
  try {
    return decoder.decode(file.take(at, length), { stream: at + length < file.size });
  } catch {
    throw new ValueError(
      "'utf-8' codec can't decode the file",
      fileHint(file.name, "text in UTF-8", `other bytes behind byte ${count(at)}`),
    );
  }
}

function checkLine(file: Source, line: string): string {
  if (line.length > longestLine) {
    throw new ValueError(
      "a line is too long for a table",
      fileHint(file.name, `lines of at most ${count(longestLine)} characters`, "a longer one"),
    );
  }
  if (!line.includes("\r")) return line;
  throw new ValueError(
    "Found an unquoted embedded newline within a single line of input.  This is currently not supported.",
    fileHint(file.name, "lines that end with LF or CRLF", "a CR alone"),
  );
}
