"""The cases of ops.json: (op, expression over x0, x1 ..., spec of x0, spec of x1 ...).

A spec is (shape, kind) or (shape, kind, view); operations.py draws the kinds.  The order
counts: all data come from one stream.
"""


import further_cases


def arithmetic():
    """Binary operators over broadcast, empty, 0-d and strided operands; comparisons."""
    pairs = [
        (((3, 4), None), ((3, 4), None)),
        (((1, 3), None), ((2, 1), None)),
        (((2, 3), None), ((), None)),
        (((), None), ((), None)),
        (((0, 3), None), ((1, 3), None)),
        (((2, 1, 4), None), ((3, 1), None)),
        (((5,), None), ((4, 5), None)),
        (((3, 4), None), ((4, 3), "t()")),
        (((4, 6), "[:, ::2]"), ((4, 3), None)),
        (((5, 5), "[1:4, 2:]"), ((1, 3), None)),
    ]
    for op, code, kinds in [
        ("add", "x0 + x1", "nn"),
        ("sub", "x0 - x1", "nn"),
        ("mul", "x0 * x1", "nn"),
        ("div", "x0 / x1", "np"),
        ("max", "torch.maximum(x0, x1)", "nn"),
        ("min", "torch.minimum(x0, x1)", "nn"),
        ("pow", "x0 ** x1", "pn"),
    ]:
        for (s0, v0), (s1, v1) in pairs:
            yield op, code, (s0, kinds[0], v0), (s1, kinds[1], v1)
    yield "max", "torch.maximum(x0, x1)", ((12,), "tie"), ((12,), "tie")
    yield "min", "torch.minimum(x0, x1)", ((12,), "tie"), ((12,), "tie")
    for sign in ["==", "!=", ">", "<", ">=", "<="]:
        yield "cmp", f"x0 {sign} x1", ((4, 5), "tie"), ((5,), "tie")
        yield "cmp", f"x0 {sign} 0", ((7,), "tie")
        yield "cmp", f"x0 {sign} x1", ((3,), "l"), ((2, 3), "tie")


def with_scalars():
    """A tensor and a Python number on either side."""
    for op, code, kind in [
        ("add", "x0 + 2", "n"),
        ("add", "0.1 + x0", "n"),
        ("sub", "2 - x0", "n"),
        ("sub", "x0 - 0.3", "n"),
        ("mul", "x0 * 0.5", "n"),
        ("mul", "-1 * x0", "n"),
        ("mul", "0.1 * x0", "n"),
        ("div", "1 / x0", "p"),
        ("div", "x0 / 255", "n"),
        ("div", "x0 / 10", "n"),
        ("div", "3 / x0", "p"),
        ("pow", "x0 ** 2", "n"),
        ("pow", "x0 ** 3", "n"),
        ("pow", "x0 ** 0.5", "p"),
        ("pow", "x0 ** -1", "p"),
        ("pow", "x0 ** 1.7", "p"),
        ("pow", "x0 ** 4", "n"),
        ("pow", "x0 ** 0", "n"),
        ("pow", "2 ** x0", "n"),
        ("neg", "-x0", "n"),
        ("axpy", "torch.add(x0, x0, alpha=3)", "n"),
        ("axpy", "torch.sub(x0, x0, alpha=0.3)", "n"),
        ("sub", "x0 - x0 * 0.3", "n"),
    ]:
        yield op, code, ((2, 3), kind)
        yield op, code, ((3, 5), kind, "t()")


def element_wise():
    """Functions of one element, over contiguous, 0-d, empty, transposed and sliced tensors."""
    layouts = [
        ((2, 3), None),
        ((), None),
        ((0,), None),
        ((37,), None),
        ((4, 3), "t()"),
        ((5, 6), "[1:, ::2]"),
    ]
    for op, code, kind in [
        ("exp", "torch.exp(x0)", "n"),
        ("exp", "x0.exp()", "big"),
        ("log", "torch.log(x0)", "p"),
        ("sqrt", "torch.sqrt(x0)", "p"),
        ("abs", "torch.abs(x0)", "tie"),
        ("sigmoid", "torch.sigmoid(x0)", "n"),
        ("sigmoid", "torch.sigmoid(x0)", "big"),
        ("tanh", "torch.tanh(x0)", "n"),
        ("relu", "torch.relu(x0)", "tie"),
        ("neg", "x0.neg()", "n"),
        ("clamp", "x0.clamp(-0.5, 0.5)", "n"),
        ("clamp", "x0.clamp(min=0)", "tie"),
        ("clamp", "x0.clamp(max=1)", "tie"),
        ("square", "x0.square()", "n"),
        ("reciprocal", "x0.reciprocal()", "p"),
        ("log1p", "torch.log1p(x0)", "p"),
        ("sin", "torch.sin(x0)", "n"),
        ("cos", "torch.cos(x0)", "n"),
        ("round", "x0.round()", "big"),
        ("round", "x0.floor()", "big"),
        ("logsigmoid", "F.logsigmoid(x0)", "n"),
        ("softplus", "F.softplus(x0)", "n"),
        ("lrelu", "F.leaky_relu(x0, 0.1)", "n"),
        ("sign", "x0.sign()", "tie"),
    ]:
        for shape, view in layouts:
            yield op, code, (shape, kind, view)


