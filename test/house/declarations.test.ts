// A cell of a notebook sees dist through tslab's own, older TypeScript: what src exports must parse
// there, with the types a reader expects.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { root } from "./sources";

// tslab's compiler has the interface of the project's own
const ts: typeof import("typescript") = require("@tslab/typescript-for-tslab");

/** The options that tslab gives its compiler, but for skipLibCheck: the declarations are the subject. */
const options = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts"],
  esModuleInterop: true,
  strict: true,
  noEmit: true,
  skipLibCheck: false,
  types: ["node"],
};

const door = "../../src";

const cells = {
  sample: `
import * as torch from "${door}";
import { data, d2l, expr, format, nn, np, optim, plt, random, range, torchvision } from "${door}";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const isSame = <A, B>(_: Same<A, B>): void => {};

torch.manual_seed(0);
random.seed(0);
np.random.seed(0);
const a = torch.randn(1, 3);
const b = torch.randn([2, 1], { requires_grad: true });
const difference = expr\`\${a} - \${b}\`;
isSame<typeof difference, torch.Tensor>(true);
const mean = a.sub(b).mean();
isSame<typeof mean, torch.Tensor>(true);
mean.backward();
const gradient: torch.Tensor | null = b.grad;
const shape: readonly number[] = a.shape;
const cut: torch.Tensor = torch.no_grad(() => a.t().mm(a));
class Net extends nn.Module {}
const line: string = format("epoch: %d loss:%.5f", 1, 0.5);
console.log(difference, gradient, shape, cut, line, new Net(), range(3), data, d2l, optim, plt, torchvision);
`,
  wrong: `
import * as torch from "${door}";
const wrong: string = torch.ones(2).sum();
`,
};

/** The compiler's complaints about both cells, as text. */
function complain(): string[] {
  const folder = join(root, ".lab", "types");
  mkdirSync(folder, { recursive: true });
  const files = Object.entries(cells).map(([name, cell]) => {
    const file = join(folder, `${name}.ts`);
    writeFileSync(file, cell);
    return file;
  });
  const program = ts.createProgram(files, options);
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const where = relative(root, file?.fileName ?? root);
    return `${where}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}

const complaints = complain();
const ofWrongCell = complaints.filter((text) => text.includes("wrong.ts"));

test("tslab's compiler is the old one that the declarations must suit", () => {
  assert.match(ts.version, /^5\.0\./);
});

test("a sample cell compiles, with the types a reader expects", () => {
  assert.deepEqual(
    complaints.filter((text) => !ofWrongCell.includes(text)),
    [],
  );
});

test("a wrong call is seen by the compiler", () => {
  assert.equal(ofWrongCell.length, 1);
  assert.match(ofWrongCell[0] ?? "", /not assignable to type 'string'/);
});
