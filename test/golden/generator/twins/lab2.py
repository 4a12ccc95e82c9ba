# %% imports
import torch

# %% matrices
# Both matrices come from N(0, 0.01): mean 0, standard deviation 0.01.
P = torch.normal(0, 0.01, (3, 2))
Q = torch.normal(0, 0.01, (4, 2))

# %% transpose
QT = torch.t(Q)  # a view: the numbers stay where they are

# %% product
result = torch.mm(P, QT)

# %% printing
print(P)
print(Q)
print(QT)
print(result)
