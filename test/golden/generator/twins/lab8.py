# %% imports
import torch
import torchvision
from torch import nn
from torch.utils import data
from torchvision import transforms

# %% settings
lr = 0.02
num_epochs = 30
batch_size = 50
num_train = 1000  # of 60000: few enough to be learned by heart, and quick

# %% load_data
trans = transforms.ToTensor()
mnist_train = torchvision.datasets.FashionMNIST(
    root="../data", train=True, transform=trans, download=True
)
mnist_test = torchvision.datasets.FashionMNIST(
    root="../data", train=False, transform=trans, download=True
)
part = data.Subset(mnist_train, range(num_train))
train_iter = data.DataLoader(part, batch_size, shuffle=True)
part_iter = data.DataLoader(part, 1000, shuffle=False)
test_iter = data.DataLoader(mnist_test, 1000, shuffle=False)


# %% mlp
def mlp(dropout=0):
    """Return a new network with one hidden layer of 64 units, and dropout behind it."""
    return nn.Sequential(
        nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Dropout(dropout), nn.Linear(64, 10)
    )


net = mlp()
print(net)

# %% loss
loss = nn.CrossEntropyLoss()
trainer = torch.optim.SGD(net.parameters(), lr=lr, momentum=0.9)


# %% train_epoch
def train_epoch(net, train_iter, loss, trainer):
    """Go once through the training set, with dropout on; return the mean loss on the way."""
    net.train()
    total, count = 0.0, 0
    for X, y in train_iter:
        l = loss(net(X), y)
        trainer.zero_grad()
        l.backward()
        trainer.step()
        total += l.item() * len(y)
        count += len(y)
    return total / count


# %% evaluate
def evaluate(net, data_iter, loss):
    """Return mean loss and accuracy over a data set, with dropout off."""
    net.eval()
    total, right, count = 0.0, 0, 0
    with torch.no_grad():
        for X, y in data_iter:
            y_hat = net(X)
            total += loss(y_hat, y).item() * len(y)
            right += (y_hat.argmax(1) == y).sum().item()
            count += len(y)
    return total / count, right / count


# %% training
for epoch in range(num_epochs):
    train_epoch(net, train_iter, loss, trainer)
    if (epoch + 1) % 5 == 0:
        train_loss, train_acc = evaluate(net, part_iter, loss)
        test_loss, test_acc = evaluate(net, test_iter, loss)
        print("epoch %2d" % (epoch + 1), end="  ")
        print("train loss %.3f, acc %.2f" % (train_loss, train_acc), end="  ")
        print("test loss %.3f, acc %.2f" % (test_loss, test_acc))


# %% dropout_layer
def dropout_layer(X, p):
    """Set elements to 0 with probability p and enlarge the others to make up for it."""
    if p == 1:
        return torch.zeros_like(X)
    mask = (torch.rand(X.shape) > p).float()
    return mask * X / (1 - p)


# %% masks
X = torch.arange(16, dtype=torch.float32).reshape(2, 8)
print(dropout_layer(X, 0.5))
layer = nn.Dropout(0.5)
print(layer(X))
layer.eval()
print(layer(X))


# %% fit
def fit(name, net, trainer, epochs):
    """Train a network and print one line about it."""
    for _ in range(epochs):
        train_epoch(net, train_iter, loss, trainer)
    train_loss, train_acc = evaluate(net, part_iter, loss)
    test_loss, test_acc = evaluate(net, test_iter, loss)
    print("%-12s" % name, end="  ")
    print("train loss %.3f, acc %.2f" % (train_loss, train_acc), end="  ")
    print("test loss %.3f, acc %.2f" % (test_loss, test_acc))


# %% regularisation
for name, p, weight_decay in [
    ("dropout", 0.5, 0),
    ("weight decay", 0, 0.01),
    ("both", 0.5, 0.01),
]:
    net = mlp(p)
    trainer = torch.optim.SGD(
        net.parameters(), lr=lr, momentum=0.9, weight_decay=weight_decay
    )
    fit(name, net, trainer, num_epochs)

# %% optimisers
for name, optimiser, options in [
    ("SGD", torch.optim.SGD, {"lr": 0.1}),
    ("momentum", torch.optim.SGD, {"lr": 0.02, "momentum": 0.9}),
    ("Adagrad", torch.optim.Adagrad, {"lr": 0.01}),
    ("RMSprop", torch.optim.RMSprop, {"lr": 0.001}),
    ("Adam", torch.optim.Adam, {"lr": 0.003}),
]:
    net = mlp()
    fit(name, net, optimiser(net.parameters(), **options), 5)
