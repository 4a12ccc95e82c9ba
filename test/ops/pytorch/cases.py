"""The lines that are run in PyTorch and here, by topic: statements, then one expression."""

DTYPES = ["float32", "float64", "int64", "int32", "uint8", "bool"]


def tensor(values, dtype):
    return f"torch.tensor({values}, dtype=torch.{dtype})"


def promotion():
    """Results of two operands of all dtypes, ranks and Python numbers: values and dtype."""
    operands = [tensor("[1, 0]", d) for d in DTYPES] + [tensor("1", d) for d in DTYPES]
    operands += ["True", "2", "1.5"]
    for a in operands:
        for b in operands:
            if "tensor" not in a and "tensor" not in b:
                continue
            for op in ["+", "-", "*", "/", "**", "=="]:
                yield f"{a} {op} {b}"
            yield f"torch.where(torch.tensor([True, False]), {a}, {b})"
            if "tensor" in a and "tensor" in b:
                yield f"torch.maximum({a}, {b})"
                yield f"torch.cat([{a}, {b}])"
                yield f"torch.stack([{a}, {b}])"
            if "tensor" in a:
                for op in ["add_", "sub_", "mul_", "div_", "pow_"]:
                    yield f"x = {a}; x.{op}({b}); x"
    for d in DTYPES:
        for f in ["sum", "mean", "std", "max", "argmax", "exp", "neg", "abs", "sqrt", "sign", "square",
                  "reciprocal", "relu", "sigmoid"]:
            yield f"{tensor('[1, 0, 1]', d)}.{f}()"
        for e in DTYPES:
            yield f"{tensor('[1, 0, 1]', d)}.sum(dtype=torch.{e})"
            yield f"{tensor('[1, 0, 2]', d)}.to(torch.{e})"
            yield f"x = {tensor('[1, 0]', d)}; x.copy_({tensor('[2, 1]', e)}); x"


EXTREMES = ["300", "-1", "-0.5", "1.7", "-1.7", "3e9", "2**31", "-(2**31)-1", "float('nan')",
            "float('inf')", "-float('inf')", "1e300", "True", "0.0", "-0.0"]


def casts():
    """Values at and beyond the limits of a dtype, cast, filled and met by arithmetic."""
    for d in DTYPES:
        for v in EXTREMES:
            yield f"torch.tensor([{v}], dtype=torch.{d})"
            yield f"torch.full((1,), {v}, dtype=torch.{d})"
            yield f"torch.zeros(1, dtype=torch.{d}).fill_({v})"
            yield f"torch.zeros(1, dtype=torch.{d}) + {v}"
            yield f"torch.zeros(1, dtype=torch.{d}) * {v}"
            yield f"torch.zeros(1, dtype=torch.{d}) > {v}"
            yield f"torch.zeros(1, dtype=torch.{d}).masked_fill(torch.tensor([True]), {v})"
            yield f"torch.where(torch.tensor([True]), torch.zeros(1, dtype=torch.{d}), {v})"
            yield f"x = torch.zeros(2, dtype=torch.{d}); x[0] = {v}; x"
    for source in ["float32", "float64"]:
        for d in ["int32", "uint8", "bool"]:
            for v in ["300.", "-1.5", "3e9", "3000000001.", "-3e9", "1e30", "float('nan')",
                      "float('inf')", "-float('inf')", "255.9", "-0.5", "2147483647.", "2147483648.",
                      "-2147483648.", "-2147483649."]:
                yield f"torch.tensor([{v}], dtype=torch.{source}).to(torch.{d})"
    for d in ["int32", "uint8", "bool"]:
        for v in ["2**32 + 5", "-2**31 - 1", "2**40 + 7", "-1", "256", "2**53 - 1"]:
            yield f"torch.tensor([{v}]).to(torch.{d})"


def integers():
    """Integer arithmetic: wrapping, whole powers, exactness."""
    for d in ["int32", "uint8", "int64"]:
        x = tensor("[3, 7, 5, 0, 1, 2]", d)
        for n in [0, 1, 2, 3, 5, 10, 13, 20, 40, 64]:
            if d == "int64" and n > 18:
                continue
            yield f"{x} ** {n}"
        yield f"{x} ** {x}"
        yield f"2 ** {x}"
        yield f"{x} ** -1"
        yield f"{x} ** {tensor('[1, 2, -3, 1, 1, 1]', 'int64')}"
    yield f"{tensor('[-3, 2]', 'int32')} ** 31"
    yield f"{tensor('[2**31 - 1, -2**31]', 'int32')} + 1"
    yield f"{tensor('[2**31 - 1, -2**31]', 'int32')} * 3"
    yield f"{tensor('[2**31 - 1, -2**31]', 'int32')}.neg()"
    yield f"{tensor('[2**31 - 1, -2**31]', 'int32')}.abs()"
    yield f"{tensor('[2**31 - 1, 46341]', 'int32')}.square()"
    yield f"{tensor('[2**31 - 1, 2**31 - 1]', 'int32')}.sum()"
    yield f"{tensor('[200, 100]', 'uint8')} + {tensor('[100, 200]', 'uint8')}"
    yield f"{tensor('[200, 100]', 'uint8')} * {tensor('[100, 200]', 'uint8')}"
    yield f"{tensor('[200, 100]', 'uint8')} - 201"
    yield f"{tensor('[200, 100]', 'uint8')}.neg()"
    yield f"{tensor('[200, 100]', 'uint8')}.sum()"
    yield "torch.tensor([2**53 - 1]) - 1"
    yield "torch.tensor([2**53 - 2]) + 1"
    yield "torch.tensor([2**53 - 1, 1 - 2**53]).sum()"
    yield "torch.tensor([2**53 - 1]) == torch.tensor([2**53 - 2])"
    wide = tensor("[[2**31 - 1, 2**30], [123456789, -987654321]]", "int32")
    yield f"{wide} @ {wide}"
    yield f"{wide}.sum(0)"
    yield f"{wide} * {wide}"
    yield f"{tensor('[200, 100]', 'uint8')}.dot({tensor('[200, 100]', 'uint8')})"
    yield "torch.tensor([2**52, 2**52, -(2**52), 1 - 2**52, 1]).sum()"
    yield "torch.tensor([[2**52, -(2**52)], [2**52, 1], [-2, -3]]).sum(0)"
    yield "torch.tensor([3, -3]) / 2"
    yield "torch.tensor([3, -3]) / torch.tensor([0, 0])"
    yield "torch.tensor([[1, 2], [3, 4]]) @ torch.tensor([[1, 2], [3, 4]])"
    yield "torch.tensor([1, 2, 3]).dot(torch.tensor([4, 5, 6]))"
    yield "torch.add(torch.tensor([1, 2]), torch.tensor([3, 4]), alpha=3)"
    yield "torch.add(torch.tensor([1, 2]), torch.tensor([3, 4]), alpha=0.5)"
    yield "torch.add(torch.tensor([1., 2]), torch.tensor([3, 4]), alpha=0.5)"
    yield "torch.sub(torch.tensor([1, 2]), 3, alpha=2)"
    yield "torch.add(torch.tensor([True, False]), torch.tensor([True, False]), alpha=True)"
    yield "torch.add(torch.tensor([1, 2]), torch.tensor([3, 4]), alpha=True)"


