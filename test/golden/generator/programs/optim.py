# %% every optimiser
X = torch.randn(8, 3)
y = torch.randn(8, 1)
for make, options in [
    (optim.SGD, {"lr": 0.1}),
    (optim.SGD, {"lr": 0.1, "momentum": 0.9}),
    (optim.SGD, {"lr": 0.1, "momentum": 0.9, "dampening": 0.3}),
    (optim.SGD, {"lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.1}),
    (optim.SGD, {"lr": 0.01, "maximize": True, "weight_decay": 0.1}),
    (optim.Adam, {"lr": 0.1}),
    (optim.Adam, {"lr": 0.1, "betas": (0.5, 0.7), "eps": 1e-3, "weight_decay": 0.1}),
    (optim.Adam, {"lr": 0.1, "amsgrad": True, "maximize": True}),
    (optim.AdamW, {"lr": 0.1}),
    (optim.AdamW, {"lr": 0.1, "weight_decay": 0.3, "amsgrad": True}),
    (optim.RMSprop, {"lr": 0.05}),
    (optim.RMSprop, {"lr": 0.05, "alpha": 0.5, "momentum": 0.9, "centered": True, "weight_decay": 0.1}),
    (optim.RMSprop, {"lr": 0.05, "momentum": 0.5, "maximize": True}),
    (optim.Adagrad, {"lr": 0.2}),
    (optim.Adagrad, {"lr": 0.2, "lr_decay": 0.1, "weight_decay": 0.1, "initial_accumulator_value": 0.5}),
    (optim.Adagrad, {"lr": 0.2, "maximize": True, "eps": 1e-2}),
]:
    torch.manual_seed(1)
    net = nn.Linear(3, 1)
    trainer = make(net.parameters(), **options)
    for step in range(6):
        trainer.zero_grad()
        l = nn.MSELoss()(net(X), y)
        l.backward()
        trainer.step()
        print(step, f"{l.item():.4g}")
    print(net.weight, net.bias)

# %% groups of parameters
net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))
trainer = optim.SGD([{"params": net[0].parameters()}, {"params": net[2].parameters(), "lr": 0.5}], lr=0.1, momentum=0.9)
for group in trainer.param_groups:
    print(group["lr"], group["momentum"], len(group["params"]))
X = torch.randn(8, 3)
for step in range(4):
    trainer.zero_grad()
    l = net(X).pow(2).mean()
    l.backward()
    trainer.step()
    print(f"{l.item():.4g}")
for p in net.parameters():
    print(p)

# %% rates that change
for make, options in [
    (optim.lr_scheduler.StepLR, {"step_size": 2, "gamma": 0.5}),
    (optim.lr_scheduler.ExponentialLR, {"gamma": 0.9}),
    (optim.lr_scheduler.CosineAnnealingLR, {"T_max": 4}),
    (optim.lr_scheduler.CosineAnnealingLR, {"T_max": 3, "eta_min": 0.01}),
]:
    net = nn.Linear(2, 1)
    trainer = optim.SGD([{"params": [net.weight]}, {"params": [net.bias], "lr": 0.02}], lr=0.1)
    scheduler = make(trainer, **options)
    for epoch in range(9):
        trainer.step()
        scheduler.step()
        for lr in scheduler.get_last_lr():
            print(scheduler.last_epoch, f"{lr:.9f}")

# %% a state that is taken over
X = torch.randn(8, 3)
net = nn.Linear(3, 1)
first = optim.Adam(net.parameters(), lr=0.1)
for step in range(3):
    first.zero_grad()
    net(X).pow(2).sum().backward()
    first.step()
second = optim.Adam(net.parameters(), lr=0.7)
second.load_state_dict(first.state_dict())
print(second.param_groups[0]["lr"], second.param_groups[0]["betas"][1])
for step in range(3):
    second.zero_grad()
    net(X).pow(2).sum().backward()
    second.step()
print(net.weight, net.bias)
second.zero_grad(set_to_none=False)
print(net.weight.grad, net.bias.grad)
second.zero_grad()
print(net.weight.grad)
