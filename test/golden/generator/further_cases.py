"""More cases of ops.json, in the form of operation_cases.py: what the next chapters call."""


def positions():
    """Sorting, choosing, writing at positions, and what NaN, ties and negative dims do there."""
    for op, code, *specs in [
        ("sort", "x0.sort()", ((9,), "n")),
        ("sort", "x0.sort(0, descending=True)", ((4, 3), "n")),
        ("sort", "x0.sort(stable=True, dim=-2)", ((5, 3), "tie")),
        ("sort", "x0.argsort(1)", ((3, 4), "n")),
        ("sort", "x0.argsort(dim=-1, descending=True, stable=True)", ((2, 6), "tie")),
        ("topk", "x0.topk(3)", ((7,), "n")),
        ("topk", "x0.topk(2, 0, largest=False)", ((4, 3), "n")),
        ("bincount", "torch.bincount(x0)", ((9,), "k5")),
        ("bincount", "torch.bincount(x0, minlength=8)", ((9,), "k5")),
        ("bincount", "torch.bincount(x0, weights=x1.detach())", ((9,), "k5"), ((9,), "d")),
        ("one_hot", "F.one_hot(x0, 5)", ((2, 3), "k5")),
        ("gather", "x0.gather(1, x1)", ((3, 4), "n"), ((3, 2), "k4")),
        ("gather", "x0.gather(-2, x1)", ((3, 4), "n"), ((2, 4), "k3")),
        ("scatter", "torch.zeros(3, 4).scatter_(1, x1, x0)", ((3, 4), "n"), ((3, 4), "k4")),
        ("scatter", "(x0 * 1).scatter_(0, x1, 2.5)", ((3, 4), "n"), ((1, 4), "k3")),
        ("index_add", "(x0 * 1).index_add_(0, x2, x1)", ((4, 3), "n"), ((5, 3), "n"), ((5,), "k4")),
        ("index_add", "(x0 * 1).index_add_(1, x2, x1, alpha=-2)", ((2, 4), "n"), ((2, 3), "n"), ((3,), "k4")),
        ("masked", "x0.masked_fill(x1, 3.5)", ((3, 4), "n"), ((4,), "b")),
        ("masked", "x0.masked_select(x1)", ((3, 4), "n"), ((3, 4), "b")),
        ("nonzero", "x0.nonzero()", ((3, 4), "tie")),
        ("nonzero", "torch.nonzero(x0)", ((0, 2), "n")),
    ]:
        yield op, code, *specs


def rearranged():
    """Pieces, copies and triangles."""
    for op, code, shape in [
        ("split", "x0.split(2)", (5, 2)),
        ("split", "x0.split([1, 0, 3], -1)", (2, 4)),
        ("split", "x0.chunk(3, 1)", (2, 7)),
        ("tile", "x0.tile(2)", (3, 2)),
        ("tile", "x0.tile(2, 1, 3)", (2, 2)),
        ("tile", "x0.repeat(2, 1, 2)", (2, 3)),
        ("roll", "x0.roll(2)", (3, 2)),
        ("roll", "x0.roll((1, -1), (0, 1))", (3, 4)),
        ("flip", "x0.flip(0, -1)", (3, 2, 2)),
        ("triangle", "x0.tril(-1)", (4, 3)),
        ("triangle", "x0.triu(1)", (2, 3, 4)),
        ("diag", "torch.diag(x0, 1)", (3,)),
        ("diag", "x0.diagonal(-1)", (3, 4)),
    ]:
        yield op, code, (shape, "n")


def products():
    """Products of vectors and batches, and Einstein's notation."""
    for code, *shapes in [
        ("torch.outer(x0, x1)", (3,), (4,)),
        ("torch.dot(x0, x1)", (7,), (7,)),
        ("torch.mv(x0, x1)", (3, 4), (4,)),
        ("torch.bmm(x0, x1)", (2, 3, 4), (2, 4, 2)),
        ("torch.addmm(x0, x1, x2, beta=0.5, alpha=2)", (3,), (2, 4), (4, 3)),
        ("torch.einsum('ij,jk->ik', x0, x1)", (3, 4), (4, 2)),
        ("torch.einsum('bij,bjk->bik', x0, x1)", (2, 3, 4), (2, 4, 2)),
        ("torch.einsum('ii->i', x0)", (3, 3)),
        ("torch.einsum('ii', x0)", (3, 3)),
        ("torch.einsum('i,j->ij', x0, x1)", (3,), (2,)),
        ("torch.einsum('ij->j', x0)", (3, 2)),
        ("torch.einsum('...i,i->...', x0, x1)", (2, 3, 4), (4,)),
    ]:
        # The last step of an einsum is PyTorch's own affair; that of the product with 1 is not.
        code = code + " * 1" if "einsum" in code else code
        yield "product", code, *[(shape, "n") for shape in shapes]


