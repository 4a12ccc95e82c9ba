"""ops.json: forward values and gradients of single operations and short chains."""

import torch
import torch.nn as nn
import torch.nn.functional as F

import encode
from operation_cases import cases

SEED = 0
# Ops whose values IEEE arithmetic fixes to the last bit, or that only copy.
EXACT = {
    *["add", "sub", "mul", "div", "neg", "abs", "relu", "max", "min", "clamp", "cmp", "shape"],
    *["index", "cat", "where", "type", "arg", "square", "reciprocal", "round", "intsum"],
}


def draw(shape, kind, g):
    """A base tensor; kind says what it holds (see README, ops.json)."""
    if kind == "n":
        return torch.randn(shape, generator=g)
    if kind == "p":
        return torch.randn(shape, generator=g).abs() + 0.1
    if kind == "u":
        return torch.rand(shape, generator=g) * 0.98 + 0.01
    if kind == "y":
        return (torch.rand(shape, generator=g) > 0.5).float()
    if kind == "big":
        return torch.randn(shape, generator=g) * 30
    if kind == "tie":
        return torch.randint(-2, 3, shape, generator=g).float()
    if kind == "d":
        return torch.randn(shape, generator=g, dtype=torch.float64)
    if kind == "b":
        return torch.rand(shape, generator=g) > 0.5
    if kind == "l":
        return torch.randint(-9, 10, shape, generator=g)
    if kind == "i32":
        return torch.randint(-9, 10, shape, generator=g).int()
    if kind == "u8":
        return torch.randint(0, 256, shape, generator=g).to(torch.uint8)
    if kind.startswith("k"):  # class labels and indices below the number that follows
        return torch.randint(0, int(kind[1:]), shape, generator=g)
    raise ValueError(kind)


def run(number, op, code, specs, g):
    """Run one case forward and backward; specs are (shape, kind) or (shape, kind, view)."""
    names, bases, inputs = {"torch": torch, "nn": nn, "F": F}, [], []
    for k, (shape, kind, *rest) in enumerate(specs):
        view = rest[0] if rest else None
        base = draw(shape, kind, g)
        differentiable = base.dtype.is_floating_point and kind != "y"
        base.requires_grad_(differentiable)
        dot = "" if view is None or view.startswith("[") else "."
        names[f"x{k}"] = eval("base" + dot + view, {"base": base}) if view else base
        bases.append(base)
        inputs.append(
            {
                "name": f"x{k}",
                **encode.tensor(base),
                "view": view,
                "requires_grad": differentiable,
            }
        )
    result = eval(code, names)
    outputs = list(result) if isinstance(result, (tuple, list)) else [result]
    case = {
        "id": number,
        "op": op,
        "code": code,
        "inputs": inputs,
        "outputs": [encode.tensor(o) for o in outputs],
        "exact": op in EXACT,
    }
    reached = [o for o in outputs if o.requires_grad]
    if reached:
        grads = [torch.randn(o.shape, generator=g, dtype=o.dtype) for o in reached]
        torch.autograd.backward(reached, grads)
        case["grad_fn"] = [encode.grad_fn_name(o) for o in outputs]
        case["diff_outputs"] = [k for k, o in enumerate(outputs) if o.requires_grad]
        case["grad_outputs"] = [encode.tensor(v) for v in grads]
        case["grads"] = [None if b.grad is None else encode.tensor(b.grad) for b in bases]
    return case


def build():
    """Content of ops.json."""
    g = torch.Generator().manual_seed(31337 + SEED)
    return {
        "cases": [
            run(number, op, code, specs, g) for number, (op, code, *specs) in enumerate(cases())
        ]
    }
