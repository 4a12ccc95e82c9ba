// @ts-check
"use strict";
// Which names later cells may use after a cell has failed half-way.

/**
 * One declared thing: its text and the values it names. `isType` for what exists in types only.
 * @typedef {{ text: string, names: string[], isType: boolean }} Entry
 */

/**
 * The declarations to go on with: of the failed cell's variables only those that it gave a value, so that
 * a name is either known with its value or not known at all, as in Python. A name that it did not
 * reach keeps what an earlier cell declared.
 * @param {any} ts tslab's TypeScript
 * @param {{ previous: string, declared: string, isReached: (name: string) => boolean }} cell `previous`:
 *   the declarations before the cell; `declared`: those after it, had it succeeded; `isReached`: did the
 *   cell give this name a value?
 */
function reachedDeclarations(ts, { previous, declared, isReached }) {
  const old = entries(ts, previous);
  const oldTexts = new Set(old.map(({ text }) => text));
  /** @type {Set<string>} */
  const dropped = new Set();
  const kept = entries(ts, declared).filter(({ text, names, isType }) => {
    if (isType || oldTexts.has(text) || names.some(isReached)) return true;
    for (const name of names) dropped.add(name);
    return false;
  });
  const restored = old.filter(({ names }) => names.some((name) => dropped.has(name)));
  return [...restored, ...kept].map(({ text }) => `${text}\n`).join("");
}

/**
 * @param {any} ts
 * @param {string} source
 * @returns {Entry[]}
 */
function entries(ts, source) {
  const file = ts.createSourceFile("declared.d.ts", source, ts.ScriptTarget.Latest, true);
  return file.statements.flatMap((/** @type {any} */ statement) => {
    if (ts.isVariableStatement(statement)) return variables(ts, statement);
    const text = statement.getText();
    if (ts.isImportDeclaration(statement)) {
      const { importClause } = statement;
      return [{ text, names: imported(importClause), isType: importClause?.isTypeOnly === true }];
    }
    const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
    return [{ text, names: statement.name ? [statement.name.text] : [], isType }];
  });
}

/** Each variable of a statement on its own. @param {any} ts @param {any} statement @returns {Entry[]} */
function variables(ts, { declarationList }) {
  const isConst = (declarationList.flags & ts.NodeFlags.Const) !== 0;
  return declarationList.declarations.map((/** @type {any} */ declaration) => ({
    text: `declare ${isConst ? "const" : "let"} ${declaration.getText()};`,
    names: [declaration.name.text],
    isType: false,
  }));
}

/** The names that an import brings. @param {any} clause @returns {string[]} */
function imported(clause) {
  if (!clause) return [];
  const bindings = clause.namedBindings;
  const elements = bindings?.elements ?? (bindings ? [bindings] : []);
  return [clause, ...elements].flatMap((/** @type {any} */ node) => node.name?.text ?? []);
}

module.exports = { reachedDeclarations };
