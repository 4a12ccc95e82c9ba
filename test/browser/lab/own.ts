// A small notebook of the tests' own: a chart that grows, tensor tables, a chart with a title.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { folder } from "./world";

export const ownName = "own.ipynb";
export const most = 5000;

/** The live cell trains until this file is there: until a test has seen enough, on any machine. */
export const enough = join(folder, "enough");

/** The number of each cell. */
export const at = { imports: 0, live: 1, tables: 2, chart: 3 };

const sources = [
  `import { existsSync } from "node:fs";
import * as torch from "../src";
import { d2l, plt } from "../src";
torch.manual_seed(0);`,
  `const animator = d2l.Animator({ xlabel: "epoch", legend: ["loss", "acc"] });
for (let epoch = 1; epoch <= ${most} && !existsSync("enough"); epoch++) {
  for (const end = Date.now() + 60; Date.now() < end; );
  animator.add(epoch, [1 / epoch, 1 - 1 / epoch]);
  console.log("epoch " + epoch);
}`,
  'torch.randn(3, 4).show({ name: "P" });\ntorch.tensor([1, NaN, Infinity]).show();',
  "plt.plot([1, 2, 4]);\nplt.title('标题 title');\nplt.show();",
];

/** Writes it, without outputs. */
export function writeOwn(): void {
  const cells = sources.map((source, i) => ({
    cell_type: "code",
    id: `own-${i}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source,
  }));
  const kernelspec = { name: "tslab", display_name: "TypeScript", language: "typescript" };
  const notebook = { cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(join(folder, ownName), JSON.stringify(notebook));
}
