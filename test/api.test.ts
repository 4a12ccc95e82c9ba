// Python's lines as a student types them here: the table of the API, line by line.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as torch from "../src/index";
import {
  d2l,
  data,
  expr,
  format,
  nn,
  np,
  optim,
  plt,
  random,
  range,
  show,
  torchvision,
} from "../src/index";

const shapeOf = (t: torch.Tensor) => [...t.shape];

test("torch.tensor(x, dtype=…, requires_grad=True)", () => {
  const x = torch.tensor([1, 2, 3], { dtype: torch.float32, requires_grad: true });
  assert.equal(String(x), "tensor([1., 2., 3.], requires_grad=True)");
});

test("torch.randn(1, 3), torch.ones(1, 1, requires_grad=True)", () => {
  assert.deepEqual(shapeOf(torch.randn(1, 3)), [1, 3]);
  assert.deepEqual(shapeOf(torch.randn([1, 3])), [1, 3]);
  assert.equal(torch.ones(1, 1, { requires_grad: true }).requires_grad, true);
});

test("torch.normal(0, 0.01, (3, 2)), torch.normal(2 * n, 1)", () => {
  const n = torch.ones(50, 2);
  assert.deepEqual(shapeOf(torch.normal(0, 0.01, [3, 2], { requires_grad: true })), [3, 2]);
  assert.deepEqual(shapeOf(torch.normal(expr`2 * ${n}`, 1)), [50, 2]);
  assert.deepEqual(shapeOf(torch.normal(0, n)), [50, 2]);
  assert.deepEqual(shapeOf(torch.normal(n, n)), [50, 2]);
  assert.deepEqual(shapeOf(torch.normal(0, 1, { size: [2] })), [2]);
});

test("torch.cat((a, b), 0)", () => {
  const [a, b] = [torch.ones(2, 2), torch.zeros(1, 2)];
  assert.deepEqual(shapeOf(torch.cat([a, b], 0)), [3, 2]);
  assert.deepEqual(shapeOf(torch.cat([a, b], { dim: 0 })), [3, 2]);
});

test("x.sum(1, keepdim=True), x.argmax(axis=1), x.max(1)", () => {
  const x = torch.tensor([
    [1, 5, 2],
    [4, 3, 6],
  ]);
  assert.deepEqual(x.sum(1, { keepdim: true }).tolist(), [[8], [13]]);
  assert.deepEqual(x.sum({ dim: 1 }).tolist(), [8, 13]);
  assert.deepEqual(x.argmax({ axis: 1 }).tolist(), [1, 2]);
  const { values, indices } = x.max(1);
  assert.deepEqual(
    [values.tolist(), indices.tolist()],
    [
      [5, 6],
      [1, 2],
    ],
  );
  const [largest, where] = x.max(1);
  assert.deepEqual(
    [largest.tolist(), where.tolist()],
    [
      [5, 6],
      [1, 2],
    ],
  );
});

test("integral numbers are ints, others floats", () => {
  assert.equal(torch.tensor([1, 2]).dtype, torch.int64);
  assert.equal(torch.tensor([1, 2.5]).dtype, torch.float32);
  assert.equal(expr`${torch.tensor([1, 2])} * 2.0`.dtype, torch.float32);
});

test("y_hat[range(n), y], X[:, 0], X[1:3], X[mask], X[..., None]", () => {
  const y_hat = torch.tensor([
    [0.1, 0.3, 0.6],
    [0.3, 0.2, 0.5],
  ]);
  const y = torch.tensor([0, 2]);
  const at = y_hat.index(range(2), y);
  assert.equal(String(at), "tensor([0.1000, 0.5000])");
  assert.deepEqual(shapeOf(y_hat.index(":", 0)), [2]);
  assert.deepEqual(shapeOf(y_hat.index("1:3")), [1, 3]);
  assert.deepEqual(shapeOf(y_hat.index(y_hat.gt(0.25))), [4]);
  assert.deepEqual(shapeOf(y_hat.index("...", null)), [2, 3, 1]);
  assert.deepEqual(shapeOf(y_hat.index(torch.slice(0, 1))), [1, 3]);
  y_hat.index(":", 0).fill_(0);
  assert.equal(y_hat.index(1, 0).item(), 0);
  y_hat.index_put_([0], 5);
  y_hat.index_put_(
    [
      [0, 0],
      [1, 1],
    ],
    1,
    { accumulate: true },
  );
  assert.deepEqual(y_hat.index(0).tolist(), [5, 7, 5]);
});

test("with torch.no_grad():", () => {
  const x = torch.ones(1, { requires_grad: true });
  assert.equal(torch.no_grad(() => x.pow(3)).requires_grad, false);
  assert.throws(() => torch.no_grad(async () => x), { name: "TypeError" });
});

test("type(torch.FloatTensor), torch.LongTensor(list)", () => {
  assert.equal(torch.tensor([1]).type(torch.FloatTensor).dtype, torch.float32);
  assert.equal(torch.tensor([1.5]).type(torch.int64).dtype, torch.int64);
  assert.deepEqual(torch.LongTensor([2, 0]).tolist(), [2, 0]);
});