KEYS = [
    "0", "-1", "2", ":", "1:", ":-1", "::2", "1:2", "5:", "-10:2", "2:1", "...", "None", "True", "False",
    "[0, 2]", "[-1, 0]", "[[0, 1], [2, 0]]", "[]", "torch.tensor(1)", "torch.tensor([2, 0, 0])",
    "torch.tensor([], dtype=torch.int64)", "torch.tensor([True, False, True])", "torch.tensor(True)",
    "torch.tensor(False)", "torch.tensor([1, 0], dtype=torch.int32)", "[True, False, True]",
    "x > 7", "0, 1", "0, 1, 1", ":, 1", "..., 1", "0, ...", "1:, :2", "None, 0", "0, None", "..., None",
    ":, None, 1", "[0, 2], 1", "1, [0, 2]", ":, [0, 2]", ":, [0, 2], 1", "0, :, [1, 0]",
    "[0, 2], :, [1, 0]", "[0, 2], [1, 3]", "[[0], [2]], [1, 3]", "[0, 2], [1, 3], [0, 1]",
    "[0, 2], 1:3", "torch.tensor([True, False, True]), 1", "torch.tensor([True, False, True]), [0, 1]",
    ":, torch.tensor([True, False, True, False])", "..., torch.tensor([True, False])",
    "torch.tensor([[True, False, False, True], [False, True, True, True], [False, False, False, False]])", "[0, 2], None", "None, [0, 2]", "..., [0, 1]",
    "range(3), torch.tensor([1, 0, 1])", "1, torch.tensor(2), 0", "slice(0, 2)", "slice(None), slice(1, 3)",
    "True, 0", "0, True", "None, None", "torch.tensor([0, 1]), torch.tensor(1)",
    # mistakes
    "3", "-4", "0, 4", "0, 0, 2", "0, 0, 0, 0", "[3]", "[0, 1], [0, 1, 2]", "1.5", "0, 2.0",
    "torch.tensor([3])", "torch.tensor([1.0])", "torch.tensor([True, False])", "x[0] > 3", "::-1", "::0",
    "torch.tensor([[True]])", "..., 0, 0, 0, 0", "None, 3", "torch.tensor(3)", "torch.tensor(-4)",
]
VALUES = ["5", "-1.5", "torch.tensor(7.)", "torch.arange(2.)", "torch.arange(4.).reshape(4, 1)",
          "torch.ones(1, 1, 1)", "torch.ones(1, 1, 4, 2)", "torch.tensor(7)", "torch.ones(3)"]
X = "x = torch.arange(24.).reshape(3, 4, 2)"


def indexing():
    """Reading, assigning and differentiating with every kind of key."""
    for key in KEYS:
        yield f"{X}; x[{key}]"
        yield f"{X}.requires_grad_(); x[{key}].square().sum().backward(); x.grad"
        for value in VALUES:
            yield f"{X}; x[{key}] = {value}; x"
        yield f"{X}; x[{key}] += 1; x"
    for key in ["0", "1:", "[0, 2]", "[0, 0]", ":, 1", "x > 7"]:
        yield f"x = torch.arange(24).reshape(3, 4, 2); x[{key}] = 1.7; x"
        yield f"x = torch.arange(24).reshape(3, 4, 2); x[{key}] = torch.tensor(1.7); x"
        yield f"x = torch.arange(24).reshape(3, 4, 2); x[{key}] = True; x"
        yield f"x = torch.arange(24).reshape(3, 4, 2) > 3; x[{key}] = 0; x"
    for zero in ["torch.tensor(5.)", "torch.tensor(5)", "torch.tensor(True)"]:
        for key in ["...", "None", "()", "True", "0", ":", "[0]", "..., None"]:
            yield f"{zero}[{key}]"
    y = "torch.arange(12.).reshape(3, 4)"
    for code in ["index_select(0, torch.tensor([2, 0, 2]))", "index_select(1, torch.tensor([], dtype=torch.int64))",
                 "index_select(-1, torch.tensor(1))", "index_select(0, torch.tensor([3]))",
                 "index_select(0, torch.tensor([-1]))", "index_select(1, torch.tensor([4]))",
                 "index_select(2, torch.tensor([0]))", "index_select(0, torch.tensor([[0]]))",
                 "index_select(0, torch.tensor([0.5]))", "index_select(0, [0])",
                 "gather(1, torch.tensor([[0], [1], [2]]))", "gather(0, torch.tensor([[2, 1, 0, 0]]))",
                 "gather(1, torch.tensor([[4]]))", "gather(1, torch.tensor([[-1]]))", "gather(1, torch.tensor([0]))",
                 "gather(0, torch.tensor([[0, 1, 2, 0, 1]]))", "gather(1, torch.tensor([[0.5]]))",
                 "masked_select(torch.tensor([True, False, True, False]))",
                 "masked_select(torch.tensor(True))", "masked_select(torch.tensor(False))",
                 "masked_select(torch.tensor([1, 0, 1, 0]))", "masked_select(torch.tensor([True, False]))",
                 "masked_fill(torch.tensor([True, False, True, False]), -1)",
                 "masked_fill(torch.tensor([[True], [False], [True]]), 0.5)",
                 "masked_fill(torch.tensor([True, False]), 1)", "masked_fill(torch.tensor([1, 0, 1, 0]), 1)",
                 "masked_fill(torch.tensor([True, False, True, False]), torch.tensor(3.))",
                 "masked_fill(torch.tensor([True, False, True, False]), torch.ones(2))",
                 "select(0, 1)", "select(-1, -1)", "select(1, 4)", "select(2, 0)", "select(0, -4)",
                 "narrow(0, 1, 2)", "narrow(1, -2, 2)", "narrow(0, 1, 3)", "narrow(0, 4, 0)", "narrow(0, 3, 0)",
                 "narrow(0, 0, -1)", "narrow(2, 0, 1)", "t()[1]", "T", "mT", "reshape(4, 3)[1:, 0]"]:
        yield f"{y}.{code}"
        yield f"x = {y}.requires_grad_(); x.{code}.square().sum().backward(); x.grad"