def reductions():
    """sum and mean over everything, a dimension, several; then extremes with ties."""
    shapes = [
        ((2, 3), None),
        ((3, 4, 5), None),
        ((37,), None),
        ((), None),
        ((0, 3), None),
        ((100, 7), None),
        ((7, 30), "t()"),
        ((1000,), None),
        ((256, 10), None),
    ]
    for f in ["sum", "mean"]:
        for shape, view in shapes:
            x = (shape, "n", view)
            yield f, f"x0.{f}()", x
            if len(shape) >= 1:
                yield f, f"x0.{f}(0)", x
            if len(shape) >= 2:
                yield f, f"x0.{f}(1, keepdim=True)", x
                yield f, f"x0.{f}((0, 1))", x
                yield f, f"x0.{f}(dim=-1)", x
    for shape, view in [((4, 5), None), ((3, 4, 5), None), ((6, 4), "t()")]:
        for kind in ["n", "tie"]:
            x = (shape, kind, view)
            yield "max", "x0.max()", x
            yield "min", "x0.min()", x
            for d in (0, -1):
                yield "max", f"tuple(x0.max({d}))", x
                yield "min", f"tuple(torch.min(x0, {d}, keepdim=True))", x
                yield "arg", f"x0.argmax({d})", x
                yield "arg", f"x0.argmin(dim={d}, keepdim=True)", x
                yield "amax", f"x0.amax({d})", x
            yield "arg", "x0.argmax()", x
            yield "arg", "x0.argmax(axis=1)", x


def matrices():
    """Products in every layout that the labs meet, and the smaller relatives of matmul."""
    for s0, s1 in [
        ((3, 2), (2, 4)),
        ((10, 2), (2, 1)),
        ((1, 1), (1, 1)),
        ((0, 2), (2, 3)),
        ((2, 0), (0, 3)),
        ((5, 7), (7, 5)),
        ((16, 33), (33, 8)),
        ((64, 100), (100, 10)),
    ]:
        x0, x1, turned = (s0, "n"), (s1, "n"), s1[::-1]
        yield "mm", "torch.mm(x0, x1)", x0, x1
        yield "mm", "x0 @ x1", (s0[::-1], "n", "t()"), x1
        yield "mm", "torch.matmul(x0, x1)", x0, (turned, "n", "t()")
        yield "mm", "torch.matmul(x0, x1) + x2", x0, x1, ((s1[1],), "n")
        yield "mm", "torch.mm(x0, torch.t(x1))", x0, (turned, "n")
    yield "mm", "x0 @ x1", ((5,), "n"), ((5,), "n")
    yield "mm", "x0 @ x1", ((3, 5), "n"), ((5,), "n")
    yield "mm", "x0 @ x1", ((3,), "n"), ((3, 5), "n")
    yield "mm", "torch.dot(x0, x1)", ((9,), "n"), ((9,), "n")
    yield "mm", "torch.mv(x0, x1)", ((4, 3), "n"), ((3,), "n")
    yield "bmm", "torch.bmm(x0, x1)", ((2, 3, 4), "n"), ((2, 4, 5), "n")
    yield "bmm", "x0 @ x1", ((2, 3, 4), "n"), ((4, 5), "n")
    yield "bmm", "x0 @ x1", ((3, 4), "n"), ((2, 4, 5), "n")
    yield "bmm", "x0 @ x1", ((2, 1, 3, 4), "n"), ((5, 4, 2), "n")
    yield "bmm", "x0 @ x1", ((2, 3, 4), "n"), ((4,), "n")
    yield "linear", "F.linear(x0, x1, x2)", ((5, 3), "n"), ((2, 3), "n"), ((2,), "n")
    yield "linear", "torch.addmm(x2, x0, x1)", ((5, 3), "n"), ((3, 2), "n"), ((2,), "n")


