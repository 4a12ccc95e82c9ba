# %% imports
import random

import torch
from torch import nn
from torch.utils import data


# %% synthetic_data
def synthetic_data(w, b, num_examples):
    """Return made-up examples: features from N(0, 1), labels Xw + b with a little noise."""
    X = torch.normal(0, 1, (num_examples, len(w)))
    y = torch.matmul(X, w) + b
    y += torch.normal(0, 0.01, y.shape)
    return X, y.reshape((-1, 1))


# %% data
true_w = torch.tensor([2, -3.4])
true_b = 4.2
features, labels = synthetic_data(true_w, true_b, 1000)
print(features[0])
print(labels[0])


# %% data_iter
def data_iter(batch_size, features, labels):
    """Yield the examples in random order, batch_size at a time."""
    num_examples = len(features)
    indices = list(range(num_examples))
    random.shuffle(indices)
    for i in range(0, num_examples, batch_size):
        j = torch.tensor(indices[i : i + batch_size])
        yield features[j], labels[j]


# %% linreg
def linreg(X, w, b):
    """Return Xw + b, one column."""
    return torch.matmul(X, w) + b


# %% squared_loss
def squared_loss(y_hat, y):
    """Return half the squared distance, element by element."""
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2


# %% sgd
def sgd(params, lr, batch_size):
    """Take one step of gradient descent with every parameter, then clear the gradients."""
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.zero_()


# %% settings
lr = 0.03
num_epochs = 3
batch_size = 10

# %% parameters
w = torch.normal(0, 0.01, size=(2, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)

# %% training
for epoch in range(num_epochs):
    for X, y in data_iter(batch_size, features, labels):
        l = squared_loss(linreg(X, w, b), y)
        l.sum().backward()
        sgd([w, b], lr, batch_size)
    with torch.no_grad():
        train_l = squared_loss(linreg(features, w, b), labels)
        print("epoch %d, loss %f" % (epoch + 1, train_l.mean()))

# %% error
print(true_w - w.reshape(true_w.shape))
print(true_b - b)


# %% load_array
def load_array(data_arrays, batch_size, is_train=True):
    """Return a loader of the rows of several tensors, in a new order for each pass of training."""
    dataset = data.TensorDataset(*data_arrays)
    return data.DataLoader(dataset, batch_size, shuffle=is_train)


# %% short
train_iter = load_array((features, labels), batch_size)
net = nn.Sequential(nn.Linear(2, 1))
net[0].weight.data.normal_(0, 0.01)
net[0].bias.data.fill_(0)
loss = nn.MSELoss()
trainer = torch.optim.SGD(net.parameters(), lr=lr)
print(net)

# %% short-training
for epoch in range(num_epochs):
    for X, y in train_iter:
        l = loss(net(X), y)
        trainer.zero_grad()
        l.backward()
        trainer.step()
    with torch.no_grad():
        l = loss(net(features), labels)
        print("epoch %d, loss %f" % (epoch + 1, l))

# %% short-error
print(true_w - net[0].weight.data.reshape(true_w.shape))
print(true_b - net[0].bias.data)
