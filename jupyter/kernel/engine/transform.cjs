// @ts-check
"use strict";
// The changes that a cell's JavaScript needs before it runs, made on its syntax tree.

/** The name by which code checks that its cell has not been interrupted. */
const GUARD = "__tslabGuard";

/** How the guard of the running cell is found where an async function begins. */
const GUARD_HOME = ["__tslab__", "guard"];

/**
 * Before the module pass: an async function stops at its next `await` once the cell that called it was
 * interrupted. Each one takes the guard of the running cell when it begins; after an await the guard
 * throws in an interrupted cell, and before one it never lets go, so that code which catches everything
 * cannot go on:
 * `async () => await f(x)` becomes `async () => { const __tslabGuard = __tslab__.guard;
 *   return __tslabGuard(await __tslabGuard.hold(f(x))); }`.
 * The cell's own top level gets its guard as a parameter.
 * @param {any} ts
 */
function guardAwaits(ts) {
  return (/** @type {any} */ context) => (/** @type {any} */ file) => {
    const f = context.factory;
    const guardCall = (/** @type {any[]} */ args) =>
      f.createCallExpression(f.createIdentifier(GUARD), undefined, args);
    const takeGuard = () =>
      f.createVariableStatement(
        undefined,
        f.createVariableDeclarationList(
          [
            f.createVariableDeclaration(
              GUARD,
              undefined,
              undefined,
              f.createPropertyAccessExpression(f.createIdentifier(GUARD_HOME[0]), GUARD_HOME[1]),
            ),
          ],
          ts.NodeFlags.Const,
        ),
      );
    const isAsync = (/** @type {any} */ node) =>
      ts.canHaveModifiers(node) &&
      ts.getModifiers(node)?.some((/** @type {any} */ m) => m.kind === ts.SyntaxKind.AsyncKeyword);

    /** @param {any} node @returns {any} */
    function visit(node) {
      if (ts.isFunctionLike(node) && node.body && isAsync(node)) {
        const changed = ts.visitEachChild(node, visit, context);
        return withBody(changed, guardedBody(changed.body));
      }
      if (ts.isAwaitExpression(node)) {
        const { expression } = ts.visitEachChild(node, visit, context);
        const hold = f.createPropertyAccessExpression(f.createIdentifier(GUARD), "hold");
        const held = f.createCallExpression(hold, undefined, [expression]);
        return ts.setTextRange(guardCall([f.updateAwaitExpression(node, held)]), node);
      }
      if (ts.isForOfStatement(node) && node.awaitModifier) {
        const changed = ts.visitEachChild(node, visit, context);
        const check = f.createExpressionStatement(guardCall([]));
        const body = f.createBlock([check, changed.statement], true);
        return f.updateForOfStatement(
          changed,
          changed.awaitModifier,
          changed.initializer,
          changed.expression,
          ts.setTextRange(body, changed.statement),
        );
      }
      return ts.visitEachChild(node, visit, context);
    }

    /** @param {any} body */
    function guardedBody(body) {
      if (ts.isBlock(body)) {
        return f.updateBlock(
          body,
          f.createNodeArray([...prologue(body), takeGuard(), ...rest(body)]),
        );
      }
      const statement = ts.setTextRange(f.createReturnStatement(body), body);
      return ts.setTextRange(f.createBlock([takeGuard(), statement], true), body);
    }
    /** Directives such as "use strict" must stay first. @param {any} body */
    const prologue = (body) =>
      body.statements.filter((/** @type {any} */ s) => ts.isPrologueDirective(s));
    /** @param {any} body */
    const rest = (body) =>
      body.statements.filter((/** @type {any} */ s) => !ts.isPrologueDirective(s));

    /** @param {any} node @param {any} body */
    function withBody(node, body) {
      const { modifiers, asteriskToken: star, name, typeParameters: t, parameters: p, type } = node;
      if (ts.isArrowFunction(node)) {
        return f.updateArrowFunction(
          node,
          modifiers,
          t,
          p,
          type,
          node.equalsGreaterThanToken,
          body,
        );
      }
      if (ts.isFunctionExpression(node)) {
        return f.updateFunctionExpression(node, modifiers, star, name, t, p, type, body);
      }
      if (ts.isFunctionDeclaration(node)) {
        return f.updateFunctionDeclaration(node, modifiers, star, name, t, p, type, body);
      }
      return f.updateMethodDeclaration(
        node,
        modifiers,
        star,
        name,
        node.questionToken,
        t,
        p,
        type,
        body,
      );
    }

    return ts.visitNode(file, visit);
  };
}

