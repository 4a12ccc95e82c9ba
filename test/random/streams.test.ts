// The three streams: states that come back, independence, and unseeded runs that differ.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import * as torch from "../../src/index";
import { np, random } from "../../src/index";
import { MersenneTwister } from "../../src/random/mt19937";

const draw = () => torch.rand(3).tolist();

test("the same seed gives the same stream, another one another", () => {
  torch.manual_seed(3);
  const first = [draw(), draw()];
  torch.manual_seed(3);
  assert.deepEqual([draw(), draw()], first);
  torch.manual_seed(4);
  assert.notDeepEqual([draw(), draw()], first);
  assert.equal(torch.manual_seed(5), torch.random.default_generator);
  assert.equal(torch.initial_seed(), 5n);
});

test("seeds: big ones, negative ones, and what is none", () => {
  const start = (seed: number | bigint) => {
    torch.manual_seed(seed);
    return draw();
  };
  assert.deepEqual(start(-1), start(2n ** 64n - 1n), "a negative seed is itself plus 2^64");
  assert.deepEqual(start(2n ** 32n + 7n), start(7), "the low 32 bits choose the stream");
  assert.deepEqual(start(7.9), start(7));
  for (const bad of [2n ** 64n, -(2n ** 63n) - 1n]) {
    assert.throws(() => torch.manual_seed(bad), {
      name: "ValueError",
      message: "Overflow when unpacking long long",
    });
  }
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, "a", null, undefined]) {
    assert.throws(() => torch.manual_seed(bad as never), { name: /^(Value|Type)Error$/ });
  }
});

test("fork_rng puts the stream back, also when its function throws", () => {
  torch.manual_seed(0);
  const plain = [draw(), torch.randn(1).item(), torch.randn(1).item()];
  torch.manual_seed(0);
  const inside = torch.random.fork_rng(() => {
    torch.manual_seed(99);
    return torch.randn(3).tolist();
  });
  assert.notDeepEqual(inside, plain[0]);
  assert.throws(() =>
    torch.random.fork_rng(() => {
      torch.randn(1);
      throw new Error("inside");
    }),
  );
  assert.deepEqual([draw(), torch.randn(1).item(), torch.randn(1).item()], plain);
});

test("fork_rng keeps the half of a normal pair that waits", () => {
  torch.manual_seed(0);
  const pair = torch.randn(2).tolist() as number[];
  torch.manual_seed(0);
  const first = torch.randn(1).item();
  torch.random.fork_rng(() => torch.randn(5));
  assert.deepEqual([first, torch.randn(1).item()], pair);
});

test("generators are independent of the default one and of each other", () => {
  const [a, b] = [new torch.Generator(), torch.Generator()];
  assert.equal(a.initial_seed(), 67280421310721n);
  assert.deepEqual(
    torch.rand(2, { generator: a }).tolist(),
    torch.rand(2, { generator: b }).tolist(),
  );
  torch.manual_seed(1);
  const plain = draw();
  torch.manual_seed(1);
  torch.rand(5, { generator: a });
  assert.deepEqual(draw(), plain);
  const state = a.getState();
  const next = torch.randn(3, { generator: a }).tolist();
  a.setState(state);
  assert.deepEqual(torch.randn(3, { generator: a }).tolist(), next);
  assert.ok(a instanceof torch.Generator);
  assert.equal(a.manual_seed(3), a);
  assert.notEqual(a.seed(), a.seed());
});

test("the three streams do not touch each other", () => {
  const all = () => [torch.rand(1).item(), random.random(), np.random.uniform()];
  const seedAll = () => {
    torch.manual_seed(1);
    random.seed(2);
    np.random.seed(3);
  };
  seedAll();
  const plain = [all(), all()];
  seedAll();
  const first = all();
  torch.randn(20);
  random.gauss();
  np.random.normal(0, 1, [5]);
  assert.deepEqual(first, plain[0]);
  assert.notDeepEqual(all(), plain[1]);
});

test("unseeded runs differ in all three streams", () => {
  const code =
    'const t = require("./src/index.ts"); console.log(JSON.stringify([t.rand(1).item(), t.random.random(), t.np.random.uniform()]))';
  const args = ["--import", "tsx", "--input-type=commonjs", "-e", code];
  const cwd = join(__dirname, "..", "..");
  const run = () => JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8", cwd }));
  const [one, two] = [run(), run()] as number[][];
  for (let k = 0; k < 3; k++) assert.notEqual(one[k], two[k]);
});

