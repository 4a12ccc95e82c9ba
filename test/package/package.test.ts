// What `npm pack` makes is a package that others can use: small, without Jupyter, for require and
// import, for JavaScript and TypeScript.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, type TestContext, test } from "node:test";
import { filesIn } from "../house/sources";
import { Consumer, root } from "./consumer";

const read = (...parts: string[]) => readFileSync(join(root, ...parts), "utf8");
const own = JSON.parse(read("package.json"));

/** Exercise 4, after the line that loads the library. */
const exercise = `
torch.manual_seed(0), random.seed(0), np.random.seed(0);
const cloud = (m) => torch.normal(expr\`\${m} * \${torch.ones(50, 2)}\`, 1);
const [x, y] = [torch.cat([cloud(2), cloud(-2)]), torch.cat([torch.zeros(50), torch.ones(50)])];
const w = torch.tensor(np.random.normal(0, 0.01, [2, 1]), { dtype: torch.float32 }).requires_grad_();
const b = torch.zeros(1, { requires_grad: true });
const net = (X) => expr\`1 / (1 + \${torch.exp(expr\`-1 * \${X} @ \${w} + \${b}\`)})\`;
const log = (p) => torch.log(expr\`\${p} + 1e-7\`);
const loss = (p, y) => expr\`\${y} * \${log(p)} + (1 - \${y}) * \${log(expr\`1 - \${p}\`)}\`.mean().neg();
for (const epoch of range(20)) {
  const order = range(100);
  random.shuffle(order);
  for (const j of range(0, 100, 10).map((i) => torch.tensor(order.slice(i, i + 10)))) {
    loss(net(x.index(j)), y.index(j)).backward(), d2l.sgd([w, b], 0.01, 10);
  }
  const right = net(x).gt(0.5).squeeze().eq(y).sum().item();
  console.log(format("epoch: %d loss:%.5f acc: %.3f", epoch + 1, loss(net(x), y.view(-1, 1)), right / 100));
}
`;
const names = "d2l, expr, format, np, random, range";

/** What PyTorch printed for it, one line an epoch. */
const golden = JSON.parse(read("test", "golden", "lab4.json"))
  .runs.find(({ seed }: { seed: number }) => seed === 0)
  .stdout.match(/^epoch.*$/gm) as string[];

let consumer: Consumer;
let files: string[];
let missing: string | null;
before(async () => {
  const { ensure } = await import("../../jupyter/setup.mjs");
  await ensure({ node: true, dev: true, build: true });
  const { npmCli } = await import("../../jupyter/setup/node.mjs");
  consumer = new Consumer(npmCli());
  const packed = consumer.pack();
  files = packed.files;
  missing = consumer.install(packed.file);
});
after(() => consumer.remove());

/** A test in the fresh project; without a network it may not be there. */
function inProject(name: string, body: (t: TestContext) => void): void {
  test(name, (t) => (missing === null ? body(t) : t.skip(missing)));
}

test("the tarball holds the compiled library, its words and its WebAssembly, nothing else", () => {
  const others = files.filter((file) => !/^dist\/[\w/]+\.(js|d\.ts)$/.test(file));
  assert.deepEqual(others.sort(), [
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "README.zh-CN.md",
    "dist/index.d.mts",
    "dist/index.mjs",
    "package.json",
    ...filesIn("src", /\.(wasm|cjs)$/),
  ]);
  const modules = files.filter((file) => file.endsWith(".js")).map((file) => file.slice(0, -3));
  const declared = files.filter((file) => file.endsWith(".d.ts")).map((file) => file.slice(0, -5));
  assert.deepEqual(declared.sort(), modules.sort());
  assert.ok(modules.includes("dist/index") && modules.length > 100);
});

test("the version is that of the changelog, of the READMEs and of the lab's own parts", () => {
  const [latest] = read("CHANGELOG.md").match(/(?<=^## \[)\d+\.\d+\.\d+(?=\])/m) ?? [];
  assert.equal(latest, own.version);
  assert.equal(JSON.parse(read("jupyter", "package.json")).version, own.version);
  for (const name of ["README.md", "README.zh-CN.md"]) {
    assert.ok(read(name).includes(`${own.name}-${own.version}.tgz`), name);
  }
});

inProject("it brings neither Jupyter nor Plotly nor tools", () => {
  const installed = consumer.installed();
  assert.ok(installed.includes(own.name));
  for (const name of Object.keys(own.dependencies)) assert.ok(installed.includes(name), name);
  const unwanted = /^(tslab|plotly|katex|typescript|tsx|typedoc|@biomejs|playwright|jsdom)/;
  assert.deepEqual(
    installed.filter((name) => unwanted.test(name)),
    [],
  );
  assert.ok(installed.length < 40, installed.join(" "));
});

inProject("require: exercise 4 prints PyTorch's lines", () => {
  const load = `const torch = require("${own.name}"); const { ${names} } = torch;`;
  const { stdout, stderr } = consumer.node(consumer.write("exercise4.cjs", load + exercise));
  assert.deepEqual([stderr, stdout.trimEnd().split("\n")], ["", golden]);
});

inProject("import: exercise 4 prints PyTorch's lines", () => {
  const load = `import * as torch from "${own.name}"; import { ${names} } from "${own.name}";`;
  const { stdout, stderr } = consumer.node(consumer.write("exercise4.mjs", load + exercise));
  assert.deepEqual([stderr, stdout.trimEnd().split("\n")], ["", golden]);
});

inProject("import and require give the same names and the same classes", () => {
  const program = `
import { createRequire } from "node:module";
import * as esm from "${own.name}";
const cjs = createRequire(import.meta.url)("${own.name}");
const names = (o) => Object.keys(o).sort().join();
console.log(names(esm) === names(cjs), cjs.ones(2) instanceof esm.Tensor, cjs.nn === esm.nn);
console.log(esm.nn.Linear(1, 1) instanceof cjs.nn.Module, Object.keys(esm).length > 150);
`;
  const { stdout, stderr } = consumer.node(consumer.write("both.mjs", program));
  assert.deepEqual([stderr, stdout], ["", "true true true\ntrue true\n"]);
});

inProject("the products of bytes find their WebAssembly", () => {
  const program = `
const torch = require("${own.name}"), { data, torchvision: tv } = torch;
const clothes = tv.datasets.PracticeSet({ train: false, transform: tv.transforms.ToTensor() });
const [[X]] = data.DataLoader(clothes, 8);
console.log(torch.matmul(X.reshape(-1, 784), torch.ones(784, 2)).shape);
`;
  const { stdout, stderr } = consumer.node(consumer.write("bytes.cjs", program));
  assert.deepEqual([stderr, stdout], ["", "torch.Size([8, 2])\n"]);
});
