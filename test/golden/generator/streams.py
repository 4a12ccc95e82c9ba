"""rng.json: the first draws of every generator, for 21 seeds."""

import random

import numpy as np
import torch

from encode import bits32, bits64, decimal_strings, digest

SEEDS = [
    *[0, 1, 2, 3, 7, 10, 42, 123, 1234, 2024],
    *[2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**32 + 42, 2**53 + 1, 2**63 - 1, 2**64 - 1],
    *[-1, -42, -(2**63)],
]


def torch_draws(seed):
    """Each entry starts from manual_seed(seed); its key lists the calls in order."""
    draws = {}

    def put(key, draw):
        torch.manual_seed(seed)
        draws[key] = draw()

    ones = torch.ones(50, 2)
    put("rand(8)", lambda: bits32(torch.rand(8)))
    put("rand(4,float64)", lambda: bits64(torch.rand(4, dtype=torch.float64).numpy()))
    put("randn(1,3);randn(2,1)", lambda: bits32(torch.randn(1, 3)) + bits32(torch.randn(2, 1)))
    put(
        "randn(5);rand(2);randn(4)",
        lambda: bits32(torch.randn(5)) + bits32(torch.rand(2)) + bits32(torch.randn(4)),
    )
    put("randn(15)", lambda: bits32(torch.randn(15)))
    put("randn(16)", lambda: bits32(torch.randn(16)))
    put("randn(17)", lambda: bits32(torch.randn(17)))
    put(
        "randn(1);randn(20);randn(1)",
        lambda: bits32(torch.randn(1)) + bits32(torch.randn(20)) + bits32(torch.randn(1)),
    )
    put("randn(100)", lambda: bits32(torch.randn(100)))
    put("randn(4,float64)", lambda: bits64(torch.randn(4, dtype=torch.float64).numpy()))
    put(
        "normal(0,0.01,(3,2));normal(0,0.01,(4,2))",
        lambda: bits32(torch.normal(0, 0.01, (3, 2))) + bits32(torch.normal(0, 0.01, (4, 2))),
    )
    put("normal(0,0.01,(784,10))", lambda: digest(bits32(torch.normal(0, 0.01, (784, 10)))))
    put(
        "normal(2*ones(50,2),1);normal(-2*ones(50,2),1)",
        lambda: bits32(torch.normal(2 * ones, 1)) + bits32(torch.normal(-2 * ones, 1)),
    )
    put("normal(arange(5.),0.5)", lambda: bits32(torch.normal(torch.arange(5.0), 0.5)))
    put("normal(1.5,arange(5.))", lambda: bits32(torch.normal(1.5, torch.arange(5.0))))
    put(
        "normal(arange(20.),arange(20.))",
        lambda: bits32(torch.normal(torch.arange(20.0), torch.arange(20.0))),
    )
    put("empty(5).uniform_(-2,3)", lambda: bits32(torch.empty(5).uniform_(-2, 3)))
    put("empty(20).normal_(1,2)", lambda: bits32(torch.empty(20).normal_(1, 2)))
    put("empty(10,4).t().normal_()", lambda: bits32(torch.empty(10, 4).t().normal_()))
    put("randint(0,10,(8,))", lambda: decimal_strings(torch.randint(0, 10, (8,))))
    put(
        "randint(-5,2**28-5,(4,))", lambda: decimal_strings(torch.randint(-5, 2**28 - 5, (4,)))
    )
    put("randint(0,2**28-1,(4,))", lambda: decimal_strings(torch.randint(0, 2**28 - 1, (4,))))
    put("randint(0,2**40,(4,))", lambda: decimal_strings(torch.randint(0, 2**40, (4,))))
    put(
        "empty(3,int64).random_()",
        lambda: decimal_strings(torch.empty(3, dtype=torch.int64).random_()),
    )
    put("empty(3).random_()", lambda: bits32(torch.empty(3).random_()))
    put("randperm(10)", lambda: torch.randperm(10).tolist())
    put("randperm(100)", lambda: torch.randperm(100).tolist())
    put("randperm(60000)", lambda: digest(torch.randperm(60000).tolist()))
    put(
        "bernoulli(0.3*ones(20))",
        lambda: torch.bernoulli(torch.full((20,), 0.3)).int().tolist(),
    )
    put("empty(20).bernoulli_(0.3)", lambda: torch.empty(20).bernoulli_(0.3).int().tolist())
    put(
        "dropout(ones(20),0.5)",
        lambda: bits32(torch.nn.functional.dropout(torch.ones(20), 0.5)),
    )
    put("Linear(3,2)", lambda: linear_parameters(3, 2))
    put("Linear(784,10)", lambda: digest(linear_parameters(784, 10)))
    put("DataLoader(range(20),6,shuffle);DataLoader(range(4),3) alternating", loader_order)
    return draws