def element_wise():
    """Roundings, logarithms and tests of single elements, and products along a dimension."""
    for op, code, kind in [
        ("round", "x0.floor()", "n"),
        ("round", "x0.ceil()", "n"),
        ("round", "x0.trunc()", "n"),
        ("round", "x0.round()", "tie"),
        ("sign", "x0.sign()", "tie"),
        ("rsqrt", "x0.rsqrt()", "p"),
        ("exp", "torch.expm1(x0)", "n"),
        ("log", "torch.log2(x0)", "p"),
        ("log", "torch.log10(x0)", "p"),
        ("log", "torch.log1p(x0)", "p"),
        ("softplus", "F.softplus(x0)", "big"),
        ("softplus", "F.softplus(x0, beta=2, threshold=1)", "n"),
        ("prod", "x0.prod()", "n"),
        ("prod", "x0.prod(-1, keepdim=True)", "tie"),
        ("prod", "x0.prod(0)", "n"),
        ("cumsum", "x0.cumsum(-1)", "n"),
        ("var", "x0.var()", "n"),
        ("var", "x0.var(0, correction=0)", "n"),
        ("std", "x0.std(1, keepdim=True)", "n"),
        ("norm", "x0.norm(p=1, dim=0)", "n"),
        ("norm", "x0.norm(p=float('inf'))", "n"),
        ("logsumexp", "x0.logsumexp(1)", "big"),
        ("logsumexp", "x0.logsumexp((0, 1), keepdim=True)", "n"),
        ("amax", "x0.amax(0)", "tie"),
        ("amax", "x0.amin((0, 1))", "tie"),
        ("test", "(x0 / 0).isnan()", "tie"),
        ("test", "(x0 / 0).isinf()", "tie"),
        ("test", "(x0 / 0).isfinite()", "tie"),
        ("test", "(x0 > 0).all(1)", "tie"),
        ("test", "x0.any(-1, keepdim=True)", "tie"),
    ]:
        yield op, code, ((3, 4), kind)
        yield op, code, ((4, 3), kind, "t()")
    for op, code, kinds in [
        ("remainder", "torch.remainder(x0, x1)", "np"),
        ("remainder", "torch.remainder(x0, -x1)", "np"),
        ("floor_divide", "torch.floor_divide(x0.detach(), x1.detach())", "np"),
        ("floor_divide", "torch.floor_divide(x0, x1 * 2 + 1)", ("l", "k4")),
        ("remainder", "torch.remainder(x0, x1 - 7)", ("l", "k4")),
        ("logic", "torch.logical_and(x0, x1)", ("tie", "tie")),
        ("logic", "torch.logical_or(x0, x1)", ("tie", "b")),
        ("logic", "torch.logical_xor(x0, x1)", ("l", "tie")),
        ("logic", "torch.logical_not(x0) & x1", ("tie", "b")),
        ("clamp", "torch.clamp(x0, x1.min().item(), 0.5)", "nn"),
    ]:
        yield op, code, ((3, 4), kinds[0]), ((4,), kinds[1])
        yield op, code, ((2, 1), kinds[0]), ((1, 3), kinds[1])


def empty():
    """What is left of nothing."""
    for code in [
        *["x0.sum()", "x0.prod()", "x0.mean()", "x0.cumsum(0)", "x0.norm()", "x0.all()", "x0.any()"],
        *["x0.sort(0)", "x0.flip(0)", "x0.tril()", "x0.nonzero()", "x0.logsumexp(1)", "x0.round()"],
        *["x0 @ x0.t()", "x0.t() @ x0", "x0.var()", "x0.std(0)", "x0.masked_select(x0 > 0)"],
    ]:
        yield "empty", code, ((0, 3), "n")


def cases():
    yield from positions()
    yield from rearranged()
    yield from products()
    yield from element_wise()
    yield from empty()
