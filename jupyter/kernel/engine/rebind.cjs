// @ts-check
"use strict";
// Functions of a cell see what later cells assign to its variables, as in Python.

/**
 * Rewrites `let n = 1; export { n };` as `export let n = 1; export {};`. For the first form TypeScript
 * lets the cell's own functions read a variable that nobody else can set, so that `n = 2` in a later
 * cell would not reach them; for the second one they read the variable that all cells share. Constants
 * and functions stay as they are. No line moves.
 * @param {any} ts
 * @param {string} code a cell after TypeScript's pass, an ES module
 */
function shareVariables(ts, code) {
  const file = ts.createSourceFile("cell.js", code, ts.ScriptTarget.Latest);
  /** @type {{ from: number, to: number, text: string }[]} */
  const edits = [];
  /** @type {Set<string>} */
  const shared = new Set();

  /** @param {any} name an identifier or a pattern */
  function collect(name) {
    if (ts.isIdentifier(name)) shared.add(name.text);
    else for (const element of name.elements) if (element.name) collect(element.name);
  }

  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement) || statement.modifiers) continue;
    const { declarationList: list } = statement;
    if (list.flags & ts.NodeFlags.Const) continue;
    const start = statement.getStart(file);
    edits.push({ from: start, to: start, text: "export " });
    for (const { name, initializer } of list.declarations) {
      collect(name);
      // Exported without a value it would keep the one of an earlier cell.
      if (!initializer) edits.push({ from: name.end, to: name.end, text: " = undefined" });
    }
  }
  for (const { exportClause, moduleSpecifier } of file.statements.filter(ts.isExportDeclaration)) {
    if (moduleSpecifier || !exportClause?.elements) continue;
    const kept = exportClause.elements.filter(
      (/** @type {any} */ { name, propertyName }) => propertyName || !shared.has(name.text),
    );
    if (kept.length === exportClause.elements.length) continue;
    const text = `{ ${kept.map((/** @type {any} */ e) => e.getText(file)).join(", ")} }`;
    edits.push({ from: exportClause.getStart(file), to: exportClause.end, text });
  }
  edits.sort((a, b) => b.from - a.from);
  return edits.reduce((all, { from, to, text }) => all.slice(0, from) + text + all.slice(to), code);
}

module.exports = { shareVariables };
