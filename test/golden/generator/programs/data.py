# %% rows of tensors
X = torch.randn(7, 2)
y = torch.arange(7)
rows = data.TensorDataset(X, y)
print(len(rows))
for i in [2, -1]:
    a, b = rows[i]
    print(a, b)
for options in [{}, {"shuffle": True}, {"drop_last": True}, {"shuffle": True, "drop_last": True}, {"shuffle": True, "generator": torch.Generator().manual_seed(5)}]:
    loader = data.DataLoader(rows, 3, **options)
    print(len(loader))
    for epoch in range(2):
        for a, b in loader:
            print(a, b)
print(torch.randint(0, 1000, (3,)))

# %% parts of a data set
numbers = list(range(20))
some = data.Subset(numbers, [3, 1, 4, 1, 5])
print(len(some), some[2], some[-1])
for batch in data.DataLoader(some, 2, shuffle=True):
    print(batch)
for lengths in [[12, 5, 3], [0.7, 0.3], [0.5, 0.3, 0.2], [1.0], [20], [0.33, 0.33, 0.34], [19, 1, 0]]:
    for part in data.random_split(numbers, lengths):
        print(len(part), list(part))
for part in data.random_split(numbers, [15, 5], generator=torch.Generator().manual_seed(42)):
    print(list(part))
print(torch.randint(0, 1000, (3,)))

# %% orders of visits
numbers = list(range(10))
for sampler in [[2, 0, 9], data.SequentialSampler(numbers), data.RandomSampler(numbers), data.RandomSampler(numbers, num_samples=25), data.RandomSampler(numbers, replacement=True), data.RandomSampler(numbers, replacement=True, num_samples=70, generator=torch.Generator().manual_seed(3)), data.SubsetRandomSampler([5, 6, 7, 8])]:
    loader = data.DataLoader(numbers, 4, sampler=sampler)
    print(len(loader))
    for epoch in range(2):
        for batch in loader:
            print(batch)
print(torch.randint(0, 1000, (3,)))