test("the twister's first words are those of its authors", () => {
  const twister = new MersenneTwister();
  twister.seedArray([0x123, 0x234, 0x345, 0x456]);
  const words = Array.from({ length: 5 }, () => twister.next());
  assert.deepEqual(words, [1067595299, 955945823, 477289528, 4107218783, 4228976476]);
  const state = twister.getState();
  const next = twister.next();
  twister.next();
  twister.setState(state);
  assert.equal(twister.next(), next);
});

test("Python's random: what it refuses", () => {
  assert.throws(() => random.choice([]), {
    name: "IndexError",
    message: "Cannot choose from an empty sequence",
  });
  assert.throws(() => random.randint(3, 2), { name: "ValueError" });
  assert.throws(() => random.sample([1, 2], 3), {
    name: "ValueError",
    message: "Sample larger than population or is negative",
  });
  assert.throws(() => random.sample([1, 2], -1), { name: "ValueError" });
  assert.throws(() => random.seed(0.5), { name: "TypeError" });
  for (const bad of [0.5, Number.NaN, "1"]) {
    assert.throws(
      () => random.randint(bad as number, 5),
      { name: /^(Type|Value)Error$/ },
      String(bad),
    );
    assert.throws(() => random.sample([1, 2, 3], bad as number), { name: /^(Type|Value)Error$/ });
  }
  assert.throws(() => random.shuffle("abc" as never), { name: "TypeError" });
});

test("Python's random: shapes of the results", () => {
  random.seed(1);
  const list = [1, 2, 3, 4, 5];
  assert.equal(random.shuffle(list), undefined);
  assert.deepEqual([...list].sort(), [1, 2, 3, 4, 5]);
  assert.equal(new Set(random.sample(list, 5)).size, 5);
  assert.deepEqual(random.sample([7], 0), []);
  for (let i = 0; i < 50; i++) {
    const n = random.randint(-2, 2);
    assert.ok(Number.isInteger(n) && n >= -2 && n <= 2);
    const u = random.uniform(5, 6);
    assert.ok(u >= 5 && u < 6);
  }
  assert.equal(random.randint(4, 4), 4);
  random.shuffle([]);
});

test("np.random: what it refuses, and the shapes of the results", () => {
  for (const bad of [-1, 2 ** 32, 0.5, Number.NaN, "a"]) {
    assert.throws(() => np.random.seed(bad as number), { name: "ValueError" }, String(bad));
  }
  assert.throws(() => np.random.normal(0, -1, [2]), { name: "ValueError", message: "scale < 0" });
  assert.throws(() => np.random.normal(0, Number.NaN), { name: "ValueError" });
  assert.throws(() => np.random.randint(3, 3), { name: "ValueError", message: "low >= high" });
  assert.throws(() => np.random.randint(0.5, 3), { name: /^(Type|Value)Error$/ });
  assert.throws(() => np.random.randint(Number.NaN, 3), { name: /^(Type|Value)Error$/ });
  assert.throws(() => np.random.normal(0, 1, [-1]), {
    name: "ValueError",
    message: "negative dimensions are not allowed",
  });
  assert.throws(() => np.random.normal(0, 1, [1.5]), { name: "ValueError" });
  const x = np.random.normal(0, 0.01, [2, 1]);
  assert.deepEqual([x.shape, x.dtype], [[2, 1], "float64"]);
  assert.equal(typeof np.random.normal(), "number");
  assert.equal(np.random.randint(0, 3, [4]).dtype, "int64");
  assert.equal(torch.tensor(np.random.randint(0, 3, [4])).dtype, torch.int64);
  assert.deepEqual(np.random.rand(2, 2).shape, [2, 2]);
  const order = np.random.permutation(5);
  assert.deepEqual([...(order.data as Float64Array)].sort(), [0, 1, 2, 3, 4]);
  const list = [1, 2, 3];
  assert.deepEqual([...np.random.permutation(list)].sort(), [1, 2, 3]);
  assert.deepEqual(list, [1, 2, 3]);
});
