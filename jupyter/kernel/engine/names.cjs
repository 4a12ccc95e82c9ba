// @ts-check
"use strict";
// Mends how tslab finds the variables of earlier cells: it turns their names into `exports.name`.

/** The file in which tslab keeps the declarations of earlier cells. */
const EARLIER = "__prev__.d.ts";

/**
 * TypeScript's `visitEachChild` as tslab's search is to see it. Left alone, the search goes wrong at two
 * places where a name stands for a property as well:
 * - the key in `const { key: name } = o` is taken for a variable, and `exports.key` in its place is no
 *   code: keys are left as they are;
 * - the shorthand in `{ name }` is taken for the property only: it becomes `name: exports.name`, and
 *   `name: exports.name = 1` where it is a target with a default, as in `({ name = 1 } = o)`.
 * @param {any} ts tslab's TypeScript
 * @param {() => any} getChecker the type checker of the program that is being compiled
 */
function makeVisitEachChild(ts, getChecker) {
  const f = ts.factory;

  /** Does this shorthand property take its value from an earlier cell? @param {any} node */
  function isEarlier(node) {
    const typed = ts.getParseTreeNode(node);
    const symbol = typed && getChecker().getShorthandAssignmentValueSymbol(typed);
    return (symbol?.declarations ?? []).some(
      (/** @type {any} */ d) => ts.getBaseFileName(d.getSourceFile().fileName) === EARLIER,
    );
  }

  /** @param {any} node a shorthand property @param {(n: any) => any} visitor */
  function written(node, visitor) {
    const variable = f.createPropertyAccessExpression(f.createIdentifier("exports"), node.name);
    const initial = node.objectAssignmentInitializer;
    const value = initial ? f.createAssignment(variable, ts.visitNode(initial, visitor)) : variable;
    const key = f.createIdentifier(node.name.text);
    return ts.setTextRange(f.createPropertyAssignment(key, value), node);
  }

  return (
    /** @type {any} */ node,
    /** @type {(n: any) => any} */ visitor,
    /** @type {any[]} */ ...rest
  ) => {
    if (ts.isShorthandPropertyAssignment(node) && isEarlier(node)) return written(node, visitor);
    const key = ts.isBindingElement(node) ? node.propertyName : undefined;
    const visit = key ? (/** @type {any} */ n) => (n === key ? n : visitor(n)) : visitor;
    return ts.visitEachChild(node, visit, ...rest);
  };
}

module.exports = { makeVisitEachChild };
