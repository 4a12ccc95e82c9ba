# %% imports
import torch
import torchvision
from torch import nn
from torch.utils import data
from torchvision import transforms


# %% createdata
def createdata():
    """Return 100 points in two clouds, around (2, 2) and (-2, -2), with labels 0 and 1."""
    n_data = torch.ones(50, 2)
    x1 = torch.normal(2 * n_data, 1)
    x2 = torch.normal(-2 * n_data, 1)
    x = torch.cat((x1, x2), 0)
    y = torch.cat((torch.zeros(50), torch.ones(50)), 0)
    return x, y.reshape(-1, 1)


# %% logistic-data
features, labels = createdata()
logistic_iter = data.DataLoader(data.TensorDataset(features, labels), 10, shuffle=True)

# %% logistic
logistic = nn.Linear(2, 1)
nn.init.normal_(logistic.weight, std=0.01)
nn.init.zeros_(logistic.bias)
logistic_loss = nn.BCEWithLogitsLoss()
logistic_trainer = torch.optim.SGD(logistic.parameters(), lr=0.01)

# %% logistic-training
for epoch in range(20):
    for X, y in logistic_iter:
        l = logistic_loss(logistic(X), y)
        logistic_trainer.zero_grad()
        l.backward()
        logistic_trainer.step()
    with torch.no_grad():
        scores = logistic(features)
        train_l = logistic_loss(scores, labels)
        acc = ((scores > 0) == labels).float().mean()
    print("epoch: %d loss:%.4f acc: %.3f" % (epoch + 1, train_l, acc))

# %% logistic-test
test_data, test_labels = createdata()
with torch.no_grad():
    scores = logistic(test_data)
    test_l = logistic_loss(scores, test_labels)
    acc = ((scores > 0) == test_labels).float().mean()
print("Test_loss: %.4f Test_acc: %.3f" % (test_l, acc))

# %% settings
lr = 0.1
num_epochs = 10
batch_size = 256

# %% load_data
trans = transforms.ToTensor()
mnist_train = torchvision.datasets.FashionMNIST(
    root="../data", train=True, transform=trans, download=True
)
mnist_test = torchvision.datasets.FashionMNIST(
    root="../data", train=False, transform=trans, download=True
)
train_iter = data.DataLoader(mnist_train, batch_size, shuffle=True)
test_iter = data.DataLoader(mnist_test, batch_size, shuffle=False)

# %% net
net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))


def init_weights(m):
    """Draw the weights of a linear layer from N(0, 0.01 squared)."""
    if isinstance(m, nn.Linear):
        nn.init.normal_(m.weight, std=0.01)


net.apply(init_weights)
loss = nn.CrossEntropyLoss(reduction="none")
trainer = torch.optim.SGD(net.parameters(), lr=lr)
print(net)


# %% evaluate_accuracy
def evaluate_accuracy(net, data_iter):
    """Return the share of right predictions over a whole data set."""
    net.eval()
    right, total = 0, 0
    with torch.no_grad():
        for X, y in data_iter:
            right += (net(X).argmax(1) == y).sum().item()
            total += len(y)
    return right / total


# %% train_epoch
def train_epoch(net, train_iter, loss, trainer):
    """Go once through the training set; return mean loss and accuracy on the way."""
    net.train()
    sum_loss, right, total = 0.0, 0, 0
    for X, y in train_iter:
        y_hat = net(X)
        l = loss(y_hat, y)
        trainer.zero_grad()
        l.mean().backward()
        trainer.step()
        sum_loss += l.sum().item()
        right += (y_hat.argmax(1) == y).sum().item()
        total += len(y)
    return sum_loss / total, right / total


# %% training
for epoch in range(num_epochs):
    train_loss, train_acc = train_epoch(net, train_iter, loss, trainer)
    test_acc = evaluate_accuracy(net, test_iter)
    print(
        f"epoch {epoch + 1}, "
        f"train loss {train_loss:.3f}, "
        f"train acc {train_acc:.3f}, "
        f"test acc {test_acc:.3f}"
    )