def shapes():
    """Views, copies and repetitions; concatenation."""
    for code in [
        *["x0.transpose(0, 2)", "x0.permute(2, 0, 1)", "x0.permute(*[1, 2, 0])", "x0.reshape(-1)"],
        *["x0.reshape(6, 4)", "x0.view(6, -1)", "x0.view(1, 24)"],
        *["x0.transpose(1, 2).reshape(4, 6)", "x0.unsqueeze(0)", "x0.unsqueeze(-1)"],
        *["x0[:1].squeeze()", "x0[:, :1].squeeze(1)", "x0.squeeze(0)", "x0.flatten()"],
        *["x0.flatten(1)", "x0.repeat(2, 1, 1)", "x0.expand(5, *x0.shape)"],
        *["x0[:1].expand(3, -1, -1)", "x0.mT", "x0.movedim(0, 2)", "x0.flip(0)"],
        *["x0.flip((0, 2))", "x0.contiguous()", "x0.clone()", "x0.swapaxes(0, 1)"],
        *["torch.atleast_2d(x0)", "x0.chunk(2, 0)", "x0.split(1, 1)", "x0.unbind(0)"],
        *["x0.roll(1, 0)", "x0.view(x0.size())", "x0.reshape((-1, x0.shape[-1]))"],
    ]:
        yield "shape", code, ((2, 3, 4), "n")
    for shape in [(2, 3), (4,), (), (1, 1)]:
        yield "shape", "torch.t(x0)", (shape, "n")
    yield "shape", "x0.T", ((3, 5), "n")
    yield "shape", "x0.tril()", ((4, 4), "n")
    yield "shape", "x0.triu(1)", ((4, 4), "n")
    yield "shape", "x0.diag()", ((4,), "n")
    yield "shape", "x0.diagonal()", ((3, 4), "n")
    yield "shape", "torch.broadcast_to(x0, (3, 4))", ((1, 4), "n")
    for code, sizes in [
        ("torch.cat((x0, x1), 0)", [(2, 3), (4, 3)]),
        ("torch.cat((x0, x1), 1)", [(2, 3), (2, 1)]),
        ("torch.cat([x0, x1, x2], -1)", [(2, 3), (2, 1), (2, 2)]),
        ("torch.cat((x0, x1))", [(3,), (0,)]),
        ("torch.cat((x0, x1.t()), 0)", [(2, 3), (3, 2)]),
        ("torch.stack((x0, x1))", [(2, 3), (2, 3)]),
        ("torch.stack((x0, x1), 1)", [(2, 3), (2, 3)]),
        ("torch.stack((x0, x1), -1)", [(4,), (4,)]),
        ("torch.stack([x0, x1])", [(), ()]),
        ("torch.cat((x0, x0, x1), 0)", [(50, 2), (50, 2)]),
        ("torch.vstack((x0, x1))", [(3,), (3,)]),
        ("torch.hstack((x0, x1))", [(3,), (2,)]),
    ]:
        yield "cat", code, *[(size, "n") for size in sizes]


def indexing():
    """Subscripts of every kind, gather, masks; where."""
    for code in [
        *["x0.index_select(0, x1)", "torch.index_select(x0, 1, x1 % 4)", "x0[x1]"],
        *["x0[x1, x1 % 4]", "x0[:, x1 % 4]", "x0[range(4), x1 % 4]"],
        *["x0[x1[:, None], torch.tensor([0, 2])]", "x0[x1 > 2]", "x0[x1, 1:3]", "x0.take(x1)"],
    ]:
        # A mask has one entry a row; the index vectors have four.
        length = 5 if "x1 > 2" in code else 4
        yield "index", code, ((5, 4), "n"), ((length,), "k5")
    for code in [
        *["x0[0]", "x0[-1]", "x0[1, 2]", "x0[:, 1]", "x0[1:4]", "x0[:, ::2]", "x0[1:, 1:3]"],
        *["x0[..., 0]", "x0[None]", "x0[:, None, 1]", "x0[::2][1:]", "x0.t()[1]", "x0[-2:]"],
        *["x0[3:1]", "x0.select(1, 0)", "x0.narrow(0, 1, 2)", "x0[x0 > 0]"],
        *["x0.masked_select(x0 > 0)", "x0[[0, 2]]", "x0[[0, 2], [1, 1]]"],
        *["x0[torch.tensor([[0, 1], [1, 0]])]", "x0[0:2, torch.tensor([1, 0])]"],
    ]:
        yield "index", code, ((5, 4), "n")
    yield "index", "x0[range(len(x0)), x1]", ((8, 10), "u"), ((8,), "k10")
    yield "index", "x0.gather(1, x1)", ((3, 4), "n"), ((3, 2), "k4")
    yield "index", "x0.gather(0, x1)", ((3, 4), "n"), ((2, 4), "k3")
    yield "index", "x0.gather(1, x1.view(-1, 1))", ((6, 4), "n"), ((6,), "k4")
    table = ((3, 4), "n")
    yield "where", "torch.where(x2, x0, x1)", table, table, ((3, 4), "b")
    yield "where", "torch.where(x0 > 0, x0, x1)", table, ((), "n")
    yield "where", "torch.where(x0 > 0.5, 1, 0)", ((3, 4), "u")
    yield "where", "torch.where(x1, x0, 0.)", table, ((4,), "b")
    yield "where", "x0.masked_fill(x1, -1.5)", table, ((4,), "b")
    yield "where", "torch.where(x2, x0, x1)", ((3, 1), "n"), ((1, 4), "n"), ((), "b")


