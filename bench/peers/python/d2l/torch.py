"""The one function of the textbook's package that the exercises call."""

import torch

# The twins import torchvision after this module. Beside a PyTorch of another build (for the CPU
# alone, say) its compiled operators do not load, and it refuses to be imported while these two have
# no name. The exercises call none of them.
operators = torch.library.Library("torchvision", "FRAGMENT")
try:
    import torchvision  # noqa: F401
except RuntimeError as error:
    if "operator torchvision::nms does not exist" not in str(error):
        raise
    for name in ("nms", "qnms"):
        operators.define(name + "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")


def sgd(params, lr, batch_size):
    """Descend, then clear the gradients."""
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.zero_()
