# %% imports
import os
import tempfile
import numpy as np
import safetensors.torch
import torch
import torch.nn as nn

# %% data
folder = "../data/from-python/"
X = torch.from_numpy(np.load(folder + "X.npy"))
y = torch.from_numpy(np.load(folder + "y.npy"))
print(X.shape, X.dtype)
print(y.bincount())


# %% network
def network():
    return nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 3))


# %% load
theirs = network()
theirs.load_state_dict(torch.load(folder + "net.pt"))
for name, value in theirs.state_dict().items():
    print(name, value.shape, value.sum())

# %% predict
with torch.no_grad():
    logits = theirs(X)
correct = (logits.argmax(1) == y).sum()
print(logits[:3])
print("correct: %d of %d" % (correct, len(y)))

# %% train
ours = network()
loss = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(ours.parameters(), lr=0.5)
for epoch in range(200):
    optimizer.zero_grad()
    l = loss(ours(X), y)
    l.backward()
    optimizer.step()
    if (epoch + 1) % 50 == 0:
        print("epoch: %d loss: %.5f" % (epoch + 1, l.item()))

# %% save
file = os.path.join(tempfile.mkdtemp(), "ours.safetensors")
safetensors.torch.save_file(ours.state_dict(), file)

# %% back
back = network()
back.load_state_dict(safetensors.torch.load_file(file))
with torch.no_grad():
    same = (back(X).argmax(1) == ours(X).argmax(1)).sum()
print("same: %d of %d" % (same, len(y)))
