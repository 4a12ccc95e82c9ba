"""optimisers.json: parameters after steps of every optimiser and schedule, as PyTorch 2.13 computes them.

    python pytorch.py > optimisers.json

Values are float32 bit patterns. A case starts from `start`, and step k uses row k of `gradients`.
"""
import json

import numpy as np
import torch
from torch import optim

CASES = [
    ("SGD", {"lr": 0.1}),
    ("SGD", {"lr": 0.1, "momentum": 0.9}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.01}),
    ("SGD", {"lr": 0.1, "momentum": 0.5, "dampening": 0.3, "maximize": True}),
    ("Adam", {}),
    ("Adam", {"lr": 0.05, "betas": [0.8, 0.99], "eps": 1e-6, "weight_decay": 0.1}),
    ("Adam", {"lr": 0.05, "betas": [0.3, 0.99], "amsgrad": True, "maximize": True}),
    ("AdamW", {}),
    ("AdamW", {"lr": 0.05, "weight_decay": 0.2, "amsgrad": True}),
    ("RMSprop", {}),
    ("RMSprop", {"lr": 0.05, "alpha": 0.9, "momentum": 0.9, "weight_decay": 0.01}),
    ("RMSprop", {"lr": 0.05, "alpha": 0.4, "centered": True}),
    ("Adagrad", {}),
    ("Adagrad", {"lr": 0.1, "lr_decay": 0.1, "weight_decay": 0.01, "initial_accumulator_value": 0.5}),
]
SCHEDULES = [
    ("StepLR", {"step_size": 3, "gamma": 0.5}),
    ("StepLR", {"step_size": 2}),
    ("ExponentialLR", {"gamma": 0.9}),
    ("CosineAnnealingLR", {"T_max": 5}),
    ("CosineAnnealingLR", {"T_max": 4, "eta_min": 0.01}),
]
STEPS = 12


def bits(t):
    return t.detach().numpy().view(np.uint32).ravel().tolist()


def main():
    torch.manual_seed(5)
    start = torch.randn(40)
    gradients = torch.randn(STEPS, 40)
    runs = []
    for name, options in CASES:
        w = start.clone().requires_grad_()
        given = {k: tuple(v) if isinstance(v, list) else v for k, v in options.items()}
        updater = getattr(optim, name)([w], **given)
        for g in gradients:
            w.grad = g.clone()
            updater.step()
        runs.append({"optimiser": name, "options": options, "result": bits(w)})
    schedules = []
    for name, options in SCHEDULES:
        updater = optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
        schedule = getattr(optim.lr_scheduler, name)(updater, **options)
        rates = []
        for _ in range(STEPS):
            updater.step()
            schedule.step()
            rates.append(updater.param_groups[0]["lr"])
        schedules.append({"schedule": name, "options": options, "rates": rates})
    print(json.dumps({"torch": torch.__version__, "start": bits(start), "gradients": bits(gradients), "runs": runs, "schedules": schedules}))


main()
