"""The public names of PyTorch and its neighbours, for the page that maps them: prints names.json.

    python3.11 -m venv /tmp/names
    /tmp/names/bin/pip install torch==2.13.0 numpy==2.4.6 matplotlib==3.11.2 safetensors==0.8.0
    /tmp/names/bin/pip install --no-deps torchvision==0.29.2 d2l==0.17.6
    /tmp/names/bin/python jupyter/site/names.py > jupyter/site/names.json

torchvision and d2l are read, not imported: they want packages that nothing here needs.
"""

import ast
import importlib
import importlib.util
import inspect
import json
import random
import types
from importlib.metadata import version
from pathlib import Path

import matplotlib.pyplot
import numpy
import safetensors.torch
import torch


def public(owner):
    """Functions, classes and values that the owner offers; no modules, nothing private."""
    names = {*getattr(owner, "__all__", ()), *dir(owner)} if owner is torch else None
    names = names or getattr(owner, "__all__", None) or dir(owner)
    return sorted(
        name
        for name in names
        if not name.startswith("_") and not isinstance(getattr(owner, name), types.ModuleType)
    )


def defined(owner):
    """The same, without what the module itself imports for its own use."""
    return [
        name
        for name in public(owner)
        if not inspect.isfunction(getattr(owner, name))
        and not inspect.isclass(getattr(owner, name))
        or getattr(owner, name).__module__.startswith(owner.__name__)
    ]


def source_of(package, *parts):
    folder = importlib.util.find_spec(package).submodule_search_locations[0]
    return ast.parse(Path(folder, *parts).read_text())


def listed(tree):
    """The value of __all__ in a source."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return sorted(ast.literal_eval(node.value))
    raise ValueError("no __all__")


def at_top(tree):
    """The functions, classes and values that a source defines."""
    found = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found.update(t.id for t in node.targets if isinstance(t, ast.Name))
    return sorted(name for name in found if not name.startswith("_"))


names = {
    "torch": public(torch),
    "Tensor": public(torch.Tensor),
    "autograd": defined(torch.autograd),
    "linalg": public(torch.linalg),
    "nn": public(torch.nn),
    "nn.functional": public(torch.nn.functional),
    "nn.init": public(torch.nn.init),
    "nn.utils": defined(torch.nn.utils),
    "optim": public(torch.optim),
    "optim.lr_scheduler": public(torch.optim.lr_scheduler),
    "data": public(torch.utils.data),
    "torchvision.datasets": listed(source_of("torchvision", "datasets", "__init__.py")),
    "torchvision.transforms": listed(source_of("torchvision", "transforms", "transforms.py")),
    "d2l": at_top(source_of("d2l", "torch.py")),
    "safetensors": [
        name
        for name in public(safetensors.torch)
        if getattr(getattr(safetensors.torch, name), "__module__", "")
        in ("safetensors.torch", "builtins", "safetensors")
        and callable(getattr(safetensors.torch, name))
    ],
    "np": public(numpy),
    "np.random": public(numpy.random),
    "random": sorted({*public(random), *public(torch.random), "default_generator"}),
    "plt": public(matplotlib.pyplot),
}
packages = ["torch", "numpy", "matplotlib", "safetensors", "torchvision", "d2l"]
versions = {name: version(name).split("+")[0] for name in packages}
lines = [f"  {json.dumps(key)}: {json.dumps(' '.join(value))}" for key, value in names.items()]
print("{\n" + f'  "versions": {json.dumps(versions)},\n' + ",\n".join(lines) + "\n}")
