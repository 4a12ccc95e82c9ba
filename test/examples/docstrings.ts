// The `@example`s of src's doc comments as programs: their code, and the output that their comments
// promise.

import ts from "typescript";
import { filesIn, read } from "../house/sources";

/** One `@example`. */
export interface Example {
  /** `src/ops/shape.ts:98`. */
  readonly place: string;
  readonly file: string;
  readonly code: string;
}

/** A statement of an example and what its comments say it prints. */
export interface Step {
  readonly code: string;
  /** Its value is shown as a cell shows its last line, or what it throws. */
  readonly isExpression: boolean;
  /** The promised lines; none are promised if empty. */
  readonly promised: readonly string[];
}

/** All examples of src, in the order of files and lines. */
export function examples(): Example[] {
  return filesIn("src", /\.ts$/)
    .filter((file) => !file.endsWith(".as.ts"))
    .flatMap(examplesOf);
}

function examplesOf(file: string): Example[] {
  const text = read(file).replaceAll("\r\n", "\n");
  return [...text.matchAll(/\/\*\*.*?\*\//gs)].flatMap(({ 0: comment, index }) =>
    examplesIn(comment).map(({ line, code }) => ({
      place: `${file}:${text.slice(0, index).split("\n").length + line}`,
      file,
      code,
    })),
  );
}

/** The `@example` tags of one doc comment; `line` counts from its first. */
export function examplesIn(comment: string): { line: number; code: string }[] {
  const lines = comment
    .replace(/\s*\*\/$/, "")
    .split("\n")
    .map((line) => line.replace(/^\s*(?:\/\*\*|\*) ?/, ""));
  const starts = lines.flatMap((line, i) => (/^@\w/.test(line) ? [i] : []));
  return starts
    .map((start, i) => ({ line: start, block: lines.slice(start, starts[i + 1]) }))
    .filter(({ block }) => /^@example\b/.test(block[0]))
    .map(({ line, block }) => ({ line, code: unfenced(block) }));
}

function unfenced([first, ...rest]: string[]): string {
  const text = [first.replace(/^@example\s*/, ""), ...rest].join("\n").trim();
  return text.replace(/^```\w*\n(.*)\n```$/s, "$1");
}

const note = /^Python: /;

/**
 * The statements of an example with the comments behind them, in the line or below: each line of
 * them is a line of output, but for those that begin with `Python: `.
 */
export function stepsOf(code: string): Step[] {
  const source = ts.createSourceFile("example.ts", code, ts.ScriptTarget.ES2022, true);
  const ends = [...source.statements.slice(1).map((s) => s.getStart(source)), code.length];
  return source.statements.map((statement, i) => {
    const behind = code.slice(statement.end, ends[i]);
    const comments = [...behind.matchAll(/\/\/ ?(.*)$/gm)].map(([, line]) => line.trimEnd());
    return {
      code: statement.getText(source),
      isExpression: ts.isExpressionStatement(statement),
      promised: comments.filter((line) => !note.test(line)),
    };
  });
}
