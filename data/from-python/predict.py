"""PyTorch's answer to weights from elsewhere: python predict.py WEIGHTS.safetensors LOGITS.npy

Puts the weights into the network of notebook 09 and writes what it computes for X.npy.
"""

import os
import sys

import numpy as np
import safetensors.torch
import torch

from make import network, path

net = network()
net.load_state_dict(safetensors.torch.load_file(sys.argv[1]))
with torch.no_grad():
    logits = net(torch.from_numpy(np.load(path("X.npy"))))
# Written whole or not at all.
np.save(sys.argv[2] + ".part.npy", logits.numpy())
os.replace(sys.argv[2] + ".part.npy", sys.argv[2])
