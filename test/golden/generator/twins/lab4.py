# %% imports
import torch
import torch.nn as nn
import random
import matplotlib.pyplot as plt
import numpy as np


# %% createdata
def createdata():
    """Return 100 points in two clouds, around (2, 2) and (-2, -2), with labels 0 and 1."""
    n_data = torch.ones(50, 2)
    # The tensor of means fixes the shape of the draw: 50 points, 2 coordinates.
    x1 = torch.normal(2 * n_data, 1)
    y1 = torch.zeros(50)
    x2 = torch.normal(-2 * n_data, 1)
    y2 = torch.ones(50)
    # Stacked row under row, first cloud first.
    x = torch.cat((x1, x2), 0).type(torch.FloatTensor)
    y = torch.cat((y1, y2), 0).type(torch.FloatTensor)
    return x, y


# %% data_iter
def data_iter(batch_size, features, labels):
    """Yield the examples in random order, batch_size at a time."""
    num_examples = len(features)
    indices = list(range(num_examples))
    random.shuffle(indices)
    for i in range(0, num_examples, batch_size):
        # min() keeps the last batch inside the data when the division leaves a rest.
        j = torch.LongTensor(indices[i : min(i + batch_size, num_examples)])
        yield features.index_select(0, j), labels.index_select(0, j)


# %% myLogistic
def myLogistic(x, w, b):
    """Return 1 / (1 + exp(-xw + b)), one column; b enters with a plus inside the exponent."""
    return 1 / (1 + torch.exp(-1 * torch.mm(x, w) + b))


# %% binary_cross_entropy
def binary_cross_entropy(y_pred, y_true):
    """Return the mean of -(y log p + (1 - y) log(1 - p))."""
    # Keeps log away from 0, where it and its gradient are infinite.
    epsilon = 1e-7
    loss = -torch.mean(
        y_true * torch.log(y_pred + epsilon) + (1 - y_true) * torch.log(1 - y_pred + epsilon)
    )
    return loss


# %% squared_loss
def squared_loss(y_hat, y):
    """Return half the squared distance, element by element."""
    return (y_hat - y.view(y_hat.size())) ** 2 / 2


# %% sgd
def sgd(params, lr, batch_size):
    """Take one step of gradient descent with every parameter, in place."""
    for param in params:
        param.data -= lr * param.grad / batch_size


# %% data
features, labels = createdata()
plt.scatter(
    features.data.numpy()[:, 0],
    features.data.numpy()[:, 1],
    c=labels.data.numpy(),
    s=100,
    lw=0,
    cmap="RdYlGn",
)
plt.show()

# %% settings
num_inputs = 2
lr = 0.01
num_epochs = 20
batch_size = 10
net = myLogistic
loss = binary_cross_entropy

# %% parameters
w = torch.tensor(np.random.normal(0, 0.01, (num_inputs, 1)), dtype=torch.float32)
b = torch.zeros(1, dtype=torch.float32)
w.requires_grad_(requires_grad=True)
b.requires_grad_(requires_grad=True)

# %% training
train_all_loss = []
for epoch in range(num_epochs):
    for X, y in data_iter(batch_size, features, labels):
        # (10, 1) predictions against (10,) labels: the loss averages a 10 x 10 table.
        l = loss(net(X, w, b), y).sum()
        l.backward()
        sgd([w, b], lr, batch_size)
        # backward() adds to what is there, so each batch starts from zero.
        w.grad.data.zero_()
        b.grad.data.zero_()
    labels_pred = net(features, w, b)
    train_l = loss(labels_pred, labels.view(-1, 1))
    train_all_loss.append(train_l.item())
    labels_pred = torch.tensor(np.where(labels_pred > 0.5, 1, 0), dtype=torch.float32)
    acc = (labels_pred.squeeze() == labels.squeeze()).sum().item() / 100
    print("epoch: %d loss:%.5f acc: %.3f" % (epoch + 1, train_l.item(), acc))

# %% test
test_data, test_labels = createdata()
plt.scatter(
    test_data.data.numpy()[:, 0],
    test_data.data.numpy()[:, 1],
    c=test_labels.data.numpy(),
    s=100,
    lw=0,
    cmap="RdYlGn",
)
plt.show()
with torch.no_grad():
    labels_pred_test = net(test_data, w, b)
    test_l = binary_cross_entropy(labels_pred_test, test_labels.view(-1, 1))
    labels_pred_test = torch.tensor(np.where(labels_pred_test > 0.5, 1, 0), dtype=torch.float32)
    acc_test = (labels_pred_test.squeeze() == test_labels.squeeze()).sum().item() / 100
    print("Test_loss: %.5f Test_acc: %.3f" % (test_l, acc_test))