def losses():
    """Softmax and its relatives, the loss functions, and the formulas of exercises 4 and 5."""
    for shape, view in [
        ((3, 5), None),
        ((10,), None),
        ((2, 3, 4), None),
        ((6, 3), "t()"),
        ((32, 10), None),
    ]:
        x = (shape, "n", view)
        for d in (0, -1):
            yield "softmax", f"F.softmax(x0, {d})", x
            yield "log_softmax", f"torch.log_softmax(x0, dim={d})", x
            yield "logsumexp", f"torch.logsumexp(x0, {d})", x
        yield "softmax", "torch.exp(x0) / torch.exp(x0).sum(-1, keepdim=True)", x
    column, pair = ((10, 1), "n"), ((10, 2), "n")
    share, truth = ((10, 1), "u"), ((10, 1), "y")
    scores, classes = ((10, 5), "n"), ((10,), "k5")
    for r in ["mean", "sum", "none"]:
        option = f'reduction="{r}"'
        yield "bce", f"nn.BCELoss({option})(x0, x1)", share, truth
        yield "bcel", f"nn.BCEWithLogitsLoss({option})(x0, x1)", column, truth
        call = f"F.binary_cross_entropy_with_logits(x0, x1, {option})"
        yield "bcel", call, ((10, 2), "big"), ((10, 2), "u")
        yield "ce", f"nn.CrossEntropyLoss({option})(x0, x1)", scores, classes
        yield "ce", f"F.cross_entropy(x0, x1, {option})", ((10, 10), "big"), ((10,), "k10")
        yield "nll", f"F.nll_loss(x0, x1, {option})", scores, classes
        yield "nll", f"F.nll_loss(F.log_softmax(x0, 1), x1, {option})", scores, classes
        yield "mse", f"nn.MSELoss({option})(x0, x1)", column, column
        yield "l1", f"F.l1_loss(x0, x1, {option})", pair, pair
    yield "mse", "(x0 - x1.view(x0.size())) ** 2 / 2", column, ((10,), "n")
    yield "bce", "nn.BCELoss()(torch.sigmoid(x0), x1)", ((10,), "n"), ((10,), "y")
    loss = "-torch.mean(x1 * torch.log({p} + 1e-7) + (1 - x1) * torch.log(1 - {p} + 1e-7))"
    yield "lab4", loss.format(p="x0"), share, ((10,), "y")
    weights, bias = ((2, 1), "n"), ((1,), "n")
    yield "lab4", "1/(1 + torch.exp(-1 * torch.mm(x0, x1) + x2))", pair, weights, bias
    yield "lab5", "-torch.log(x0[range(len(x0)), x1])", ((10, 10), "u"), ((10,), "k10")
    model = "1/(1 + torch.exp(-1 * torch.mm(x0, x2) + x3))"
    yield "lab4", loss.format(p=model), pair, ((10,), "y"), weights, bias


