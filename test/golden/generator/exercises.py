"""lab1.json .. lab8.json and notebook.json: the twins, run and recorded."""

import contextlib
import io
import os
import random
import re

import numpy as np
import torch

import standins
from encode import bits32

HERE = os.path.dirname(os.path.abspath(__file__))
# Where notebooks run: the paths in them begin there.
NOTEBOOKS = os.path.join(HERE, "..", "..", "..", "notebooks")
SEEDS = range(10)
LAB5_SEEDS = range(3)
# Exercises 7 and 8 on Fashion-MNIST, and the block where exercise 7 begins to read it.
DATA_SEEDS = range(3)
DATA_BLOCK = "settings"


def program(n):
    """Text of the n-th exercise's twin."""
    with open(os.path.join(HERE, "twins", f"lab{n}.py"), encoding="utf-8") as f:
        return f.read()


def blocks(text):
    """Cut a twin at its `# %% name` lines: [(name, code)], in order."""
    parts = re.split(r"^# %% (.+)\n", text, flags=re.M)
    return list(zip(parts[1::2], parts[2::2]))


def seed_all(seed):
    """Seed the three generators; NumPy's takes 32 bits only."""
    torch.manual_seed(seed)
    random.seed(seed)
    np.random.seed(seed % 2**32)


def run(names, seed):
    """Run twins one after another in one fresh namespace, seeded once: outputs, namespace."""
    standins.install()
    ns = {"__name__": "__main__"}
    outputs = []
    seed_all(seed)
    with contextlib.chdir(NOTEBOOKS):
        for n in names:
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(program(n), f"lab{n}", "exec"), ns)
            outputs.append(out.getvalue())
    return outputs, ns


def lab_record(n, seed):
    """One run of exercise 1, 2, 3, 4 or 9."""
    (out,), ns = run([n], seed)
    record = {"seed": seed, "stdout": out}
    if n == 1:
        record.update(a=bits32(ns["a"]), b=bits32(ns["b"]))
    elif n == 2:
        record.update({name: bits32(ns[name]) for name in ("P", "Q", "result")})
    elif n == 3:
        record.update(x_grad=bits32(ns["x"].grad), y3=bits32(ns["y3"]))
    elif n == 4:
        record.update(
            features=bits32(ns["features"]),
            w=bits32(ns["w"]),
            b=bits32(ns["b"]),
            train_all_loss=ns["train_all_loss"],
            test_data=bits32(ns["test_data"]),
            test_l=ns["test_l"].item(),
            acc_test=ns["acc_test"],
        )
    return record


def notebook_record(seed):
    """Exercises 1 to 4 in one session."""
    outputs, ns = run([1, 2, 3, 4], seed)
    return {
        "seed": seed,
        "stdout": outputs,
        "w": bits32(ns["w"]),
        "b": bits32(ns["b"]),
        "train_all_loss": ns["train_all_loss"],
    }


def summary(t):
    """A parameter in short: shape, sum and sum of squares in float64, first 20 elements."""
    d = t.detach().double()
    return {
        "shape": list(t.shape),
        "sum": d.sum().item(),
        "sumsq": (d * d).sum().item(),
        "first20": t.detach().flatten()[:20].tolist(),
        "first20_bits": bits32(t)[:20],
    }


def lab5_record(seed):
    """One run of exercise 5: ten epochs, with the metrics before they are rounded."""
    standins.install()
    ns = {"__name__": "__main__"}
    record = {"seed": seed, "epochs": []}

    def watch():
        train_epoch, evaluate = ns["train_epoch_ch3"], ns["evaluate_accuracy"]

        def watched_train_epoch(*args):
            loss, accuracy = train_epoch(*args)
            record["epochs"].append({"train_loss": loss, "train_acc": accuracy})
            return loss, accuracy

        def watched_evaluate(*args):
            accuracy = evaluate(*args)
            record["epochs"][-1].update(test_acc=accuracy)
            return accuracy

        ns.update(train_epoch_ch3=watched_train_epoch, evaluate_accuracy=watched_evaluate)

    out = io.StringIO()
    seed_all(seed)
    with contextlib.redirect_stdout(out):
        for name, code in blocks(program(5)):
            if name == "training":
                watch()
            exec(compile(code, f"lab5 {name}", "exec"), ns)
            if name == "parameters":
                record["W0"] = summary(ns["W"])
    record.update(stdout=out.getvalue(), W=summary(ns["W"]), b=summary(ns["b"]))
    return record


def run_blocks(n, seed, until=None):
    """Run a twin in a fresh namespace up to the block named `until`: what it prints, namespace."""
    standins.install()
    ns = {"__name__": "__main__"}
    out = io.StringIO()
    seed_all(seed)
    with contextlib.redirect_stdout(out):
        for name, code in blocks(program(n)):
            if name == until:
                break
            exec(compile(code, f"lab{n} {name}", "exec"), ns)
    return out.getvalue(), ns


def lab6_record(seed):
    """One run of exercise 6: both forms, with the parameters they end with."""
    out, ns = run_blocks(6, seed)
    weights = {"w": ns["w"], "b": ns["b"], "weight": ns["net"][0].weight, "bias": ns["net"][0].bias}
    return {"seed": seed, "stdout": out, **{name: bits32(t) for name, t in weights.items()}}


def data_record(n, seed):
    """One run of exercise 7 or 8, on Fashion-MNIST."""
    out, ns = run_blocks(n, seed)
    net = {name: summary(p) for name, p in ns["net"].named_parameters()}
    return {"seed": seed, "stdout": out, "net": net}


def build(part):
    """Content of lab1.json .. lab8.json or notebook.json."""
    if part == "lab6":
        return {"cell": program(6), "runs": [lab6_record(seed) for seed in SEEDS]}
    if part == "lab7small":
        outputs = [(seed, run_blocks(7, seed, DATA_BLOCK)[0]) for seed in SEEDS]
        return {"until": DATA_BLOCK, "runs": [{"seed": s, "stdout": out} for s, out in outputs]}
    if part in ("lab7", "lab8"):
        n = int(part.removeprefix("lab"))
        runs = [data_record(n, seed) for seed in DATA_SEEDS]
        return {"dataset": "Fashion-MNIST 60000/10000", "runs": runs}
    if part == "notebook":
        return {"cells": [1, 2, 3, 4], "runs": [notebook_record(seed) for seed in SEEDS]}
    if part == "lab5":
        runs = [lab5_record(seed) for seed in LAB5_SEEDS]
        return {"dataset": "Fashion-MNIST 60000/10000", "runs": runs}
    n = int(part.removeprefix("lab"))
    return {"cell": program(n), "runs": [lab_record(n, seed) for seed in SEEDS]}
