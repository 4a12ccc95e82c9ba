// A notebook that runs in no time: parameters, a few draws, metrics, and a cell that can be made to
// throw, to hang or to swallow memory.

const cell = (id: string, source: string, tags: string[] = []) => ({
  ...{ cell_type: "code", id, source, metadata: { tags } },
  ...{ execution_count: null, outputs: [] },
});

/** The notebook's text. `loss` falls over `steps` epochs and depends on the seed alone. */
export function smallNotebook(): string {
  const cells = [
    cell(
      "setup",
      'import * as torch from "../src";\nimport { range, writeMetrics } from "../src";',
    ),
    cell(
      "chosen",
      [
        "let seed = 0;",
        "let steps = 3;",
        'let mood = "";',
        'let note = "";',
        "let options: object = {};",
      ].join("\n"),
      ["parameters"],
    ),
    cell("draw", "torch.manual_seed(seed);\nconst draws = torch.rand(steps);\ndraws"),
    cell(
      "perhaps",
      [
        'if (mood === "throw") throw new RangeError("seed " + seed + " is not wanted");',
        'if (mood === "hang") while (true) {}',
        'const held = mood === "swallow" ? range(40).map(() => Buffer.alloc(5e7, 1)) : [];',
      ].join("\n"),
    ),
    cell(
      "metrics",
      [
        "const losses = draws.tolist() as number[];",
        "const parameters = { seed, steps, mood, note, options } as never;",
        "writeMetrics({ parameters, train_loss: losses, test_acc: losses[0] });",
      ].join("\n"),
      ["metrics"],
    ),
    cell("beyond", 'if (mood === "beyond") throw new Error("a sweep does not come here");'),
  ];
  const metadata = {
    kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" },
  };
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 });
}
