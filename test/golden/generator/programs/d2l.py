# %% linear regression
w = torch.tensor([2, -3.4])
features, labels = d2l.synthetic_data(w, 4.2, 200)
print(features[:3], labels[:3], labels.shape)
train_iter = d2l.load_array((features, labels), 10)
v = torch.normal(0, 0.01, (2, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for epoch in range(3):
    for X, y in train_iter:
        l = d2l.squared_loss(d2l.linreg(X, v, b), y)
        l.sum().backward()
        d2l.sgd([v, b], 0.03, 10)
    l = d2l.squared_loss(d2l.linreg(features, v, b), labels)
    print(f"epoch {epoch + 1}, loss {l.mean().item():f}")
print(v, b)
print(f"{d2l.evaluate_loss(nn.Linear(2, 1), d2l.load_array((features, labels), 64, is_train=False), nn.MSELoss(reduction='none')):.5f}")

# %% linear regression in short form
features, labels = d2l.synthetic_data(torch.tensor([2, -3.4]), 4.2, 200)
train_iter = d2l.load_array((features, labels), 10)
net = nn.Sequential(nn.Linear(2, 1))
net[0].weight.data.normal_(0, 0.01)
net[0].bias.data.fill_(0)
loss = nn.MSELoss()
trainer = torch.optim.SGD(net.parameters(), lr=0.03)
for epoch in range(3):
    for X, y in train_iter:
        l = loss(net(X), y)
        trainer.zero_grad()
        l.backward()
        trainer.step()
    l = loss(net(features), labels)
    print(f"epoch {epoch + 1}, loss {l.item():f}")
print(net[0].weight.data, net[0].bias.data)

# %% a classifier
X = torch.randn(120, 4)
y = (X[:, 0] > X[:, 1]).long() + (X[:, 2] > 0.5).long()
train_iter = d2l.load_array((X, y), 16)
net = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Dropout(0.1), nn.Linear(16, 3))
trainer = torch.optim.SGD(net.parameters(), lr=0.3)
loss = nn.CrossEntropyLoss(reduction="none")
for epoch in range(4):
    train_loss, train_acc = d2l.train_epoch_ch3(net, train_iter, loss, trainer)
    test_acc = d2l.evaluate_accuracy(net, train_iter)
    print(f"{train_loss:.5f} {train_acc:.4f} {test_acc:.4f}")
print(f"{d2l.accuracy(net(X), y):g} {d2l.accuracy(torch.tensor([0.0, 1.0, 2.9]), torch.tensor([0, 1, 1])):g}")

# %% sums that run along
metric = d2l.Accumulator(3)
metric.add(1, 2.5, torch.tensor(0.5))
metric.add(True, torch.tensor([2]), -1)
print(f"{metric[0]:g} {metric[1]:g} {metric[2]:g}", len(metric.data))
metric.reset()
print(f"{metric[0]:g} {metric[1]:g} {metric[2]:g}")
print(d2l.get_fashion_mnist_labels(torch.tensor([0, 9, 5])))