def special_gradients():
    """Gradients at NaN, infinities, ties and zeros, with the sign of every zero."""
    x = "x = torch.tensor([0., -0., -2., 3., float('nan'), float('inf'), -float('inf')], requires_grad=True)"
    start = "torch.tensor([-1., 2., -1., float('inf'), -1., 1., -1.])"
    for f in ["abs", "sign", "relu", "exp", "log", "sqrt", "reciprocal", "sigmoid", "tanh", "neg", "square", "clone"]:
        yield f"{x}; x.{f}().backward({start}); x.grad"
        yield f"{x}; x.clone().{f}_().backward({start}); x.grad" if f != "clone" else f"{x}; x.clone()"
        yield f"{x}; x.{f}()"
    for n in ["0", "1", "2", "3", "-1", "0.5", "2.5", "-2", "-0.5"]:
        yield f"{x}; (x ** {n}).backward({start}); x.grad"
        yield f"{x}; x ** {n}"
        yield f"{x}; {n} ** x"
        yield f"{x}; ({n} ** x).backward({start}); x.grad"
    other = "torch.tensor([0., 0., -2., 4., 1., float('inf'), float('nan')])"
    for f in ["maximum", "minimum", "mul", "div", "pow", "sub", "add"]:
        yield f"{x}; torch.{f}(x, {other})" if f != "pow" else f"{x}; x.pow({other})"
        yield f"{x}; y = {other}.requires_grad_(); torch.{f}(x, y).backward({start}); [x.grad, y.grad]"
    for f in ["max", "min"]:
        yield f"x = torch.tensor([1., 3., 3., -1., -1.], requires_grad=True); x.{f}().backward(torch.tensor(-1.)); x.grad"
        yield f"x = torch.tensor([1., float('nan'), 3.], requires_grad=True); x.{f}().backward(); x.grad"
        yield f"x = torch.tensor([[1., 3., 3.], [2., 2., 0.]], requires_grad=True); x.{f}(1)[0].backward(torch.tensor([-1., 2.])); x.grad"
        yield f"torch.tensor([[1., float('nan'), 3.], [float('nan'), 1, float('nan')]]).{f}(1)"
        yield f"torch.tensor([[0., -0.], [-0., 0.]]).{f}(1)"
        yield f"torch.tensor([1., float('nan')]).arg{f}()"
    for change in ["zero_()", "fill_(3)", "fill_(torch.tensor(3.))", "copy_(torch.ones(7))", "normal_()", "uniform_()",
                   "bernoulli_()", "random_(3)", "masked_fill_(x.detach() > 0, 2.)"]:
        yield f"{x}; x.clone().{change}.backward({start}); x.grad"
    for f in ["sum()", "mean()", "sum(0)", "mean(0)", "std()", "var()", "sum(0, keepdim=True)"]:
        yield f"x = torch.tensor([1., 2., 4.], requires_grad=True); y = x.{f}; y.backward(y.detach() * 0 - 1); x.grad"
        yield f"x = torch.ones(3, requires_grad=True); x.{f}.sum().backward(); x.grad"
        yield f"x = torch.ones(1, requires_grad=True); x.{f}.sum().backward(); x.grad"
        yield f"x = torch.ones(0, requires_grad=True); x.{f}.sum().backward(); x.grad"
    yield f"{x}; torch.where(x > 0, x, x * 2).backward({start}); x.grad"
    yield "x = torch.tensor([0.2, 0.6], requires_grad=True); torch.bernoulli(x).backward(torch.tensor([-1., 1.])); x.grad"


def reductions():
    """Sums, means, spreads and extremes over every choice of dimensions, also empty ones."""
    shapes = ["torch.arange(6.).reshape(2, 3)", "torch.arange(24.).reshape(2, 3, 4).transpose(0, 2)",
              "torch.tensor(5.)", "torch.zeros(0)", "torch.zeros(2, 0)", "torch.zeros(0, 3)",
              "torch.tensor([1., float('nan'), 2.])", "torch.tensor([[1., float('inf')], [-float('inf'), 2.]])",
              "torch.tensor([[1, 2], [3, 4]])", "torch.tensor([True, False])"]
    args = ["", "0", "1", "-1", "2", "-3", "0, keepdim=True", "dim=1", "dim=0, keepdim=True", "keepdim=True"]
    several = ["[0, 1]", "(0, -1)", "dim=(0,)", "[]", "[0, 0]", "(0, 1), keepdim=True", "axis=0", "None"]
    for x in shapes:
        for f in ["sum", "mean", "std", "var"]:
            for a in args + several:
                if a == "keepdim=True" and f in ["sum", "mean"]:
                    continue
                yield f"{x}.{f}({a})"
        for f in ["max", "min", "argmax", "argmin"]:
            for a in args:
                if a != "keepdim=True":
                    yield f"{x}.{f}({a})"
        yield f"{x}.std(unbiased=False)"
        yield f"{x}.var(0, correction=0)"
        yield f"{x}.std(0, correction=2, keepdim=True)"
        yield f"{x}.argmax(axis=0)"


