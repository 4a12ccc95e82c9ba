// The declarations in the package are found and read by other projects' compilers: TypeScript from
// 5.0 to the newest, by every way to resolve modules.
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { Consumer, root } from "./consumer";

/** The newest TypeScript, fetched for this test. */
const newest = "7.0.2";

const name = "deep-learning-lab";

/** The same program for `import` and for `require`; one line is wrong, and must be seen to be. */
const program = `
import * as torch from "${name}";
import { data, expr, nn, optim } from "${name}";
const w: torch.Tensor = torch.randn(2, 1, { requires_grad: true });
const sum: torch.Tensor = expr\`\${w} * 2\`.sum(0, { keepdim: true });
class Net extends nn.Module {
  line: nn.Linear = nn.Linear(2, 1);
  override forward(x: torch.Tensor): torch.Tensor {
    return this.line(x).relu();
  }
}
const net = new Net();
const updater: optim.SGD = optim.SGD(net.parameters(), { lr: 0.1 });
for (const [X, y] of data.DataLoader(data.TensorDataset(w, sum), 2)) nn.MSELoss()(net(X), y).backward();
updater.step();
const shape: readonly number[] = sum.shape;
// @ts-expect-error: a tensor is no text
const wrong: string = w.mean();
export { shape, wrong };
`;

/** How projects resolve modules, with the files that they compile then. */
const ways = [
  { resolution: "node16", module: "node16", files: ["consumer.mts", "consumer.cts"] },
  { resolution: "nodenext", module: "nodenext", files: ["consumer.mts", "consumer.cts"] },
  { resolution: "bundler", module: "esnext", files: ["consumer.ts"] },
  { resolution: "node", module: "commonjs", files: ["consumer.ts"] },
];

let consumer: Consumer;
let missing: string | null;
let missingNewest: string | null;
before(async () => {
  const { ensure } = await import("../../jupyter/setup.mjs");
  await ensure({ node: true, dev: true, build: true });
  const { npmCli } = await import("../../jupyter/setup/node.mjs");
  consumer = new Consumer(npmCli());
  missing = consumer.install(consumer.pack().file);
  missingNewest = missing ?? consumer.install(`typescript@${newest}`);
  for (const file of ["consumer.ts", "consumer.mts", "consumer.cts"]) consumer.write(file, program);
});
after(() => consumer.remove());

const inRepository = (id: string) =>
  dirname(require.resolve(`${id}/package.json`, { paths: [root] }));
const compilers = [
  { version: "5.0", find: () => inRepository("@tslab/typescript-for-tslab"), old: true },
  { version: "5.9", find: () => inRepository("typescript"), old: true },
  {
    version: newest,
    find: () => join(consumer.folder, "app", "node_modules", "typescript"),
    old: false,
  },
];

for (const { version, find, old } of compilers) {
  // TypeScript 7 has left the resolution of Node 10 behind
  for (const { resolution, module, files } of ways.filter(
    (way) => old || way.module !== "commonjs",
  )) {
    test(`TypeScript ${version} finds and reads the declarations by ${resolution}`, (t) => {
      const reason = old ? missing : missingNewest;
      if (reason !== null) return t.skip(reason);
      const tsc = join(find(), "bin", "tsc");
      assert.ok(consumer.node(tsc, "--version").stdout.startsWith(`Version ${version}`));
      const options = ["--noEmit", "--strict", "--noImplicitOverride", "--skipLibCheck", "false"];
      const target = ["--target", "es2022", "--lib", "es2022", "--types", "ndarray"];
      const how = ["--module", module, "--moduleResolution", resolution];
      const { code, stdout } = consumer.node(tsc, ...options, ...target, ...how, ...files);
      assert.equal(stdout, "");
      assert.equal(code, 0);
    });
  }
}
