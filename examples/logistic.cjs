// Logistic regression without Jupyter: npm run build, then node examples/logistic.cjs
const torch = require("..");
const { expr, nn, optim } = torch;

torch.manual_seed(0);
const x = torch.randn(100, 2);
const y = x.sum(1, { keepdim: true }).gt(0).float();
const w = torch.zeros(2, 1, { requires_grad: true });
const sgd = optim.SGD([w], { lr: 0.5 });
for (let epoch = 0; epoch < 100; epoch++) {
  sgd.zero_grad();
  nn.BCEWithLogitsLoss()(expr`${x} @ ${w}`, y).backward();
  sgd.step();
}
console.log(w);