def losses():
    """BCELoss and BCEWithLogitsLoss: weights, reductions, mistakes, with gradients."""
    p = "p = torch.tensor([[0.2, 0.9], [0.5, 1.0], [0.0, 0.3]], requires_grad=True)"
    z = "z = torch.tensor([[-2., 0.5], [30., -40.], [0., 3.]], requires_grad=True)"
    y = "y = torch.tensor([[0., 1.], [0.5, 1.], [0., 1.]])"
    weights = ["", "weight=torch.tensor([1., 3.])", "weight=torch.tensor([[2.], [0.], [-1.]])",
               "weight=torch.full((3, 2), 0.5)"]
    for reduction in ["mean", "sum", "none"]:
        for weight in weights:
            options = ", ".join(o for o in [weight, f"reduction='{reduction}'"] if o)
            for start, loss in [(p, "nn.BCELoss"), (z, "nn.BCEWithLogitsLoss")]:
                name = start[0]
                made = f"{start}; {y}; l = {loss}({options})({name}, y)"
                yield f"{made}; l"
                yield f"{made}; l.backward(torch.ones_like(l) * -2); {name}.grad"
            for pos in ["torch.tensor([2., 0.5])", "torch.tensor(3.)"]:
                made = f"{z}; {y}; l = nn.BCEWithLogitsLoss({options}, pos_weight={pos})(z, y)"
                yield f"{made}; l"
                yield f"{made}; l.backward(torch.ones_like(l)); z.grad"
    for code in ["nn.BCELoss()(torch.tensor([1.5]), torch.tensor([1.]))",
                 "nn.BCELoss()(torch.tensor([-0.1]), torch.tensor([1.]))",
                 "nn.BCELoss()(torch.tensor([float('nan')]), torch.tensor([1.]))",
                 "nn.BCELoss()(torch.ones(2, 1), torch.ones(2))", "nn.BCELoss()(torch.ones(2), torch.ones(2).long())",
                 "nn.BCELoss()(torch.ones(2), torch.ones(2).double())", "nn.BCELoss()(torch.ones(0), torch.ones(0))",
                 "nn.BCELoss(reduction='sum')(torch.ones(0), torch.ones(0))",
                 "nn.BCELoss(reduction='avg')(torch.ones(2), torch.ones(2))",
                 "nn.BCEWithLogitsLoss(reduction='avg')(torch.ones(2), torch.ones(2))",
                 "nn.BCELoss(weight=torch.ones(3))(torch.ones(2), torch.ones(2))",
                 "nn.BCEWithLogitsLoss()(torch.ones(2, 1), torch.ones(2))",
                 "nn.BCEWithLogitsLoss()(torch.ones(2), torch.ones(2).long())",
                 "nn.BCEWithLogitsLoss()(torch.ones(0), torch.ones(0))",
                 "nn.BCEWithLogitsLoss(pos_weight=torch.ones(3))(torch.ones(2), torch.ones(2))",
                 "nn.BCEWithLogitsLoss()(torch.tensor([float('inf'), -float('inf')]), torch.tensor([1., 0.]))",
                 "nn.BCELoss()(torch.tensor([0.25], dtype=torch.float64), torch.tensor([1.], dtype=torch.float64))",
                 "nn.BCELoss()(torch.tensor(0.25), torch.tensor(1.))", "nn.BCELoss()", "nn.BCEWithLogitsLoss()",
                 "F.binary_cross_entropy(torch.tensor([0.25]), torch.tensor([1.]))",
                 "F.binary_cross_entropy_with_logits(torch.tensor([0.25]), torch.tensor([1.]), reduction='sum')"]:
        yield code


def printing():
    """set_printoptions and what tensors look like under them."""
    tensors = ["torch.tensor([1.0, 2.5, 1 / 3])", "torch.arange(1200)", "torch.arange(30).reshape(5, 6) / 7",
               "torch.tensor([1e-8, 1.0])", "torch.tensor([[1e10, 2.0]])", "torch.tensor(2 / 3)",
               "torch.tensor([float('nan'), float('inf'), 0.5])", "torch.zeros(2, 0, 3)"]
    options = ["precision=2", "precision=0", "precision=8", "threshold=4", "threshold=5, edgeitems=1", "linewidth=30",
               "sci_mode=True", "sci_mode=False", "profile='short'", "profile='full'", "profile='default'",
               "precision=1, sci_mode=True", "edgeitems=0, threshold=1"]
    for o in options:
        for x in tensors:
            if "full" in o and "1200" in x:
                continue
            yield f"torch.set_printoptions({o}); {x}"
    yield "torch.set_printoptions(sci_mode=True); torch.set_printoptions(precision=2); torch.tensor([1.5])"
    yield "torch.set_printoptions(precision=2); torch.set_printoptions(profile='default'); torch.tensor([1.5, 1 / 3])"


DIM_CALLS = ["sum({})", "mean({})", "max({})", "argmax({})", "transpose({}, 0)", "transpose(0, {})", "squeeze({})",
             "unsqueeze({})", "select({}, 0)", "select(0, {})", "narrow({}, 0, 1)", "flatten({})", "flatten(0, {})",
             "size({})", "stride({})", "permute({}, 0)", "permute(0, {})", "index_select({}, torch.tensor([0]))",
             "gather({}, torch.tensor([[0]]))", "std({})", "var({})", "min({})", "argmin({})"]
SIZE_CALLS = ["torch.zeros({})", "torch.ones({})", "torch.rand({})", "torch.randn({})", "torch.full(({},), 1.)",
              "torch.eye({})", "torch.randint(3, ({},))", "torch.randperm({})", "torch.normal(0., 1., ({},))",
              "torch.arange({})", "torch.linspace(0, 1, {})", "torch.ones(2, 2).view({})", "torch.ones(2, 2).reshape({})",
              "torch.ones(1).expand({})", "torch.ones(2).broadcast_to(({},))", "torch.empty({}).shape"]
BAD = ["0.5", "float('nan')", "'1'", "None", "-5", "7", "[0.5]", "True"]


