// @ts-check
"use strict";
// Which names later cells may use after a cell has failed half-way.

/**
 * The declarations to go on with: of the failed cell's only those whose variables it reached, so that
 * a name is either known with its value or not known at all, as in Python.
 * @param {any} ts tslab's TypeScript
 * @param {{ previous: string, declared: string, isReached: (name: string) => boolean }} cell `previous`:
 *   the declarations before the cell; `declared`: those after it, had it succeeded
 */
function reachedDeclarations(ts, { previous, declared, isReached }) {
  const file = ts.createSourceFile("declared.d.ts", declared, ts.ScriptTarget.Latest, true);
  for (const name of valueNames(ts, file)) {
    if (!isReached(name)) return previous;
  }
  return declared;
}

/** @param {any} ts @param {any} file @returns {string[]} */
function valueNames(ts, file) {
  /** @type {string[]} */
  const names = [];
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) names.push(name.text);
    } else if (ts.isClassDeclaration(statement) || ts.isFunctionDeclaration(statement)) {
      if (statement.name) names.push(statement.name.text);
    }
  }
  return names;
}

module.exports = { reachedDeclarations };
