"""The functions of d2l's package that the programs call, written for this purpose."""

import sys
import types

import torch
from torch.utils import data

import standins

CLOTHES = "t-shirt trouser pullover dress coat sandal shirt sneaker bag ankle-boot"


class Accumulator:
    """n running sums of floats."""

    def __init__(self, n):
        self.data = [0.0] * n

    def add(self, *values):
        self.data = [total + float(value) for total, value in zip(self.data, values)]

    def reset(self):
        self.data = [0.0 for _ in self.data]

    def __getitem__(self, i):
        return self.data[i]


def synthetic_data(w, b, num_examples):
    """Points of a line with noise: inputs are drawn first."""
    X = torch.normal(0, 1, (num_examples, len(w)))
    y = torch.matmul(X, w) + b
    return X, (y + torch.normal(0, 0.01, y.shape)).reshape((-1, 1))


def linreg(X, w, b):
    return torch.matmul(X, w) + b


def squared_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2


def load_array(data_arrays, batch_size, is_train=True):
    return data.DataLoader(data.TensorDataset(*data_arrays), batch_size, shuffle=is_train)


def accuracy(y_hat, y):
    """How many are right; rows of scores are judged by their largest."""
    if len(y_hat.shape) > 1 and y_hat.shape[1] > 1:
        y_hat = y_hat.argmax(axis=1)
    return float((y_hat.type(y.dtype) == y).type(y.dtype).sum())


def evaluate_accuracy(net, data_iter):
    if isinstance(net, torch.nn.Module):
        net.eval()
    right = Accumulator(2)
    with torch.no_grad():
        for X, y in data_iter:
            right.add(accuracy(net(X), y), y.numel())
    return right[0] / right[1]


def evaluate_loss(net, data_iter, loss):
    total = Accumulator(2)
    for X, y in data_iter:
        out = net(X)
        l = loss(out, y.reshape(out.shape)).detach()
        total.add(l.sum(), l.numel())
    return total[0] / total[1]


def train_epoch_ch3(net, train_iter, loss, updater):
    """An optimiser gets the gradient of the mean, a function that of the sum."""
    if isinstance(net, torch.nn.Module):
        net.train()
    metric = Accumulator(3)
    for X, y in train_iter:
        y_hat = net(X)
        l = loss(y_hat, y)
        if isinstance(updater, torch.optim.Optimizer):
            updater.zero_grad()
            l.mean().backward()
            updater.step()
        else:
            l.sum().backward()
            updater(X.shape[0])
        metric.add(l.detach().sum(), accuracy(y_hat, y), y.numel())
    return metric[0] / metric[2], metric[1] / metric[2]


def get_fashion_mnist_labels(labels):
    names = [name.replace("-b", " b") for name in CLOTHES.split()]
    return [names[int(i)] for i in labels]


def install():
    """Make `from d2l import torch as d2l` find these."""
    functions = [
        *[Accumulator, synthetic_data, linreg, squared_loss, load_array, accuracy],
        *[evaluate_accuracy, evaluate_loss, train_epoch_ch3, get_fashion_mnist_labels],
        standins.sgd,
    ]
    module = types.ModuleType("d2l.torch")
    vars(module).update({f.__name__: f for f in functions})
    sys.modules["d2l"] = types.ModuleType("d2l")
    sys.modules["d2l.torch"] = sys.modules["d2l"].torch = module