/**
 * Before the module pass: what a cell exports from another module (`export * from "m"`) is no name that
 * later cells know, so it must not become a variable, where it could hide one of theirs. The module
 * itself is still loaded.
 * @param {any} ts
 */
function withoutReexports(ts) {
  return (/** @type {any} */ context) => (/** @type {any} */ file) => {
    const f = context.factory;
    const change = (/** @type {any} */ statement) =>
      ts.isExportDeclaration(statement) && statement.moduleSpecifier
        ? f.createImportDeclaration(undefined, undefined, statement.moduleSpecifier)
        : statement;
    return f.updateSourceFile(file, file.statements.map(change));
  };
}

/**
 * After the module pass: names that a cell takes from another module become ordinary properties.
 * TypeScript writes `Object.defineProperty(exports, "name", { enumerable: true, get: … })`, which a
 * later cell could not assign to; stock tslab catches it with a Proxy around all variables, which makes
 * each update of one cost half a microsecond. The statement becomes `exports.name = …`; the mark
 * `__esModule` and the first `exports.a = exports.b = void 0`, which would empty variables of earlier
 * cells even when this one fails before reaching them, are left out.
 * @param {any} ts
 */
function plainExports(ts) {
  return (/** @type {any} */ context) => (/** @type {any} */ file) => {
    const f = context.factory;
    /** @param {any} statement @returns {any} */
    function change(statement) {
      if (!ts.isExpressionStatement(statement)) return statement;
      const { expression } = statement;
      // Only what TypeScript itself has written has no place in the source. Its statement may have one,
      // that of the name which it exports.
      if (expression.pos >= 0) return statement;
      if (isVoidChain(expression)) return undefined;
      if (!ts.isCallExpression(expression)) return statement;
      const [object, name, descriptor] = expression.arguments;
      if (!isExports(object) || !name || !ts.isStringLiteral(name) || !descriptor) return statement;
      if (name.text === "__esModule") return undefined;
      const getter = descriptor.properties?.find((/** @type {any} */ p) => p.name?.text === "get");
      const value = getter?.initializer?.body?.statements?.[0]?.expression;
      if (!value) return statement;
      const target = f.createPropertyAccessExpression(f.createIdentifier("exports"), name.text);
      return f.createExpressionStatement(f.createAssignment(target, value));
    }
    /** @param {any} node */
    function isExports(node) {
      return node && ts.isIdentifier(node) && node.escapedText === "exports";
    }
    /** Is it `exports.a = exports.b = … = void 0`? @param {any} node @returns {boolean} */
    function isVoidChain(node) {
      if (!ts.isBinaryExpression(node) || !ts.isPropertyAccessExpression(node.left)) return false;
      if (!isExports(node.left.expression)) return false;
      return ts.isVoidExpression(node.right) || isVoidChain(node.right);
    }
    return f.updateSourceFile(file, file.statements.map(change).filter(Boolean));
  };
}

/** What `transpileModule` takes. @param {any} ts @param {{ isCell: boolean }} code */
function transformers(ts, { isCell }) {
  if (!isCell) return { before: [guardAwaits(ts)] };
  return { before: [guardAwaits(ts), withoutReexports(ts)], after: [plainExports(ts)] };
}

module.exports = { transformers, GUARD };
