# %% imports
import torch

# %% operands
# A row of three and a column of two, both from the standard normal distribution.
a = torch.randn(1, 3)
b = torch.randn(2, 1)
print(a)
print(b)

# %% three spellings
# An operator, a function and a method: one operation, so three equal tables.
print(a - b)
print(torch.sub(a, b))
print(a.sub(b))