def linear_parameters(inputs, outputs):
    """Patterns of a fresh layer's weight, then of its bias."""
    layer = torch.nn.Linear(inputs, outputs)
    return bits32(layer.weight) + bits32(layer.bias)


def loader_order():
    """Three epochs of a shuffled loader, a pass of an unshuffled one after each, then a draw."""
    shuffled = torch.utils.data.DataLoader(list(range(20)), 6, shuffle=True, num_workers=0)
    ordered = torch.utils.data.DataLoader(list(range(4)), 3, shuffle=False)
    epochs = []
    for _ in range(3):
        epochs.append([batch.tolist() for batch in shuffled])
        for _ in ordered:
            pass
    then = torch.randint(0, 1000, (3,)).tolist()
    return {"epochs": epochs, "then_randint(0,1000,(3,))": then}


def python_draws(seed):
    """Each entry starts from random.seed(seed)."""
    draws = {}

    def put(key, draw):
        random.seed(seed)
        draws[key] = draw()

    def shuffled_twice(n):
        numbers = list(range(n))
        random.shuffle(numbers)
        random.shuffle(numbers)
        return numbers

    def floats(n, draw):
        return bits64(np.array([draw() for _ in range(n)]))

    put("random()x5", lambda: floats(5, random.random))
    put("shuffle twice range(10)", lambda: shuffled_twice(10))
    put("shuffle twice range(100)", lambda: shuffled_twice(100))
    put("randint(1,100)x10", lambda: [random.randint(1, 100) for _ in range(10)])
    put("choice(range(7))x10", lambda: [random.choice(range(7)) for _ in range(10)])
    put("sample(range(100),8)", lambda: random.sample(range(100), 8))
    put("uniform(-1,1)x3", lambda: floats(3, lambda: random.uniform(-1, 1)))
    put("gauss(0,1)x4", lambda: floats(4, lambda: random.gauss(0, 1)))
    return draws


def numpy_draws(seed):
    """Each entry starts from np.random.seed(seed), which takes 0 <= seed < 2^32 only."""
    draws = {}

    def put(key, draw):
        np.random.seed(seed)
        draws[key] = draw()

    def shuffled_twice():
        numbers = np.arange(10)
        np.random.shuffle(numbers)
        np.random.shuffle(numbers)
        return numbers.tolist()

    def rounded_normal():
        drawn = np.random.normal(0, 0.01, (2, 1)).astype(np.float32)
        return drawn.view(np.uint32).ravel().tolist()

    put(
        "normal(0,0.01,(2,1)) float64",
        lambda: bits64(np.random.normal(0, 0.01, (2, 1))),
    )
    put("normal(0,0.01,(2,1)) as float32", rounded_normal)
    put("normal(0,1,7) float64", lambda: bits64(np.random.normal(0, 1, 7)))
    put("randn(2,3)", lambda: bits64(np.random.randn(2, 3)))
    put("rand(4)", lambda: bits64(np.random.rand(4)))
    put("uniform(-1,1,3)", lambda: bits64(np.random.uniform(-1, 1, 3)))
    put("permutation(10)", lambda: np.random.permutation(10).tolist())
    put("permutation(100)", lambda: np.random.permutation(100).tolist())
    put("shuffle(arange(10)) twice", shuffled_twice)
    put("randint(0,10,8)", lambda: np.random.randint(0, 10, 8).tolist())
    return draws


def one(seed):
    """All draws of one seed."""
    record = {"seed": str(seed), "torch": torch_draws(seed), "python": python_draws(seed)}
    if 0 <= seed < 2**32:
        record["numpy"] = numpy_draws(seed)
    return record


def build():
    """Content of rng.json."""
    return {
        "cpu_capability": torch.backends.cpu.get_cpu_capability(),
        "seeds": [one(seed) for seed in SEEDS],
    }
