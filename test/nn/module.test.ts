// nn.Module: a callable object that knows its submodules, parameters and mode.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import * as torch from "../../src/index";
import { nn } from "../../src/index";
import type { Tensor } from "../../src/tensor";

class Scale extends nn.Module {
  factor = nn.Parameter(torch.tensor([2, 3], { dtype: torch.float32 }));
  constructor(readonly label = "scale") {
    super();
  }
  override forward(x: Tensor): Tensor {
    return x.mul(this.factor);
  }
}

class Net extends nn.Module {
  first = new Scale("first");
  act = nn.Sigmoid();
  second = new Scale("second");
  count = 0;
  override forward(x: Tensor): Tensor {
    this.count++;
    return this.second(this.act(this.first(x)));
  }
}

test("a module is called like a function, and stays an object", () => {
  const net = new Net();
  const x = torch.tensor([0.5, -1]);
  const expected = x
    .mul(torch.tensor([2, 3]))
    .sigmoid()
    .mul(torch.tensor([2, 3]));
  assert.deepEqual(net(x).tolist(), expected.tolist());
  assert.deepEqual(net.forward(x).tolist(), expected.tolist());
  assert.equal(net.count, 2);
  assert.equal(net.first.label, "first");
  assert.ok(net instanceof nn.Module);
  assert.ok(net instanceof Net);
  assert.ok(net.first instanceof Scale);
  assert.ok(!((() => 1) instanceof nn.Module), "not every function is a module");
  assert.ok(nn.BCELoss() instanceof nn.Module);
  assert.ok(nn.BCELoss() instanceof nn.BCELoss);
});

test("with and without new", () => {
  const [p, y] = [torch.tensor([0.25]), torch.tensor([1], { dtype: torch.float32 })];
  assert.equal(nn.BCELoss()(p, y).item(), new nn.BCELoss()(p, y).item());
  assert.equal(String(nn.Linear(2, 3)), String(new nn.Linear(2, 3)));
  assert.equal(String(nn.Module()), "Module()");
});

test("a module without forward says so", () => {
  class Empty extends nn.Module {}
  for (const module of [new Empty(), nn.Module()]) {
    assert.throws(() => module(torch.ones(1)), {
      name: "NotImplementedError",
      message: `Module [${module.constructor.name}] is missing the required "forward" function`,
    });
  }
});

test("train and eval reach every module below", () => {
  const net = new Net();
  const modes = () => [net, net.first, net.act, net.second].map((m) => m.training);
  assert.deepEqual(modes(), [true, true, true, true]);
  assert.equal(net.eval(), net);
  assert.deepEqual(modes(), [false, false, false, false]);
  net.second.train();
  assert.deepEqual(modes(), [false, false, false, true]);
  assert.equal(net.train(), net);
  assert.deepEqual(modes(), [true, true, true, true]);
  net.train(false);
  assert.equal(net.training, false);
});

test("a new module is in training mode, so that dropout drops", () => {
  const drop = nn.Dropout(0.5);
  assert.equal(drop.training, true);
  torch.manual_seed(0);
  const x = torch.ones(1000);
  const kept = drop(x).ne(0).sum().item();
  assert.ok(kept > 400 && kept < 600, `${kept} of 1000 kept`);
  drop.eval();
  assert.equal(drop(x), x);
});

test("children, modules and parameters by name", () => {
  const net = new Net();
  assert.deepEqual(
    net.named_children().map(([name]) => name),
    ["first", "act", "second"],
  );
  assert.deepEqual(
    net.named_modules().map(([name]) => name),
    ["", "first", "act", "second"],
  );
  assert.deepEqual(
    net.named_parameters().map(([name]) => name),
    ["first.factor", "second.factor"],
  );
  assert.deepEqual(net.parameters(), [net.first.factor, net.second.factor]);
  net.second.factor = net.first.factor;
  assert.equal(net.parameters().length, 1, "a shared parameter counts once");
  assert.deepEqual(nn.BCELoss().parameters(), []);
});

test("parameters learn, and zero_grad forgets", () => {
  const net = new Scale();
  net(torch.ones(2)).sum().backward();
  assert.deepEqual(net.factor.grad?.tolist(), [1, 1]);
  net.zero_grad();
  assert.equal(net.factor.gradOrNull, null);
  net.requires_grad_(false);
  assert.equal(net(torch.ones(2)).requires_grad, false);
});

test("fields named like a function's own properties work", () => {
  class Odd extends nn.Module {
    name = "odd";
    length = 7;
    prototype = 3;
    override forward(x: Tensor): Tensor {
      return x;
    }
  }
  const odd = new Odd();
  assert.deepEqual([odd.name, odd.length, odd.prototype], ["odd", 7, 3]);
  assert.equal(odd(torch.ones(1)).item(), 1);
  assert.ok(!("call" in odd), "a module has nothing of Function.prototype");
});

test("a module prints as PyTorch prints it", () => {
  assert.equal(
    String(new Net()),
    "Net(\n  (first): Scale()\n  (act): Sigmoid()\n  (second): Scale()\n)",
  );
  assert.equal(inspect(nn.BCELoss()), "BCELoss()");
  assert.equal(String(nn.BCEWithLogitsLoss()), "BCEWithLogitsLoss()");
  class Shown extends nn.Module {
    override extra_repr(): string {
      return "size=3";
    }
  }
  assert.equal(String(new Shown()), "Shown(size=3)");
});

test("constructor arguments reach the class through subclasses", () => {
  class Wide extends Scale {
    constructor() {
      super("wide");
    }
  }
  assert.equal(new Wide().label, "wide");
  assert.ok(new Wide() instanceof Scale);
});

test("state_dict and load_state_dict change all or nothing", () => {
  const [a, b] = [new Net(), new Net()];
  torch.no_grad(() => a.first.factor.fill_(9));
  b.load_state_dict(a.state_dict());
  assert.deepEqual(b.first.factor.tolist(), [9, 9]);
  const before = String(b.second.factor);
  assert.throws(
    () =>
      b.load_state_dict({
        "first.factor": torch.ones(2),
        "second.factor": torch.ones(3),
        extra: torch.ones(1),
      }),
    { name: "RuntimeError", message: /size mismatch for second\.factor/ },
  );
  assert.deepEqual(b.first.factor.tolist(), [9, 9]);
  assert.equal(String(b.second.factor), before);
});

test("losses take options and refuse what they cannot do", () => {
  const [p, y] = [torch.tensor([0.25, 0.5]), torch.tensor([1, 0]).float()];
  const sum = nn.BCELoss({ reduction: "sum" })(p, y).item();
  assert.ok(Math.abs(sum - 2 * nn.BCELoss()(p, y).item()) < 1e-6);
  assert.deepEqual([...nn.BCELoss({ reduction: "none" })(p, y).shape], [2]);
  assert.throws(() => nn.BCELoss({ reduction: "avg" as never })(p, y), { name: "ValueError" });
  assert.throws(() => nn.BCELoss()(p, y.long() as never), {
    message: "Found dtype Long but expected Float",
  });
  assert.throws(() => nn.BCELoss()(p, [1, 0] as never), { name: "TypeError" });
  assert.throws(() => nn.BCELoss()(p, y.reshape(2, 1)), { name: "ValueError" });
});