def mistakes():
    """Arguments of the wrong kind: the class of the exception, and the sentence where it is one."""
    for bad in BAD:
        for call in DIM_CALLS:
            yield f"torch.ones(2, 2).{call.format(bad)}"
        for call in SIZE_CALLS:
            yield call.format(bad)
    for f in ["exp", "log", "sqrt", "sigmoid", "tanh", "relu", "neg", "abs", "sign", "square", "reciprocal", "sum", "mean",
              "max", "argmax", "std", "t", "squeeze", "flatten", "clone", "numel"]:
        for bad in ["1", "1.5", "None", "'a'", "[1.0]"]:
            yield f"torch.{f}({bad})"
    for f in ["add", "sub", "mul", "div", "maximum", "mm", "matmul", "dot", "mv", "bmm", "eq", "lt", "equal", "pow"]:
        for bad in ["None", "'a'", "[1.0]"]:
            yield f"torch.{f}(torch.ones(2, 2), {bad})"
            yield f"torch.{f}({bad}, torch.ones(2, 2))"
    for f in ["mm", "dot", "mv", "bmm", "matmul"]:
        for a in ["2", "2, 3", "3, 2", "2, 2, 3", "", "0", "2, 0", "0, 2"]:
            for b in ["2", "2, 3", "3, 2", "2, 3, 2", "", "0", "0, 2"]:
                yield f"torch.{f}(torch.ones({a or '()'}), torch.ones({b or '()'}))"
        yield f"torch.{f}(torch.ones(2, 2), torch.ones(2, 2).long())"
        yield f"torch.{f}(torch.ones(2, 2).bool(), torch.ones(2, 2).bool())"
    for f in ["cat", "stack"]:
        for a in ["[]", "torch.ones(2)", "[1, 2]", "None", "[torch.ones(2), 1]", "[torch.ones(2), torch.ones(3)]",
                  "[torch.ones(2), torch.ones(2, 2)]", "[torch.ones(2, 2), torch.ones(2, 3)]", "[torch.tensor(1.)]",
                  "[torch.ones(2, 2)], 2", "[torch.ones(2, 2)], 3", "[torch.ones(2), torch.ones(0)]",
                  "[torch.ones(2, 2), torch.ones(0)]", "[torch.ones(2, 2), torch.ones(0, 3)]", "[torch.ones(2)], dim=1",
                  "[torch.ones(2), torch.ones(2).long()]", "[torch.ones(0), torch.ones(0)]"]:
            yield f"torch.{f}({a})"
    for code in [
        "torch.zeros()", "torch.arange()", "torch.arange(5, 1)", "torch.arange(0, 5, 0)", "torch.arange(0, 1, -1)",
        "torch.arange(float('inf'))", "torch.arange(0, float('nan'))", "torch.arange(0, 5, float('nan'))", "torch.arange(5, 0, -2)",
        "torch.arange(0, 1, 0.25)", "torch.arange(0, 2.5, 0.5, dtype=torch.int64)", "torch.arange(3, dtype=torch.uint8)",
        "torch.linspace(0, 1, 0)", "torch.linspace(0, 1, 1)", "torch.linspace(3, 1, 3)", "torch.linspace(0, 10, 4, dtype=torch.int64)",
        "torch.eye(2, 3)", "torch.eye(0)", "torch.full((2,), True)", "torch.full((2,), 1)", "torch.full((), 2.5)",
        "torch.randint(0, 0, (2,))", "torch.randint(5, 2, (2,))", "torch.randint(0.5, 3, (2,))", "torch.randint(0, 3.5, (2,))",
        "torch.randint(0, 1000, (2,), dtype=torch.uint8)", "torch.randint(-1, 3, (2,), dtype=torch.uint8)", "torch.randint(3, 2)",
        "torch.randint(0, 2**40, (2,), dtype=torch.int32)", "torch.normal(0., -1., (2,))", "torch.normal(0., float('nan'), (2,))",
        "torch.normal(0., -1e-7, (2,))", "torch.normal(0., 1.)", "torch.normal(torch.zeros(2), -1.5)",
        "torch.normal(torch.zeros(2), torch.tensor([1., -1.]))", "torch.normal(torch.zeros(2), torch.ones(3))",
        "torch.zeros(2).normal_(0, -1)", "torch.zeros(2).uniform_(1, 0)", "torch.zeros(2).random_(3, 3)", "torch.zeros(2).random_(0)",
        "torch.zeros(2).bernoulli_(2)", "torch.bernoulli(torch.tensor([2.]))", "torch.bernoulli(torch.tensor([float('nan')]))",
        "torch.zeros(2, dtype=torch.int64).normal_()", "torch.zeros(2, dtype=torch.int64).uniform_()",
        "torch.rand(2, dtype=torch.int64)", "torch.randn(2, dtype=torch.bool)", "torch.randperm(-1)",
        "torch.tensor([[1, 2], [3]])", "torch.tensor([[1], 2])", "torch.tensor([1, [2]])", "torch.tensor('a')", "torch.tensor(['a'])",
        "torch.tensor(None)", "torch.tensor([None])", "torch.tensor([])", "torch.tensor([[], []])", "torch.tensor([[[]]])",
        "torch.tensor([True, 2])", "torch.tensor([1, 2.5])", "torch.tensor([True, 2.5])", "torch.tensor(1, requires_grad=True)",
        "torch.tensor([1, 2], dtype=torch.float32)", "torch.tensor([1.7], dtype=torch.int64)", "torch.tensor([2**63])",
        "torch.tensor([1.]).requires_grad_().item()", "torch.ones(2).item()", "torch.ones(0).item()",
        "torch.ones(2, requires_grad=True).numpy()", "torch.LongTensor([1.5, -1.5])", "torch.FloatTensor([1, 2])", "torch.LongTensor([])",
        "torch.ones(2).type('torch.Foo')", "torch.ones(2).to('float32')", "torch.ones(2).to(1.5)", "torch.ones(2).type(torch.LongTensor)",
        "torch.ones(2).type()", "torch.ones(2).long().type()", "torch.ones(2).type('torch.IntTensor')",
        "torch.ones(6).view(4)", "torch.ones(6).view(-1, -1)", "torch.ones(6).view(-1, 4)", "torch.ones(6).view(-2, 3)",
        "torch.ones(2, 3).t().view(6)", "torch.ones(0).view(-1, 0)", "torch.ones(0).reshape(-1)", "torch.ones(0, 2).reshape(-1, 2)",
        "torch.ones(2, 3, 4).t()", "torch.ones(2, 3).permute(0)", "torch.ones(2, 3).permute(0, 0)", "torch.ones(2, 3).permute(0, 2)",
        "torch.ones(2, 3).expand(3, 3)", "torch.ones(2, 3).expand(3)", "torch.ones(2, 3).expand(-1, 2, 3)", "torch.ones(1, 3).expand(-1, 3)",
        "torch.ones(2, 3).expand(2, -2)", "torch.ones(2, 3).squeeze(5)", "torch.ones(2, 3).unsqueeze(3)", "torch.ones(2, 3).unsqueeze(-4)",
        "torch.ones(2, 3).flatten(1, 0)", "torch.ones(2, 3).sum_to_size(2, 2)", "torch.ones(2, 3).sum_to_size(1, 3)",
        "torch.arange(6).as_strided([2, 2], [1])", "torch.arange(6).as_strided([2, 2], [1, -1])", "torch.arange(6).as_strided([2, 2], [1, 1], -1)",
        "torch.arange(6).as_strided([3, 3], [3, 1])", "torch.arange(6).as_strided([2, 2], [3, 1], 1)", "torch.arange(6).as_strided([2, 2], [0, 0], 5)",
        "torch.arange(6).as_strided([], [])", "torch.arange(6).as_strided([0, 9], [3, 1])",
        "x = torch.ones(2, requires_grad=True); x.grad = torch.ones(3); x", "x = torch.ones(2, requires_grad=True); x.grad = 1.5; x",
        "x = torch.ones(2, requires_grad=True); x.grad = torch.ones(2).double(); x", "x = torch.ones(2, requires_grad=True); x.grad = torch.zeros(2); x.grad",
        "torch.ones(2).backward()", "torch.ones(2, requires_grad=True).backward()", "torch.ones(2, requires_grad=True).backward(torch.ones(3))",
        "torch.ones(1, requires_grad=True).sum().backward(inputs=[])", "torch.ones(2).sum().backward()",
        "torch.autograd.grad(torch.ones(1, requires_grad=True).sum(), torch.ones(1))",
        "torch.autograd.grad(torch.ones(1, requires_grad=True).sum(), torch.ones(1, requires_grad=True))",
        "torch.autograd.grad(torch.ones(1), torch.ones(1, requires_grad=True))",
        "torch.autograd.grad(torch.ones(2, requires_grad=True) * 2, torch.ones(1, requires_grad=True))",
        "torch.ones(2).register_hook(1)", "torch.ones(2).retain_grad()", "torch.arange(3).requires_grad_()",
        "(torch.ones(2, requires_grad=True) * 2).requires_grad_(False)", "(torch.ones(2, requires_grad=True) * 2)[0].detach_()",
        "torch.Generator().manual_seed(2**64)", "torch.manual_seed(-2**63 - 1)", "torch.manual_seed(float('nan'))", "torch.manual_seed('a')",
        "torch.ones(2).fill_(torch.ones(2))", "torch.ones(2).fill_('a')", "torch.ones(2).fill_(None)", "torch.ones(2).copy_(torch.ones(3))",
        "torch.ones(2).copy_(1.)", "torch.ones(2, 2).copy_(torch.arange(2))", "torch.ones(2).copy_(torch.ones(1, 2))",
        "torch.where(torch.ones(2), 1, 2)", "torch.where(torch.tensor([True, False]), 1, 2)", "torch.where(torch.tensor([True, False]), 1., torch.tensor([1, 2]))",
        "torch.where(torch.tensor([True, False]), torch.ones(3), 0)", "torch.where(1, 2, 3)", "torch.where(torch.tensor([1, 0]), 1, 2)",
        "torch.ones(2) @ 2", "2 @ torch.ones(2)", "torch.ones(2) + 'a'", "torch.ones(2) - None", "-torch.tensor([True])", "torch.tensor([True]) - torch.tensor([True])",
        "torch.tensor([True]) - 1", "1 - torch.tensor([True])", "torch.tensor([1]) - True", "list(torch.tensor(1.))", "torch.tensor([1, 2]).mean()",
        "torch.tensor([1, 2]).std()", "torch.ones(2, 3).mT", "torch.ones(2).mT", "torch.optim.SGD([], lr=0.1)", "torch.optim.SGD(torch.ones(2), lr=0.1)",
        "torch.optim.SGD([torch.ones(2, requires_grad=True)], lr=-1)", "torch.optim.SGD([torch.ones(2, requires_grad=True)], lr=-0.1)",
        "torch.optim.SGD([torch.ones(2, requires_grad=True) * 2], lr=0.1)", "torch.optim.SGD([1.0], lr=0.1)",
        "w = torch.ones(2, requires_grad=True); torch.optim.SGD([w, w], lr=0.1)", "nn.Module()(torch.ones(2))", "nn.Module()",
    ]:
        yield code