test("operators: a - b, -1 * x + b, 1 - y, P @ Q, x ** 2", () => {
  const [a, b] = [torch.ones(1, 3), torch.ones(2, 1)];
  assert.deepEqual(expr`${a} - ${b}`.tolist(), torch.sub(a, b).tolist());
  assert.deepEqual(expr`${a} - ${b}`.tolist(), a.sub(b).tolist());
  assert.deepEqual(expr`-1 * ${a} + ${b}`.tolist(), b.sub(a).tolist());
  assert.equal(expr`1 - ${torch.ones(1, { requires_grad: true })}`.grad_fn?.name, "RsubBackward1");
  assert.deepEqual(shapeOf(expr`${torch.ones(3, 2)} @ ${torch.ones(4, 2).t()}`), [3, 4]);
  assert.equal(expr`-${torch.tensor(3)} ** 2`.item(), -9);
});

test("param.data -= lr * g / n, w.grad.data.zero_()", () => {
  const param = torch.ones(2, { requires_grad: true });
  param.sum().backward();
  const [lr, g, n] = [0.5, param.grad as torch.Tensor, 2];
  param.data.sub_(expr`${lr} * ${g} / ${n}`);
  assert.deepEqual(param.tolist(), [0.75, 0.75]);
  param.grad?.data.zero_();
  assert.deepEqual(param.grad?.tolist(), [0, 0]);
});

test("random.seed, random.shuffle(list) and the rest", () => {
  const shuffled = () => {
    random.seed(0);
    const list = [...range(5)];
    random.shuffle(list);
    return list;
  };
  assert.deepEqual(shuffled(), shuffled());
  assert.ok(
    [random.randint(1, 2), random.sample([1, 2], 1)[0], random.choice([1, 2])].every(
      (n) => n === 1 || n === 2,
    ),
  );
  assert.ok([random.uniform(0, 1), random.random(), random.gauss(0, 1)].every(Number.isFinite));
});

test("np.random.normal(0, 0.01, (2, 1)), np.where(c, 1, 0), t.numpy()", () => {
  np.random.seed(0);
  const w = np.random.normal(0, 0.01, [2, 1]);
  assert.equal(torch.tensor(w, { dtype: torch.float32 }).dtype, torch.float32);
  const classes = np.where(torch.tensor([0.2, 0.8]).gt(0.5), 1, 0);
  assert.deepEqual(torch.tensor(classes, { dtype: torch.float32 }).tolist(), [0, 1]);
  assert.equal(torch.ones(2).numpy().get(0), 1);
});

test("data.DataLoader(ds, 256, shuffle=True)", () => {
  const rows = range(10).map((i) => [torch.tensor([i]), i] as const);
  const seen: number[] = [];
  for (const [X, y] of data.DataLoader(rows, 4, { shuffle: true })) {
    assert.deepEqual((X as torch.Tensor).flatten().tolist(), (y as torch.Tensor).tolist());
    seen.push(...((y as torch.Tensor).tolist() as number[]));
  }
  assert.deepEqual(
    seen.sort((a, b) => a - b),
    range(10),
  );
});

test("isinstance(net, torch.nn.Module), net(X), torch.optim.Optimizer", () => {
  class Net extends nn.Module {
    override forward(x: torch.Tensor): torch.Tensor {
      return torch.sigmoid(x);
    }
  }
  const net = new Net();
  assert.ok(net instanceof nn.Module);
  assert.equal(net(torch.zeros(1)).item(), 0.5);
  assert.equal(nn.BCELoss()(torch.tensor([0.5]), torch.tensor([1]).float()).dims.length, 0);
  const w = torch.ones(1, { requires_grad: true });
  assert.ok(optim.SGD([w], { lr: 0.1 }) instanceof torch.optim.Optimizer);
  w.sum().backward();
  d2l.sgd([w], 0.5, 1);
  assert.equal(w.item(), 0.5);
});

test("plt.scatter(x, y, c=…, s=100, lw=0, cmap='RdYlGn'), plt.show()", () => {
  plt.scatter(torch.tensor([1, 2]), [3, 4], {
    c: torch.tensor([0, 1]),
    s: 100,
    lw: 0,
    cmap: "RdYlGn",
  });
  const figure = plt.show();
  assert.ok(figure !== undefined);
  assert.equal(typeof show, "function");
});

test('"%.5f" % v, len(x), float(l.sum()), range(n)', () => {
  const l = torch.tensor([0.25, 0.5]);
  const text = format("epoch: %d loss:%.5f acc: %.3f", 1, 0.711311, 0.8125);
  assert.equal(text, "epoch: 1 loss:0.71131 acc: 0.812");
  assert.equal(format("%.3f", l.sum()), "0.750");
  assert.equal(l.shape[0], 2);
  assert.equal(l.sum().item(), 0.75);
  assert.deepEqual(range(3), [0, 1, 2]);
});

test("t.shape, t.dtype, torch.Tensor, torchvision", () => {
  const t = torch.ones(2, 3);
  assert.equal(String(t.shape), "torch.Size([2, 3])");
  assert.equal(t.dtype, torch.float32);
  assert.ok(t instanceof torch.Tensor);
  assert.equal(typeof torchvision.datasets.FashionMNIST, "function");
});