def dtypes():
    """Conversions, promotion between dtypes, and reductions of integers and booleans."""
    for code, kind in [
        ("x0.double()", "n"),
        ("x0.long()", "big"),
        ("x0.int()", "big"),
        ("x0.bool()", "tie"),
        ("x0.float()", "l"),
        ("x0.float()", "b"),
        ("x0.long()", "b"),
        ("x0.to(torch.float64) * 2", "n"),
        ("x0.type(torch.FloatTensor)", "d"),
        ("x0.type(torch.LongTensor)", "big"),
        ("x0.float()", "d"),
        ("x0.to(torch.uint8)", "k200"),
        ("x0.to(torch.float32).div(255)", "u8"),
        ("x0 / 255", "u8"),
        ("x0 + 1", "l"),
        ("x0 + 1.5", "l"),
        ("x0 / 2", "l"),
        ("x0 // 2", "l"),
        ("x0 % 3", "l"),
        ("x0 * 2", "b"),
        ("x0 + 1", "b"),
        ("x0 + 1.5", "b"),
        ("~x0", "b"),
        ("-x0", "l"),
        ("x0 ** 2", "l"),
        ("x0 * 0.1", "d"),
        ("x0 / x0", "k5"),
        ("x0.type(torch.int64) == 1", "tie"),
        ("x0 * 2", "i32"),
        ("x0 / 4", "i32"),
        ("x0 == x0", "l"),
        ("x0 & x0", "b"),
        ("torch.logical_not(x0)", "b"),
    ]:
        yield "type", code, ((7,), kind)
    for code, k0, k1 in [
        ("x0 + x1", "l", "n"),
        ("x0 * x1", "b", "n"),
        ("x0 + x1", "n", "d"),
        ("x0 - x1", "l", "i32"),
        ("x0 * x1", "b", "l"),
        ("x0 / x1", "l", "p"),
        ("x0 + x1", "u8", "l"),
        ("x0 * x1", "d", "l"),
        ("x0 == x1", "l", "tie"),
    ]:
        yield "type", code, ((5,), k0), ((5,), k1)
        yield "type", code, ((5,), k0), ((), k1)
    for code, kind in [
        ("x0.sum()", "l"),
        ("x0.sum()", "b"),
        ("x0.sum(0)", "b"),
        ("x0.sum(1)", "i32"),
        ("x0.sum()", "u8"),
        ("(x0 == x0.t()).sum()", "l"),
        ("x0.max()", "l"),
        ("x0.argmax(1)", "l"),
        ("x0.any()", "b"),
        ("x0.all(1)", "b"),
        ("x0.cumsum(0)", "l"),
        ("x0.prod()", "k3"),
    ]:
        yield "intsum", code, ((4, 4), kind)


def statistics():
    """Running sums, norms, variances, products."""
    for shape, view in [((9,), None), ((4, 5), None), ((5, 3), "t()")]:
        x = (shape, "n", view)
        yield "cumsum", "x0.cumsum(0)", x
        yield "cumsum", "x0.cumsum(-1)", x
        yield "norm", "x0.norm()", x
        yield "norm", "torch.norm(x0, p=1)", x
        yield "norm", "x0.norm(dim=0)", x
        for f in ["var", "std"]:
            yield f, f"x0.{f}()", x
            yield f, f"x0.{f}(0)", x
            yield f, f"x0.{f}(0, unbiased=False)", x
            yield f, f"x0.{f}(dim=-1, keepdim=True)", x
    yield "norm", "x0.norm(2, 1, keepdim=True)", ((3, 4), "n")
    yield "prod", "x0.prod()", ((5,), "n")
    yield "prod", "x0.prod(1)", ((3, 4), "n")


def chains():
    """Gradients that meet: a leaf used twice, a value broadcast twice, a detached factor."""
    for code, sizes in [
        ("(x0 * x0 + x0).sum()", [(4,)]),
        ("(x0 - x0.mean()) / x0.std()", [(6,)]),
        ("x0 * x0.detach()", [(4,)]),
        ("(x0 + x0.t()).sum(0)", [(3, 3)]),
        ("((x0 @ x1).relu() @ x2).mean()", [(5, 4), (4, 6), (6, 1)]),
        ("x0[0] * x0[1] + x0[2]", [(3, 4)]),
        ("torch.cat((x0, x0 * 2), 0).mean(0)", [(3, 4)]),
        ("(x0.view(-1) ** 2).sum() + x0.max()", [(3, 4)]),
        ("((x0 - x1) ** 2).mean()", [(10, 1), (10,)]),
        ("x0.expand(4, 3).sum(0) * x1", [(1, 3), (3,)]),
        ("x0 - x0.max(1, keepdim=True).values", [(4, 5)]),
        ("(x0 / x0.norm(dim=1, keepdim=True)) @ x1.t()", [(4, 3), (4, 3)]),
    ]:
        yield "chain", code, *[(size, "n") for size in sizes]


def cases():
    """Every case, in the order of ops.json."""
    yield from arithmetic()
    yield from with_scalars()
    yield from element_wise()
    yield from reductions()
    yield from matrices()
    yield from shapes()
    yield from indexing()
    yield from losses()
    yield from dtypes()
    yield from statistics()
    yield from chains()
    yield from further_cases.cases()
