// What src offers is explained where it is written: every function, class, method and value that a
// reader can reach from src/index.ts has a sentence and an example above it, and a test that names it.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { filesIn, read, root } from "./sources";

/** A thing that can be reached: its name as a reader writes it, and where it is declared. */
interface Offered {
  readonly name: string;
  readonly declaration: ts.Declaration;
  /** Whether it is called: then an example shows how. */
  readonly isCalled: boolean;
}

const config = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
const doors = { "": "src/index.ts", "Tensor.": "src/ops/index.ts" };
const program = ts.createProgram(
  Object.values(doors).map((file) => join(root, file)),
  options,
);
const checker = program.getTypeChecker();

const followed = (symbol: ts.Symbol) =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
const isOurs = (node: ts.Node) => {
  const file = node.getSourceFile().fileName.replaceAll("\\", "/");
  return file.includes("/src/") && !file.includes("/node_modules/");
};

/** The exported values of a module and of the namespaces in it; types alone are left out. */
function valuesOf(module: ts.Symbol, prefix: string): { name: string; symbol: ts.Symbol }[] {
  return checker.getExportsOfModule(module).flatMap((entry) => {
    const symbol = followed(entry);
    const name = `${prefix}${entry.name}`;
    if (symbol.flags & ts.SymbolFlags.ValueModule) return valuesOf(symbol, `${name}.`);
    const { valueDeclaration } = symbol;
    return valueDeclaration && isOurs(valueDeclaration) ? [{ name, symbol }] : [];
  });
}

/** What a value constructs. */
const madeBy = (symbol: ts.Symbol) =>
  checker
    .getTypeOfSymbol(symbol)
    .getConstructSignatures()
    .map((signature) => signature.getReturnType());

const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;

/** The public methods and accessors of what a value constructs, where they are first declared. */
function membersOf(symbol: ts.Symbol, name: string): Offered[] {
  return madeBy(symbol).flatMap((type) =>
    checker.getPropertiesOfType(type).flatMap((member): Offered[] => {
      const { valueDeclaration: declaration } = member;
      if (declaration === undefined || !isOurs(declaration)) return [];
      const isMethod = ts.isMethodDeclaration(declaration);
      // What overrides an explained method, or is asked for by JavaScript, is explained there.
      const isKnown =
        (ts.getCombinedModifierFlags(declaration) & (hidden | ts.ModifierFlags.Override)) !== 0 ||
        member.name.startsWith("__@") ||
        member.name === "toString";
      if (isKnown || !(isMethod || ts.isAccessor(declaration))) return [];
      return [{ name: `${name}.${member.name}`, declaration, isCalled: isMethod }];
    }),
  );
}

/** Everything that is offered, once, under the first name. */
function walk(): Offered[] {
  const values = Object.entries(doors).flatMap(([prefix, file]) => {
    const source = program.getSourceFile(join(root, file));
    const module = source && checker.getSymbolAtLocation(source);
    return module ? valuesOf(module, prefix) : [];
  });
  const all = values.flatMap(({ name, symbol }): Offered[] => {
    const { valueDeclaration: declaration } = symbol;
    if (declaration === undefined) return [];
    const type = checker.getTypeOfSymbol(symbol);
    const isCalled =
      type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0;
    return [{ name, declaration, isCalled }, ...membersOf(symbol, name)];
  });
  // A class that a value makes callable is explained at the value.
  const behind = new Set(
    values
      .filter(({ symbol }) => !(symbol.flags & ts.SymbolFlags.Class))
      .flatMap(({ symbol }) => madeBy(symbol).map((type) => type.symbol?.valueDeclaration)),
  );
  const first = new Map([...all].reverse().map((one) => [one.declaration, one]));
  // What only other parts of src call is marked as internal.
  return [...first.values()]
    .filter(({ declaration }) => !behind.has(declaration) && !docsOf(declaration).isInternal)
    .reverse();
}

const offered = walk();

/** The doc comment above a declaration; that of `const x` stands above the statement. */
function docsOf(declaration: ts.Declaration) {
  const blocks = ts.getJSDocCommentsAndTags(declaration).filter(ts.isJSDoc);
  const text = blocks.map((block) => ts.getTextOfJSDocComment(block.comment) ?? "").join("\n");
  const tags = blocks.flatMap((block) => [...(block.tags ?? [])]);
  const has = (name: string) => tags.some((tag) => tag.tagName.text === name);
  return { text, hasExample: has("example"), isInternal: has("internal") };
}

const placeOf = ({ name, declaration }: Offered) => {
  const file = declaration.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(declaration.getStart());
  return `${name}  ${file.fileName.slice(root.length + 1)}:${line + 1}`;
};

const listed = (found: readonly Offered[]) =>
  [`${found.length} of ${offered.length}`, ...found.map(placeOf)].join("\n");

test("the walk finds functions, classes, methods and namespaces", () => {
  const names = offered.map(({ name }) => name);
  assert.ok(names.length > 300, `${names.length} names`);
  for (const name of ["tensor", "tril", "Tensor.requires_grad_", "nn.Module", "nn.init.zeros_"]) {
    assert.ok(names.includes(name), name);
  }
});

test("each has a sentence", () => {
  const silent = offered.filter(({ declaration }) => !/\w.*[.:]/s.test(docsOf(declaration).text));
  assert.ok(silent.length === 0, listed(silent));
});

test("each has an example", () => {
  const without = offered.filter(
    ({ declaration, isCalled }) => isCalled && !docsOf(declaration).hasExample,
  );
  assert.ok(without.length === 0, listed(without));
});

test("each is named by a test", () => {
  const files = filesIn("test", /\.(ts|py|json)$/).filter(
    (file) => !file.startsWith("test/house/"),
  );
  const words = new Set(files.flatMap((file) => read(file).match(/[A-Za-z_$][\w$]*/g) ?? []));
  const untested = offered.filter(({ name }) => !words.has(name.slice(name.lastIndexOf(".") + 1)));
  assert.ok(untested.length === 0, listed(untested));
});
