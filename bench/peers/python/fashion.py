"""Fashion-MNIST from the four gz files, with gzip and NumPy."""

import gzip
import os

import numpy as np

FILES = [f"{part}-{what}" for part in ("train", "t10k") for what in ("images-idx3", "labels-idx1")]


def load(folder=None):
    """Training images [n, 784] and labels, then those of the test set, as bytes."""
    folder = folder or os.environ["FASHION_MNIST_DIR"]
    arrays = []
    for name in FILES:
        with gzip.open(os.path.join(folder, f"{name}-ubyte.gz")) as f:
            content = f.read()
        if "images" in name:
            arrays.append(np.frombuffer(content, np.uint8, offset=16).reshape(-1, 784))
        else:
            arrays.append(np.frombuffer(content, np.uint8, offset=8))
    return arrays
