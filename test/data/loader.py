"""Writes loader.json: the batches PyTorch's DataLoader makes, and what it leaves of the streams.

Needs PyTorch 2.13: python loader.py > loader.json
"""
import itertools
import json

import torch
from torch.utils.data import DataLoader


def draws(generator):
    return torch.randint(0, 1000, (3,), generator=generator).tolist()


def run(seed, n, batch_size, shuffle, drop_last, own_seed):
    torch.manual_seed(seed)
    own = None if own_seed is None else torch.Generator().manual_seed(own_seed)
    loader = DataLoader(list(range(n)), batch_size, shuffle=shuffle, drop_last=drop_last, generator=own)
    epochs = [[batch.tolist() for batch in loader] for _ in range(3)]
    # a fourth round that is left after one batch: the sampler is not drawn to its end
    first = next(iter(loader)).tolist() if len(loader) else []
    return {
        "seed": seed, "n": n, "batch_size": batch_size, "shuffle": shuffle, "drop_last": drop_last,
        "own": own_seed, "length": len(loader), "epochs": epochs, "first": first,
        "default_draws": draws(None), "own_draws": None if own is None else draws(own),
    }  # fmt: skip


sizes = [(10, 4), (10, 5), (3, 8), (1, 1)]
flags = [False, True]
cases = [
    run(seed, *size, shuffle, drop_last, own)
    for seed, size, shuffle, drop_last, own in itertools.product([0, 7], sizes, flags, flags, [None, 5])
]
print(json.dumps({"torch": torch.__version__, "cases": cases}, separators=(",", ":")))
