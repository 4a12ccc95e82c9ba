// @ts-check
// The one error that the commands throw on purpose: what went wrong, and what to do about it.

export class SetupError extends Error {
  /**
   * @param {string} message what is wrong
   * @param {string} hint what the reader can do about it
   */
  constructor(message, hint) {
    super(message);
    this.name = "SetupError";
    this.hint = hint;
  }
}

/** What to print for an error: the two sentences of ours, the whole stack of any other. @param {unknown} error */
export function explain(error) {
  if (error instanceof SetupError) return `\n✗ ${error.message}\n  What to do: ${error.hint}`;
  return `\n✗ ${error instanceof Error ? error.stack : error}`;
}
