"""Exercise 5 in PyTorch: the notebook's Python twins, with their own DataLoader or in memory.

Arguments: `program` or `memory`, the number of threads, and `epochs N` for one run's peak memory.
"""

import json
import sys
import types

import serve
import torch
import twins


class InMemory:
    """All examples as floats; a batch is picked by row numbers, without a DataLoader."""

    def __init__(self, images, labels, batch_size, shuffle):
        self.x = torch.tensor(images).view(-1, 1, 28, 28).float().div_(255)
        self.y = torch.tensor(labels).long()
        self.batch_size, self.shuffle = batch_size, shuffle

    def __iter__(self):
        order = torch.randperm(len(self.y)) if self.shuffle else None
        for i in range(0, len(self.y), self.batch_size):
            rows = order[i : i + self.batch_size] if self.shuffle else slice(i, i + self.batch_size)
            yield self.x[rows], self.y[rows]


def stand_ins():
    """What the twins import and the variant in memory does not use."""
    display = types.ModuleType("IPython.display")
    sys.modules["IPython.display"] = display
    sys.modules["IPython"] = types.ModuleType("IPython")
    sys.modules["IPython"].display = display
    vision = types.ModuleType("torchvision")
    vision.transforms = sys.modules["torchvision.transforms"] = types.ModuleType("transforms")
    sys.modules["torchvision"] = vision


def model(kind):
    """The twins up to the training cell, run; returns their names."""
    code, _ = twins.before(twins.blocks(5), "num_epochs = 10")
    ns = {"__name__": "__main__"}
    if kind == "memory":
        stand_ins()
    torch.manual_seed(0)
    for block in code:
        if kind == "memory" and block.startswith("train_iter, test_iter ="):
            import fashion

            train_x, train_y, test_x, test_y = fashion.load()
            ns["train_iter"] = InMemory(train_x, train_y, ns["batch_size"], shuffle=True)
            ns["test_iter"] = InMemory(test_x, test_y, ns["batch_size"], shuffle=False)
        else:
            exec(compile(block, "exercise 5", "exec"), ns)
    return ns


def main(kind, threads, epochs=None):
    torch.set_num_threads(threads)
    ns = model(kind)

    def epoch():
        loss, _ = ns["train_epoch_ch3"](ns["net"], ns["train_iter"], ns["cross_entropy"], ns["updater"])
        return loss, ns["evaluate_accuracy"](ns["net"], ns["test_iter"])

    if epochs is not None:
        import resource

        for _ in range(epochs):
            loss, accuracy = epoch()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        scale = 1 if sys.platform == "darwin" else 1024
        note = f"loss {loss:.5f}, test accuracy {accuracy:.4f}"
        print(json.dumps({"value": peak * scale / 2**20, "note": note}))
        return

    def measure():
        ms, (loss, accuracy) = serve.timed(epoch)
        return {"value": ms, "note": f"epoch 1: loss {loss:.5f}, test accuracy {accuracy:.4f}"}

    serve.serve(measure)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[4]) if len(sys.argv) > 4 else None)
