# %% imports
import torch
from IPython import display
from d2l import torch as d2l
from torchvision import transforms
import torchvision
from torch.utils import data

# %% load_data_fashion_mnist
batch_size = 256


def load_data_fashion_mnist(batch_size, resize=None):
    """Fetch Fashion-MNIST if need be; return a loader of the training and one of the test set."""
    trans = [transforms.ToTensor()]
    if resize:
        trans.insert(0, transforms.Resize(resize))
    trans = transforms.Compose(trans)
    mnist_train = torchvision.datasets.FashionMNIST(
        root="../data", train=True, transform=trans, download=True
    )
    mnist_test = torchvision.datasets.FashionMNIST(
        root="../data", train=False, transform=trans, download=True
    )
    return (
        data.DataLoader(mnist_train, batch_size, shuffle=True, num_workers=0),
        data.DataLoader(mnist_test, batch_size, shuffle=False, num_workers=0),
    )


# %% loaders
train_iter, test_iter = load_data_fashion_mnist(batch_size)

# %% parameters
num_inputs = 784  # 28 x 28 pixels in a row
num_outputs = 10  # classes

W = torch.normal(0, 0.01, size=(num_inputs, num_outputs), requires_grad=True)
b = torch.zeros(num_outputs, requires_grad=True)


# %% softmax
def softmax(X):
    """Turn each row of scores into probabilities that add up to one."""
    X_exp = torch.exp(X)
    partition = X_exp.sum(1, keepdim=True)
    # keepdim leaves a column, which broadcasts along each row.
    return X_exp / partition


# %% net
def net(X):
    """Flatten the images and return ten probabilities for each."""
    return softmax(torch.matmul(X.reshape((-1, W.shape[0])), W) + b)


# %% cross_entropy
def cross_entropy(y_hat, y):
    """Return minus the log of the probability given to each true class."""
    return -torch.log(y_hat[range(len(y_hat)), y])


# %% accuracy
def accuracy(y_hat, y):
    """Return how many predictions are right."""
    if len(y_hat.shape) > 1 and y_hat.shape[1] > 1:
        y_hat = y_hat.argmax(axis=1)
    # == asks for one dtype on both sides, and so does the sum afterwards.
    cmp = y_hat.type(y.dtype) == y
    return float(cmp.type(y.dtype).sum())


# %% Accumulator
class Accumulator:
    """Keep n running sums."""

    def __init__(self, n):
        self.data = [0.0] * n

    def add(self, *args):
        self.data = [a + float(b) for a, b in zip(self.data, args)]

    def reset(self):
        self.data = [0.0] * len(self.data)

    def __getitem__(self, idx):
        return self.data[idx]


# %% evaluate_accuracy
def evaluate_accuracy(net, data_iter):
    """Return the share of right predictions over a whole data set."""
    if isinstance(net, torch.nn.Module):
        net.eval()
    metric = Accumulator(2)  # right predictions, predictions
    with torch.no_grad():
        for X, y in data_iter:
            metric.add(accuracy(net(X), y), y.numel())
    return metric[0] / metric[1]


# %% train_epoch_ch3
def train_epoch_ch3(net, train_iter, loss, updater):
    """Go once through the training set; return mean loss and accuracy on the way."""
    if isinstance(net, torch.nn.Module):
        net.train()
    metric = Accumulator(3)  # sum of losses, right predictions, examples
    for X, y in train_iter:
        y_hat = net(X)
        l = loss(y_hat, y)
        if isinstance(updater, torch.optim.Optimizer):
            # An optimizer has its step size already: it gets the mean's gradient.
            updater.zero_grad()
            l.mean().backward()
            updater.step()
        else:
            # A function divides by the batch size itself: it gets the sum's gradient.
            l.sum().backward()
            updater(X.shape[0])
        metric.add(float(l.sum()), accuracy(y_hat, y), y.numel())
    return metric[0] / metric[2], metric[1] / metric[2]


# %% train_ch3
def train_ch3(net, train_iter, test_iter, loss, num_epochs, updater):
    """Train for num_epochs, print a line after each, and check that learning took place."""
    for epoch in range(num_epochs):
        train_metrics = train_epoch_ch3(net, train_iter, loss, updater)
        test_acc = evaluate_accuracy(net, test_iter)
        print(
            f"epoch {epoch + 1}, "
            f"train loss {train_metrics[0]:.3f}, "
            f"train acc {train_metrics[1]:.3f}, "
            f"test acc {test_acc:.3f}"
        )
    train_loss, train_acc = train_metrics
    assert train_loss < 0.5, train_loss
    assert train_acc <= 1 and train_acc > 0.7, train_acc
    assert test_acc <= 1 and test_acc > 0.7, test_acc


# %% lr
lr = 0.1


# %% updater
def updater(batch_size):
    """Take one step with W and b."""
    return d2l.sgd([W, b], lr, batch_size)


# %% num_epochs
num_epochs = 10

# %% training
train_ch3(net, train_iter, test_iter, cross_entropy, num_epochs, updater)
