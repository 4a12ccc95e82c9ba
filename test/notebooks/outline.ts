// What a program defines, sets, calls and prints, in order: the form in which an exercise and the
// notebook that mirrors it are compared.

import ts from "typescript";

/** A definition, a constant, a call or a print. */
export interface Entry {
  readonly kind: "constant" | "function" | "class" | "method" | "call" | "print";
  /** The name; for a print all names in it, with blanks between. */
  readonly name: string;
  readonly parameters?: readonly string[];
  readonly inside?: readonly Entry[];
}

/** Where TypeScript has a name of its own for what Python calls otherwise. */
const pythonNames: Readonly<Record<string, string>> = {
  constructor: "__init__",
  get: "__getitem__",
};

const parameterNames = (node: ts.SignatureDeclaration) =>
  node.parameters.map(({ name }) => name.getText());

/** Every name in an expression once, in the order of the text. */
function namesIn(nodes: readonly ts.Node[]): string[] {
  const found = new Set<string>();
  const visit = (node: ts.Node) => {
    if (ts.isIdentifier(node)) found.add(node.text);
    ts.forEachChild(node, visit);
  };
  nodes.forEach(visit);
  return [...found];
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((e) => (ts.isBindingElement(e) ? boundNames(e.name) : []));
}

function methodsOf(node: ts.ClassDeclaration): Entry[] {
  return node.members.flatMap((member): Entry[] => {
    if (!ts.isMethodDeclaration(member) && !ts.isConstructorDeclaration(member)) return [];
    const own = member.name?.getText() ?? "constructor";
    const inside = member.body ? entriesOf(member.body) : [];
    const name = Object.hasOwn(pythonNames, own) ? pythonNames[own] : own;
    return [{ kind: "method", name, parameters: parameterNames(member), inside }];
  });
}

function callEntry({ expression, arguments: args }: ts.CallExpression): Entry {
  if (expression.getText() === "console.log") {
    return { kind: "print", name: namesIn(args).join(" ") };
  }
  const called = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
  return { kind: "call", name: called.getText() };
}

/** The entries of one scope; blocks and functions without a name belong to the scope around. */
function entriesOf(scope: ts.Node): Entry[] {
  const entries: Entry[] = [];
  const seen = new Set<string>();
  const visit = (node: ts.Node) => {
    if (ts.isFunctionDeclaration(node)) {
      const inside = node.body ? entriesOf(node.body) : [];
      const name = node.name?.text ?? "";
      entries.push({ kind: "function", name, parameters: parameterNames(node), inside });
      return;
    }
    if (ts.isClassDeclaration(node)) {
      entries.push({ kind: "class", name: node.name?.text ?? "", inside: methodsOf(node) });
      return;
    }
    if (ts.isVariableDeclaration(node)) {
      for (const name of boundNames(node.name)) {
        if (!seen.has(name)) entries.push({ kind: "constant", name });
        seen.add(name);
      }
    }
    if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)) {
      entries.push(callEntry(node.expression));
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(scope, visit);
  return entries;
}

/** The outline of a program. */
export function outline(program: string): Entry[] {
  return entriesOf(ts.createSourceFile("cells.ts", program, ts.ScriptTarget.ES2022, true));
}

const isSubsequence = (short: readonly string[], long: readonly string[]) => {
  let at = 0;
  for (const item of long) if (item === short[at]) at++;
  return at === short.length;
};

/** Whether a program's entry is the one that the exercise has. */
export function agrees(wanted: Entry, found: Entry): boolean {
  if (wanted.kind !== found.kind) return false;
  if (wanted.kind === "print") return isSubsequence(wanted.name.split(" "), found.name.split(" "));
  const parameters = (wanted.parameters ?? []).join() === (found.parameters ?? []).join();
  return wanted.name === found.name && parameters;
}

/** An entry in one line, for messages. */
export function oneLine({ kind, name, parameters }: Entry): string {
  return `${kind} ${name}${parameters ? `(${parameters.join(", ")})` : ""}`;
}

/** The calls that the exercise names; all others are the notebook's own business. */
export function calledIn(entries: readonly Entry[]): Set<string> {
  return new Set(
    entries.flatMap((entry) => [
      ...(entry.kind === "call" ? [entry.name] : []),
      ...calledIn(entry.inside ?? []),
    ]),
  );
}

/** What is wanted and does not come in order, in words; inside functions more may stand between. */
export function missingInside(wanted: readonly Entry[], found: readonly Entry[]): string[] {
  const missing: string[] = [];
  let at = 0;
  for (const entry of wanted) {
    const place = found.findIndex((other, i) => i >= at && agrees(entry, other));
    if (place < 0) missing.push(oneLine(entry));
    else {
      at = place + 1;
      missing.push(...missingInside(entry.inside ?? [], found[place].inside ?? []));
    }
  }
  return missing;
}
