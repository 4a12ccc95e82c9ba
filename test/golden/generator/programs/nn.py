# %% reprs
print(nn.Sequential(nn.Flatten(), nn.Linear(4, 3), nn.ReLU(), nn.Dropout(0.2), nn.Linear(3, 2, bias=False)))
print(nn.Sigmoid(), nn.Tanh(), nn.Softmax(dim=1), nn.LogSoftmax(dim=1), nn.Flatten(0, 1))
print(nn.MSELoss(), nn.L1Loss(), nn.HuberLoss(), nn.CrossEntropyLoss(), nn.NLLLoss(), nn.BCELoss(), nn.BCEWithLogitsLoss())
print(nn.Parameter(torch.arange(3.)))

# %% parameters and state
net = nn.Sequential(nn.Linear(4, 3), nn.Tanh(), nn.Linear(3, 2))
for name, p in net.named_parameters():
    print(name, p.shape, p)
print(net.state_dict()["0.weight"], net.state_dict()["2.bias"])
other = nn.Sequential(nn.Linear(4, 3), nn.Tanh(), nn.Linear(3, 2))
other.load_state_dict(net.state_dict())
x = torch.randn(5, 4)
print(net(x))
print(torch.equal(net(x), other(x)))
print(len(list(net.parameters())), net[0], net[2].in_features)

# %% training and evaluation modes
net = nn.Sequential(nn.Linear(4, 30), nn.Dropout(0.3))
x = torch.randn(2, 4)
print(net(x))
net.eval()
print(net.training, net[1].training, net(x)[0, :4])
net.train()
print(net.training, net[1].training, net(x)[1, :4])
net.requires_grad_(False)
print(net(x).requires_grad, nn.Dropout(0)(x), nn.Dropout(1)(x))

# %% activations
x = torch.randn(3, 4, requires_grad=True)
for layer in [nn.ReLU(), nn.Sigmoid(), nn.Tanh(), nn.Softmax(dim=0), nn.Softmax(dim=-1), nn.LogSoftmax(dim=1)]:
    y = layer(x)
    print(y)
    (y * torch.arange(12.).reshape(3, 4)).sum().backward()
    print(x.grad)
    x.grad = None

# %% losses of real numbers
x = torch.randn(3, 2, requires_grad=True)
y = torch.randn(3, 2)
for reduction in ["mean", "sum", "none"]:
    for loss in [nn.MSELoss(reduction=reduction), nn.L1Loss(reduction=reduction), nn.HuberLoss(reduction=reduction, delta=0.7)]:
        l = loss(x, y)
        print(l)
        l.sum().backward()
        print(x.grad)
        x.grad = None

# %% losses of classes
x = torch.randn(4, 3, requires_grad=True)
y = torch.tensor([0, 2, 1, 2])
w = torch.tensor([0.5, 1.0, 2.0])
for reduction in ["mean", "sum", "none"]:
    for loss in [nn.CrossEntropyLoss(reduction=reduction), nn.CrossEntropyLoss(weight=w, reduction=reduction), nn.CrossEntropyLoss(ignore_index=2, reduction=reduction), nn.CrossEntropyLoss(label_smoothing=0.1, reduction=reduction), nn.CrossEntropyLoss(weight=w, ignore_index=0, label_smoothing=0.3, reduction=reduction)]:
        l = loss(x, y)
        print(l)
        l.sum().backward()
        print(x.grad)
        x.grad = None
print(nn.CrossEntropyLoss()(x, torch.softmax(torch.randn(4, 3), 1)))
print(nn.CrossEntropyLoss(weight=w, label_smoothing=0.2)(x, torch.softmax(torch.randn(4, 3), 1)))
print(nn.NLLLoss(weight=w)(F.log_softmax(x, 1), y), nn.NLLLoss(ignore_index=2)(F.log_softmax(x, 1), y))
print(nn.CrossEntropyLoss(ignore_index=2)(x[1:2], y[1:2]), nn.CrossEntropyLoss()(x[0], y[0]))
print(F.cross_entropy(torch.randn(2, 3, 4), torch.randint(0, 3, (2, 4)), reduction="none"))

# %% losses of two classes
x = torch.randn(4, 2, requires_grad=True)
y = torch.rand(4, 2)
w = torch.tensor([0.5, 2.0])
for loss in [nn.BCEWithLogitsLoss(), nn.BCEWithLogitsLoss(weight=w), nn.BCEWithLogitsLoss(pos_weight=w), nn.BCEWithLogitsLoss(weight=w, pos_weight=w, reduction="sum"), nn.BCEWithLogitsLoss(reduction="none")]:
    l = loss(x, y)
    print(l)
    l.sum().backward()
    print(x.grad)
    x.grad = None
for loss in [nn.BCELoss(), nn.BCELoss(weight=w), nn.BCELoss(reduction="sum"), nn.BCELoss(reduction="none")]:
    l = loss(torch.sigmoid(x), y)
    print(l)
    l.sum().backward()
    print(x.grad)
    x.grad = None

# %% starting values
w = torch.empty(5, 4)
print(nn.init.normal_(w, 1, 0.1))
print(nn.init.uniform_(w, -2, 3))
print(nn.init.zeros_(w).sum(), nn.init.ones_(w).sum(), nn.init.constant_(w, 0.3)[0])
print(nn.init.xavier_uniform_(w), nn.init.xavier_uniform_(w, gain=2.0))
print(nn.init.xavier_normal_(w))
print(nn.init.kaiming_uniform_(w, nonlinearity="relu"), nn.init.kaiming_uniform_(w, a=0.3, mode="fan_out"))
print(nn.init.kaiming_normal_(w, mode="fan_out", nonlinearity="relu"))
print(nn.init.xavier_normal_(torch.empty(3, 2, 4)))
for name in ["linear", "sigmoid", "tanh", "relu", "leaky_relu", "selu"]:
    print(name, f"{nn.init.calculate_gain(name):.9f}")
print(nn.init.kaiming_normal_(w, 0.3), nn.init.uniform_(w, b=0.5), nn.init.normal_(w, std=0.1), nn.init.uniform_(w, a=-1.0, b=1.0))
print(f"{nn.init.calculate_gain('leaky_relu', 0.2):.9f}")

# %% clipped gradients
for norm_type in [2.0, 1.0, 3.0, float("inf"), 0.5]:
    a = torch.randn(3, 2, requires_grad=True)
    b = torch.randn(4, requires_grad=True)
    c = torch.randn(2, requires_grad=True)
    ((a ** 2).sum() + (b ** 3).sum()).backward()
    print(nn.utils.clip_grad_norm_([a, b, c], 1.5, norm_type=norm_type))
    print(a.grad, b.grad, c.grad)
    print(nn.utils.clip_grad_norm_(a, 100.0), a.grad)
    nn.utils.clip_grad_value_([a, b], 0.2)
    print(a.grad, b.grad)
