"""Write what notebook 09 finds here: data, and a network that PyTorch trained.

    python make.py

Needs torch, numpy and safetensors. X.npy and y.npy: 300 points on three arms of a spiral and the
number of the arm. net.pt and net.safetensors: the state_dict. logits.npy: what PyTorch computes
with it. float16.npy, big.npy: an array that is widened when it is read, and one that is refused.
attack.pt: a file that would call a function (a harmless one) while it is unpickled.
"""

import os

import numpy as np
import safetensors.torch
import torch
import torch.nn as nn

HERE = os.path.dirname(os.path.abspath(__file__))


def path(name):
    return os.path.join(HERE, name)


def spiral(n=100, arms=3, noise=0.45):
    """Points (n * arms, 2) and the number of the arm of each."""
    rng = np.random.default_rng(0)
    t = np.linspace(0.1, 1, n)
    X, y = [], []
    for arm in range(arms):
        angle = 2 * np.pi * arm / arms + 3.5 * t + noise * rng.normal(size=n)
        X.append(np.stack([t * np.cos(angle), t * np.sin(angle)], 1))
        y.append(np.full(n, arm))
    return 2 * np.concatenate(X).astype(np.float32), np.concatenate(y)


def network():
    return nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 3))


class Attack:
    """What pickle calls when it reads the file back."""

    def __reduce__(self):
        return print, ("this ran while the file was being read",)


def main():
    X, y = spiral()
    np.save(path("X.npy"), X)
    np.save(path("y.npy"), y)
    torch.manual_seed(1)
    net = network()
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(1000):
        optimizer.zero_grad()
        nn.CrossEntropyLoss()(net(torch.from_numpy(X)), torch.from_numpy(y)).backward()
        optimizer.step()
    torch.save(net.state_dict(), path("net.pt"))
    safetensors.torch.save_file(net.state_dict(), path("net.safetensors"))
    with torch.no_grad():
        logits = net(torch.from_numpy(X))
    np.save(path("logits.npy"), logits.numpy())
    np.save(path("float16.npy"), np.array([0.1, 65504, 6e-8], dtype=np.float16))
    np.save(path("big.npy"), np.array([2**53 - 1, 2**53 + 1]))
    torch.save({"weight": torch.ones(2), "extra": Attack()}, path("attack.pt"))
    print("correct:", (logits.argmax(1).numpy() == y).sum(), "of", len(y))


if __name__ == "__main__":
    main()
