// Every optimiser and schedule against PyTorch's own numbers, bit for bit.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import * as torch from "../../src/index";

interface Fixture {
  readonly start: number[];
  readonly gradients: number[];
  readonly runs: { optimiser: string; options: Record<string, unknown>; result: number[] }[];
  readonly schedules: { schedule: string; options: Record<string, unknown>; rates: number[] }[];
}

const fixture = JSON.parse(readFileSync(join(__dirname, "optimisers.json"), "utf8")) as Fixture;
const floats = (bits: readonly number[]) => new Float32Array(Uint32Array.from(bits).buffer);
const bitsOf = (t: torch.Tensor) => [...new Uint32Array(new Float32Array(t.toTypedArray()).buffer)];

type Make = (params: torch.Tensor[], options: object) => torch.optim.OptimizerBase;

for (const { optimiser, options, result } of fixture.runs) {
  test(`${optimiser} ${JSON.stringify(options)}`, () => {
    const w = torch.tensor(floats(fixture.start), { requires_grad: true });
    const n = w.numel();
    const make = torch.optim[optimiser as "SGD"] as unknown as Make;
    const updater = make([w], options);
    const gradients = floats(fixture.gradients);
    for (let k = 0; k < gradients.length / n; k++) {
      w.grad = torch.tensor(gradients.slice(k * n, (k + 1) * n));
      updater.step();
    }
    const got = floats(bitsOf(w));
    const want = floats(result);
    const worst = Math.max(...want.map((x, i) => Math.abs(got[i] - x)));
    const equal = bitsOf(w).filter((b, i) => b === result[i]).length;
    assert.equal(equal, n, `${equal} of ${n} equal, largest difference ${worst}`);
  });
}

for (const { schedule, options, rates } of fixture.schedules) {
  test(`${schedule} ${JSON.stringify(options)}`, () => {
    const updater = torch.optim.SGD([torch.zeros(1, { requires_grad: true })], { lr: 0.1 });
    type Scheduler = (o: unknown, options: object) => torch.optim.lr_scheduler.SchedulerBase;
    const make = torch.optim.lr_scheduler[schedule as "StepLR"] as unknown as Scheduler;
    const scheduler = make(updater, options);
    for (const rate of rates) {
      scheduler.step();
      assert.ok(
        Math.abs(updater.param_groups[0].lr - rate) <= 1e-15,
        `${updater.param_groups[0].lr}, wanted ${rate}`,
      );
    }
  });
}