def functions():
    """The further functions: every form of a call, and its mistakes."""
    m = "torch.arange(6.).reshape(2, 3)"
    c = "torch.arange(24.).reshape(2, 3, 4)"
    for call in [
        "repeat(2)", "repeat(2, 1)", "repeat(2, 2, 1)", "repeat([1, 2])", "repeat(0, 1)", "repeat(-1, 1)", "repeat(1.5, 1)",
        "tile(2)", "tile(2, 1, 1)", "flip(0)", "flip(0, 1)", "flip([1])", "flip(2)", "flip(0, 0)", "roll(1)", "roll(1, 0)",
        "roll(-1, 1)", "roll([1, 1], [0, 1])", "roll([1, 1], [0])", "roll(1, 2)", "movedim(0, 1)", "movedim([0, 1], [1, 0])",
        "movedim(0, 2)", "movedim([0, 0], [0, 1])", "movedim([0], [0, 1])", "swapaxes(0, 1)", "swapaxes(0, 2)", "tril()", "tril(-1)",
        "triu(1)", "triu(5)", "diagonal()", "diagonal(1)", "diagonal(-1)", "diagonal(5)", "diagonal(0, 0, 0)", "diag()",
        "diag(1)", "diag(-1)", "split(1)", "split(2)", "split(2, 1)", "split([1, 2], 1)", "split([1, 1], 1)", "split(0)", "split(-1)",
        "split(2, dim=1)", "chunk(2)", "chunk(2, 1)", "chunk(5, 1)", "chunk(0)", "unbind()", "unbind(1)", "unbind(2)",
        "take(torch.tensor([0, 5]))", "take(torch.tensor([[0], [-1]]))", "take(torch.tensor([6]))", "take(torch.tensor([0.5]))",
        "sort()", "sort(0)", "sort(descending=True)", "sort(2)", "argsort()", "argsort(0, descending=True)", "topk(2)", "topk(2, 1)",
        "topk(1, 0)", "topk(4)", "topk(-1)", "topk(2, largest=False)", "nonzero()", "cumsum(0)", "cumsum(1)", "cumsum(2)",
        "cumsum(0, dtype=torch.float64)", "prod()", "prod(0)", "prod(1, keepdim=True)", "prod(2)", "norm()", "norm(1)", "norm(2, 1)",
        "norm(float('inf'))", "norm(0)", "norm(3)", "norm(2, 1, keepdim=True)", "amax()", "amax(0)", "amax([0, 1])",
        "amin(1, keepdim=True)", "amax(2)", "softmax(1)", "softmax(0)", "softmax(-1)", "softmax(2)", "softmax(dim=1)", "log_softmax(1)",
        "log_softmax(2)", "logsumexp(1)", "logsumexp([0, 1])", "logsumexp(1, keepdim=True)", "logsumexp(2)", "clamp(1, 3)",
        "clamp(min=1)", "clamp(max=3)", "clamp()", "clamp(3, 1)", "clip(1.5, 2.5)", "all()", "any()", "all(0)", "any(1, keepdim=True)",
        "all(2)", "floor()", "ceil()", "round()", "trunc()", "isnan()", "isinf()", "isfinite()", "sin()", "cos()", "log2()", "log10()",
        "log1p()", "expm1()", "rsqrt()", "logical_not()", "remainder(4)", "remainder(-4)", "remainder(0)", "floor_divide(4)",
        "floor_divide(-4)", "bincount()", "lerp(torch.ones(2, 3), 0.5)", "lerp(torch.ones(2, 4), 0.5)",
        "addcmul(torch.ones(2, 3), torch.ones(3), value=2)", "addcdiv(torch.ones(2, 3), torch.full((3,), 2.))",
        "scatter_(1, torch.tensor([[0], [2]]), 9.)", "scatter_(1, torch.tensor([[0], [3]]), 9.)",
        "scatter_(1, torch.tensor([[0], [2]]), torch.ones(2, 1))", "scatter_(1, torch.tensor([0]), 9.)",
        "scatter_(2, torch.tensor([[0]]), 9.)", "scatter_(1, torch.tensor([[0.5]]), 9.)",
        "scatter_add_(1, torch.tensor([[0, 0], [2, 2]]), torch.ones(2, 2))", "scatter_add_(1, torch.tensor([[0, 0]]), torch.ones(1, 1))",
        "index_add_(0, torch.tensor([0, 0]), torch.ones(2, 3))", "index_add_(0, torch.tensor([0, 0]), torch.ones(2, 3), alpha=2)",
        "index_add_(0, torch.tensor([2]), torch.ones(1, 3))", "index_add_(0, torch.tensor([0]), torch.ones(2, 3))",
        "outer(torch.ones(2))", "isclose(torch.ones(2, 3))", "allclose(torch.ones(2, 3))",
    ]:
        several = call.startswith(("split", "chunk", "unbind"))
        yield f"list({m}.{call})" if several else f"{m}.{call}"
    for f in ["sum", "softmax", "log_softmax", "cumsum", "logsumexp", "sort", "argsort", "topk"]:
        for x in ["torch.tensor(5.)", "torch.zeros(0)", "torch.zeros(2, 0)", "torch.tensor([1, 3, 2])"]:
            yield f"{x}.{f}({'1, 0' if f == 'topk' else '0'})"
    for call in ["softmax(1)", "cumsum(-1)", "sort(1)[0]", "prod(2)", "flip(0, 2)", "roll(2, 2)", "movedim(0, -1)", "diagonal(0, 1, 2)",
                 "tril()", "split(2, 2)[1]", "unbind(1)[2]", "amax((0, 2))", "norm(2, 2)", "logsumexp((0, 2))"]:
        yield f"{c}.{call}"
        yield f"x = ({c} * 0.37).sin().requires_grad_(); x.{call}.square().sum().backward(); x.grad"
    for code in [
        "torch.vstack([torch.ones(2), torch.zeros(2)])", "torch.hstack([torch.ones(2), torch.zeros(1)])", "torch.hstack([torch.ones(2, 1), torch.zeros(2, 2)])",
        "torch.vstack([])", "torch.vstack([torch.ones(2), torch.ones(3)])", "torch.atleast_2d(torch.tensor(1.))", "torch.atleast_2d(torch.ones(2))",
        "torch.outer(torch.ones(2), torch.arange(3.))", "torch.outer(torch.ones(2, 2), torch.ones(2))", "torch.outer(torch.ones(2), torch.ones(2, 2))",
        "torch.addmm(torch.ones(2), torch.ones(2, 3), torch.ones(3, 2))", "torch.addmm(torch.ones(2, 2), torch.ones(2, 3), torch.ones(3, 2), beta=2, alpha=0.5)",
        "torch.addmm(torch.ones(3), torch.ones(2, 3), torch.ones(3, 2))", "torch.addmm(torch.ones(2), torch.ones(2, 3), torch.ones(2, 2))",
        "torch.addmm(torch.ones(2), torch.ones(3), torch.ones(3, 2))", "torch.einsum('ij,jk->ik', torch.ones(2, 3), torch.ones(3, 2))",
        "torch.einsum('ij,jk', torch.ones(2, 3), torch.ones(3, 2))", "torch.einsum('ii', torch.ones(2, 2))", "torch.einsum('i,i->', torch.arange(3.), torch.arange(3.))",
        "torch.einsum('ij->ji', torch.arange(6.).reshape(2, 3))", "torch.einsum('ij,jk->ik', torch.ones(2, 3), torch.ones(2, 3))",
        "torch.einsum('ij', torch.ones(2))", "torch.einsum('ij,jk->ik', torch.ones(2, 3))",
        "F.softmax(torch.ones(2, 3), dim=1)", "F.log_softmax(torch.ones(3), dim=0)", "F.one_hot(torch.tensor([0, 2]))", "F.one_hot(torch.tensor([0, 2]), 4)",
        "F.one_hot(torch.tensor([0, 2]), 2)", "F.one_hot(torch.tensor([-1]))", "F.one_hot(torch.tensor([0.5]))", "F.one_hot(torch.tensor([[1], [0]]))",
        "torch.bincount(torch.tensor([0, 2, 2]))", "torch.bincount(torch.tensor([0, 2, 2]), minlength=5)", "torch.bincount(torch.tensor([-1]))",
        "torch.bincount(torch.tensor([0, 1]), weights=torch.tensor([0.5, 2.]))", "torch.bincount(torch.tensor([[0]]))", "torch.bincount(torch.tensor([0.5]))",
        "torch.nonzero(torch.tensor([0, 3, 0, 4]))", "torch.nonzero(torch.tensor(5))", "torch.nonzero(torch.zeros(2, 2))",
        "torch.logical_and(torch.tensor([1, 0]), torch.tensor([True, True]))", "torch.logical_or(torch.tensor([1., 0.]), torch.tensor([0, 0]))",
        "torch.logical_xor(torch.tensor([True, False]), torch.tensor([True, True]))", "torch.tensor([True, False]) & torch.tensor([True, True])",
        "torch.tensor([5, 6]) & 4", "torch.tensor([5, 6]) | torch.tensor([2, 1])", "torch.tensor([5, 6]) ^ 1", "~torch.tensor([5, -1])", "~torch.tensor([True])",
        "torch.tensor([1.5]) & torch.tensor([1.5])", "torch.tensor([5.]) & 1", "~torch.tensor([1.5])", "torch.tensor([7, -7]) // 2", "torch.tensor([7, -7]) % 3",
        "torch.tensor([7., -7.]) // 2", "torch.tensor([7., -7.]) % -3", "torch.tensor([7]) // 0", "torch.tensor([7]) % 0", "torch.tensor([7.]) // 0", "torch.tensor([7.]) % 0",
        "torch.tensor([200], dtype=torch.uint8) // 7", "torch.isclose(torch.tensor([1., float('nan')]), torch.tensor([1., float('nan')]))",
        "torch.isclose(torch.tensor([1., float('nan')]), torch.tensor([1., float('nan')]), equal_nan=True)", "torch.allclose(torch.ones(2), torch.ones(2) + 1e-6)",
        "torch.allclose(torch.ones(2), torch.ones(2).double())", "torch.isclose(torch.tensor([1, 2]), torch.tensor([1, 3]))", "torch.isclose(torch.ones(2), torch.ones(2), rtol=-1)",
        "torch.tensor([0.5, 1.5, 2.5, -0.5]).round()", "torch.tensor([1, 2]).floor()", "torch.tensor([1, 2]).sin()", "torch.tensor([True]).cos()",
        "torch.tensor([1, 5]).clamp(2, 3)", "torch.tensor([1, 5]).clamp(2.5)", "torch.tensor([float('nan'), 1.]).clamp(2., 3.)", "torch.tensor([True]).clamp(0, 1)",
        "torch.tensor([1, 2, 3]).prod()", "torch.tensor([True, True]).prod()", "torch.tensor([1, 2]).norm()", "torch.tensor([1, 2]).softmax(0)",
        "torch.tensor([3, 1, 2]).sort()", "torch.tensor([float('nan'), 1., 2.]).sort()", "torch.tensor([1, 1, 1]).argsort()", "torch.tensor([True, False]).sort()",
        "torch.tensor([True, False]).cumsum(0)", "torch.tensor([3, 1, 2]).topk(2)", "torch.tensor([True, False]).all()", "torch.tensor([0.5, 0.]).any()",
        "torch.tensor([], dtype=torch.bool).all()", "torch.tensor([2, 0], dtype=torch.uint8).all()",
        "F.linear(torch.ones(2, 3), torch.ones(4, 3), torch.ones(4))", "F.linear(torch.ones(3), torch.ones(4, 3))", "F.linear(torch.ones(2, 2), torch.ones(4, 3))",
        "F.linear(torch.ones(2, 3), torch.ones(4, 3), torch.ones(3))", "F.dropout(torch.ones(4), 0.)", "F.dropout(torch.ones(4), 1.)", "F.dropout(torch.ones(4), 0.5, training=False)",
        "F.dropout(torch.ones(4), 1.5)", "F.dropout(torch.ones(4), -0.1)", "nn.Dropout(2.)", "nn.Dropout(0.5)",
        "F.cross_entropy(torch.ones(2, 3), torch.tensor([0, 2]))", "F.cross_entropy(torch.ones(2, 3), torch.tensor([0, 3]))", "F.cross_entropy(torch.ones(2, 3), torch.tensor([0]))",
        "F.cross_entropy(torch.ones(2, 3), torch.tensor([0, -100]))", "F.cross_entropy(torch.ones(2, 3), torch.tensor([0, -1]))", "F.cross_entropy(torch.ones(3), torch.tensor(1))",
        "F.cross_entropy(torch.ones(2, 3), torch.tensor([0., 2.]))", "F.cross_entropy(torch.ones(2, 3), torch.ones(2, 3) / 3)", "F.cross_entropy(torch.ones(2, 3), torch.tensor([0, 2]), label_smoothing=0.1)",
        "F.cross_entropy(torch.ones(2, 3), torch.tensor([0, 2]), label_smoothing=2.)", "F.cross_entropy(torch.ones(2, 3), torch.tensor([0, 2]), weight=torch.tensor([1., 2., 3.]))",
        "F.cross_entropy(torch.ones(2, 3), torch.tensor([0, 2]), weight=torch.ones(2))", "F.cross_entropy(torch.ones(2, 3), torch.tensor([0, 2]), reduction='none')",
        "F.cross_entropy(torch.ones(2, 3), torch.tensor([0, 2]), reduction='sum')", "F.cross_entropy(torch.ones(2, 3), torch.tensor([0, 2]), reduction='avg')",
        "F.cross_entropy(torch.ones(0, 3), torch.zeros(0, dtype=torch.int64))", "F.nll_loss(torch.ones(2, 3), torch.tensor([0, 2]))", "F.nll_loss(torch.ones(2, 3), torch.tensor([0, 5]))",
        "F.nll_loss(torch.ones(2, 3), torch.tensor([0.5, 1.]))", "F.mse_loss(torch.ones(2), torch.zeros(2))", "F.mse_loss(torch.ones(2, 1), torch.zeros(2))", "F.mse_loss(torch.ones(2), torch.zeros(3))",
        "F.mse_loss(torch.ones(2), torch.zeros(2), reduction='sum')", "F.l1_loss(torch.ones(2), torch.zeros(2))", "F.l1_loss(torch.ones(2), torch.zeros(2), reduction='avg')",
        "F.huber_loss(torch.tensor([0.5, 3.]), torch.zeros(2))", "F.huber_loss(torch.tensor([0.5, 3.]), torch.zeros(2), delta=2.)", "F.huber_loss(torch.ones(2), torch.zeros(2), delta=0.)",
        "nn.Linear(2, 3)", "nn.Linear(2, 3, bias=False)", "nn.Linear(2, 3)(torch.ones(2))", "nn.Linear(2, 3)(torch.ones(3))", "nn.Sequential(nn.Linear(2, 2), nn.ReLU())",
        "nn.Sequential(nn.Flatten(), nn.Linear(4, 1))(torch.ones(2, 2, 2)).shape", "nn.Sigmoid()(torch.zeros(2))", "nn.Softmax(dim=1)(torch.zeros(1, 2))", "nn.CrossEntropyLoss()", "nn.MSELoss()",
        "nn.Parameter(torch.ones(2))", "nn.Parameter(torch.tensor([1, 2]))",
        "w = torch.empty(2, 3); nn.init.zeros_(w); w", "w = torch.empty(2, 3); nn.init.ones_(w); w", "w = torch.empty(2, 3); nn.init.constant_(w, 0.5); w",
        "w = torch.empty(2, 3); nn.init.uniform_(w); w", "w = torch.empty(2, 3); nn.init.uniform_(w, -1., 1.); w", "w = torch.empty(2, 3); nn.init.normal_(w, 0., 0.01); w",
        "w = torch.empty(2, 3); nn.init.xavier_uniform_(w); w", "w = torch.empty(2, 3); nn.init.xavier_normal_(w); w", "w = torch.empty(2, 3); nn.init.kaiming_uniform_(w); w",
        "w = torch.empty(2, 3); nn.init.kaiming_normal_(w); w", "nn.init.xavier_uniform_(torch.empty(2))", "nn.init.kaiming_uniform_(torch.empty(2))",
        "torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=0.1, momentum=-1)",
        "torch.optim.SGD([torch.ones(1, requires_grad=True)], lr=0.1, nesterov=True)", "torch.optim.Adam([torch.ones(1, requires_grad=True)], betas=(2.5, 0.9))",
    ]:
        yield code


TOPICS = {
    f.__name__: list(f())
    for f in [promotion, casts, integers, indexing, special_gradients, reductions, losses, printing, mistakes,
              functions]
}
