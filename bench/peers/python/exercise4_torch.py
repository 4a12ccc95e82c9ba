"""Exercise 4 in PyTorch: the notebook's twins, and the microseconds of one training step."""

import re
import sys
import types

import serve
import torch
import twins

torch.set_num_threads(int(sys.argv[1]))
pyplot = types.ModuleType("matplotlib.pyplot")
pyplot.scatter = pyplot.show = lambda *args, **options: None
sys.modules["matplotlib"] = types.ModuleType("matplotlib")
sys.modules["matplotlib"].pyplot = sys.modules["matplotlib.pyplot"] = pyplot

code, training = twins.before(twins.blocks(4), "train_all_loss = []")
ns = {"__name__": "__main__"}
torch.manual_seed(0)
for block in code:
    exec(compile(block, "exercise 4", "exec"), ns)
# The inner loop as it stands: draws, ten steps, each with its update and its cleared gradients.
loop = re.search(r"^    for X, y in data_iter.*?(?=^    \w)", training, flags=re.S | re.M).group()
exec(compile("def epoch():\n" + loop + "    return l\n", "exercise 4", "exec"), ns)


def measure():
    ms, _ = serve.timed(lambda: [ns["epoch"]() and None for _ in range(20)])
    return ms * 1e3 / 200


serve.serve(measure)
