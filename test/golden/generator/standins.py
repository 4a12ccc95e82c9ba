"""Small substitutes for the packages that the twins import but whose work is not compared."""

import gzip
import os
import struct
import sys
import types

import numpy as np
import torch


class FashionMNIST(torch.utils.data.Dataset):
    """The four official files as torchvision's ToTensor gives them: float32 [1, 28, 28] in
    0..1, and an int label.  Files come from the folder in FASHION_MNIST_DIR."""

    _loaded = {}

    def __init__(self, root, train, transform, download):
        prefix = "train" if train else "t10k"
        if prefix not in self._loaded:
            self._loaded[prefix] = read_fashion(os.environ["FASHION_MNIST_DIR"], prefix)
        self.x, self.y = self._loaded[prefix]

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.x[i], self.y[i]


def read_fashion(folder, prefix):
    """Return images / 255 and labels of one half of the data set."""
    with gzip.open(os.path.join(folder, f"{prefix}-images-idx3-ubyte.gz")) as f:
        _, n, height, width = struct.unpack(">IIII", f.read(16))
        pixels = np.frombuffer(f.read(), np.uint8).reshape(n, 1, height, width)
    with gzip.open(os.path.join(folder, f"{prefix}-labels-idx1-ubyte.gz")) as f:
        f.read(8)
        labels = [int(v) for v in np.frombuffer(f.read(), np.uint8)]
    # The division is element by element, so dividing all at once gives each sample's bits.
    return torch.from_numpy(pixels.copy()).to(torch.float32).div(255), labels


def sgd(params, lr, batch_size):
    """d2l's step: descend, then clear the gradients."""
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.zero_()


def nothing(*args, **kwargs):
    """Takes the place of a call whose effect is not compared."""


def install():
    """Make `import matplotlib.pyplot`, `torchvision`, `d2l.torch` and `IPython` find these."""

    def module(name, **members):
        sys.modules[name] = types.ModuleType(name)
        vars(sys.modules[name]).update(members)
        return sys.modules[name]

    module("matplotlib", pyplot=module("matplotlib.pyplot", scatter=nothing, show=nothing))
    module("IPython", display=module("IPython.display"))
    module("d2l", torch=module("d2l.torch", sgd=sgd))
    transforms = module("torchvision.transforms", ToTensor=nothing, Resize=nothing, Compose=nothing)
    datasets = module("torchvision.datasets", FashionMNIST=FashionMNIST)
    module("torchvision", transforms=transforms, datasets=datasets)
