// The DataLoader makes PyTorch's batches, draws what PyTorch draws, and refuses what it refuses.

import assert from "node:assert/strict";
import { test } from "node:test";
import { data, Generator, manual_seed, randint, type Tensor, tensor } from "../../src/index";
import golden from "./loader.json";

const { DataLoader } = data;
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

for (const c of golden.cases) {
  const name = `n ${c.n}, batch ${c.batch_size}, seed ${c.seed}${c.shuffle ? ", shuffle" : ""}${c.drop_last ? ", drop_last" : ""}${c.own === null ? "" : ", own generator"}`;
  test(`as PyTorch ${golden.torch}: ${name}`, () => {
    manual_seed(c.seed);
    const generator = c.own === null ? undefined : new Generator().manual_seed(c.own);
    const loader = DataLoader(upTo(c.n), c.batch_size, {
      shuffle: c.shuffle,
      drop_last: c.drop_last,
      generator,
    });
    assert.equal(loader.length, c.length);
    const epochs = [1, 2, 3].map(() => [...loader].map((batch) => batch.tolist()));
    assert.deepEqual(epochs, c.epochs);
    const first = c.length > 0 ? loader[Symbol.iterator]().next().value?.tolist() : [];
    assert.deepEqual(first, c.first);
    assert.deepEqual(randint(0, 1000, [3]).tolist(), c.default_draws);
    if (generator) assert.deepEqual(randint(0, 1000, [3], { generator }).tolist(), c.own_draws);
  });
}

test("the base seed is drawn when iteration starts, the order when the first batch is asked for", () => {
  /** What the default stream gives after this many words. */
  const after = (words: number) => {
    manual_seed(0);
    const draws = randint(0, 1000, [words + 1]).tolist() as number[];
    return draws[words];
  };
  manual_seed(0);
  DataLoader(upTo(4), 2, { shuffle: true })[Symbol.iterator]();
  assert.equal(randint(0, 1000, [1]).item(), after(2));
  manual_seed(0);
  const another = DataLoader(upTo(4), 2, { shuffle: true })[Symbol.iterator]();
  another.next();
  assert.equal(randint(0, 1000, [1]).item(), after(4));
});

test("batches come in pairs, and a data set is iterated as often as one likes", () => {
  class Squares extends data.Dataset<[Tensor, number]> {
    readonly length = 3;
    get(i: number): [Tensor, number] {
      return [tensor([i, i * i]), i];
    }
  }
  const loader = DataLoader(new Squares(), { batch_size: 2 });
  for (let round = 0; round < 2; round++) {
    const seen = [...loader].map(([X, y]) => [X.tolist(), y.tolist()]);
    assert.deepEqual(seen, [
      [
        [
          [0, 0],
          [1, 1],
        ],
        [0, 1],
      ],
      [[[2, 4]], [2]],
    ]);
  }
  assert.deepEqual(
    [...new Squares()].map(([, label]) => label),
    [0, 1, 2],
  );
});

test("a data set's own batch is used, unless the loader is given a collate_fn", () => {
  const set = {
    length: 3,
    get: (i: number) => i,
    batch: (rows: Int32Array) => tensor(Array.from(rows, (row) => row * 10)),
  };
  assert.deepEqual([...DataLoader(set, 2)].map(String), ["tensor([ 0, 10])", "tensor([20])"]);
  const sums = DataLoader(set, 2, { collate_fn: (items) => items.reduce((a, b) => a + b) });
  assert.deepEqual([...sums], [1, 2]);
});

test("tensors row by row", () => {
  const set = data.TensorDataset(
    tensor([
      [1, 2],
      [3, 4],
      [5, 6],
    ]),
    tensor([7, 8, 9]),
  );
  assert.deepEqual(
    set.get(1).map((t) => t.toString()),
    ["tensor([3, 4])", "tensor(8)"],
  );
  const [X, y] = [...DataLoader(set, 2)][1];
  assert.deepEqual([X.tolist(), y.tolist()], [[[5, 6]], [9]]);
  assert.throws(
    () => data.TensorDataset(tensor([1]), tensor([1, 2])),
    /Size mismatch between tensors/,
  );
});

test("default_collate", () => {
  const { default_collate } = data;
  const repr = (batch: unknown[]) => String(default_collate(batch));
  assert.equal(repr([0, 1, 2]), "tensor([0, 1, 2])");
  assert.equal(repr([0.5, 1]), "tensor([0.5000, 1.0000], dtype=torch.float64)");
  assert.equal(repr([true, false]), "tensor([ True, False])");
  assert.equal(repr([1n, 2n]), "tensor([1, 2])");
  assert.equal(repr([tensor([1, 2]), tensor([3, 4])]), "tensor([[1, 2],\n        [3, 4]])");
  assert.equal(
    repr([tensor([1, 2]).numpy(), tensor([3, 4]).numpy()]),
    "tensor([[1, 2],\n        [3, 4]])",
  );
  assert.deepEqual(default_collate(["a", "b"]), ["a", "b"]);
  assert.deepEqual(
    default_collate([
      [0, 1],
      [2, 3],
    ]).map(String),
    ["tensor([0, 2])", "tensor([1, 3])"],
  );
  const records = default_collate([
    { a: 1, b: "x" },
    { a: 2, b: "y" },
  ]);
  assert.deepEqual([String(records.a), records.b], ["tensor([1, 2])", ["x", "y"]]);
  assert.throws(
    () => default_collate([[1], [1, 2]]),
    /each element in list of batch should be of equal size/,
  );
  assert.throws(
    () => default_collate([new Date()]),
    /^TypeError: default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found Date/,
  );
  assert.throws(
    () => default_collate([tensor([1]), tensor([1, 2])]),
    /stack expects each tensor to be equal size/,
  );
});

test("what cannot be is refused with PyTorch's sentences", () => {
  const error = (name: string, message: string) => ({ name, message });
  for (const size of [0, -1, 2.5]) {
    assert.throws(
      () => DataLoader([1], size),
      error(
        "ValueError",
        `batch_size should be a positive integer value, but got batch_size=${size}`,
      ),
    );
  }
  assert.throws(
    () => DataLoader([], 2, { shuffle: true }),
    error("ValueError", "num_samples should be a positive integer value, but got num_samples=0"),
  );
  assert.deepEqual([...DataLoader([], 2)], []);
  assert.throws(
    () => DataLoader([1], 1, { num_workers: 2 }),
    /num_workers should be 0, but got num_workers=2/,
  );
  assert.throws(
    () => DataLoader([1], 1, { num_workers: -1 }),
    /num_workers option should be non-negative/,
  );
  assert.throws(
    () => DataLoader([1], 1, { pin_memory: true } as object),
    error("TypeError", "DataLoader.__init__() got an unexpected keyword argument 'pin_memory'"),
  );
  assert.throws(() => DataLoader(5 as never), /has no get\(index\) and length/);
});

test("with and without new, and the parameters can be read", () => {
  const loader = new DataLoader([1, 2, 3], 2, { shuffle: true });
  assert.ok(loader instanceof DataLoader);
  assert.ok(DataLoader([1], 1) instanceof DataLoader);
  assert.deepEqual([loader.batch_size, loader.shuffle, loader.drop_last], [2, true, false]);
});
