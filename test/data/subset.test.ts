// Subsets, random splits and samplers; what PyTorch draws stands in test/golden/programs.json.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as torch from "../../src/index";
import { data, range, torchvision } from "../../src/index";

test("a subset serves batches as the whole set does", () => {
  const transform = torchvision.transforms.ToTensor();
  const set = torchvision.datasets.PracticeSet({ train: false, transform });
  const some = data.Subset(set, torch.tensor([5, 2, -1]));
  const [[X, y]] = [...data.DataLoader(some, 3)];
  assert.ok(X.storage.rowGather, "rows are gathered, not copied one by one");
  assert.deepEqual(
    y.tolist(),
    [5, 2, set.length - 1].map((i) => set.get(i)[1]),
  );
  assert.deepEqual(X.select(0, 1).tolist(), set.get(2)[0].tolist());
  const outside = data.Subset(set, [set.length]);
  assert.throws(() => [...data.DataLoader(outside, 1)], { name: "IndexError" });
  assert.throws(() => some.get(3), { name: "IndexError", message: "list index out of range" });
});

test("a split has every example once, in parts of the lengths that were asked for", () => {
  const shares = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), shares, fc.boolean(), (n, weights, asShares) => {
      const total = weights.reduce((a, b) => a + b, 0);
      const whole = weights.map((w) => Math.floor((n * w) / total));
      whole[0] += n - whole.reduce((a, b) => a + b, 0);
      const lengths = asShares ? weights.map((w) => w / total) : whole;
      const parts = data.random_split(range(n), lengths);
      const seen = parts.flatMap(({ indices }) => [...indices]).sort((a, b) => a - b);
      assert.deepEqual(seen, range(n));
      if (!asShares)
        assert.deepEqual(
          parts.map((part) => part.length),
          whole,
        );
    }),
  );
});

test("a random sampler without replacement gives everything before anything twice", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 30 }),
      (n, num_samples) => {
        const drawn = [...data.RandomSampler(range(n), { num_samples })];
        assert.equal(drawn.length, num_samples);
        for (let at = 0; at + n <= num_samples; at += n) {
          assert.deepEqual(
            [...drawn.slice(at, at + n)].sort((a, b) => a - b),
            range(n),
          );
        }
      },
    ),
  );
});

test("a loader visits what its sampler says, negative numbers from the end", () => {
  const rows = data.TensorDataset(torch.arange(5));
  const loader = data.DataLoader(rows, 2, { sampler: [3, 0, -1] });
  assert.equal(loader.length, 2);
  assert.deepEqual(
    [...loader].map(([x]) => x.tolist()),
    [[3, 0], [4]],
  );
  const ends = data.DataLoader(rows, 2, { sampler: [0, 5] });
  assert.throws(() => [...ends], { name: "IndexError" });
  assert.throws(() => data.DataLoader(rows, 2, { sampler: range(3).values() }).length, {
    name: "TypeError",
  });
});

test("nothing to draw from is an error, not an endless loop", () => {
  const nothing = data.RandomSampler([], { num_samples: 3 });
  assert.throws(() => [...nothing], { name: "ZeroDivisionError" });
});
