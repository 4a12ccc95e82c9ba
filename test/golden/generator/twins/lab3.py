# %% imports
import torch

# %% graph
x = torch.ones(1, 1, requires_grad=True)
y1 = x**2
with torch.no_grad():
    y2 = x**3  # computed, but not recorded: no gradient flows through it
y3 = y1 + y2

# %% backward
y3.mean().backward()
print(x)
print(x.grad)
