// @ts-check
// The words of docs/from-pytorch.md that no program can know: how a Python line is written here,
// what to use where a name is missing, and what is here alone.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are lines for readers

/**
 * @typedef {object} Remarks
 * @property {string} title
 * @property {string} python how Python gets at the namespace
 * @property {string} here how TypeScript gets at it
 * @property {[python: string, here: string, remark?: string][]} lines
 * @property {[names: string, instead: string][]} missing names in one text, apart by blanks
 * @property {Record<string, string>} own what is here alone, with what it is
 */

/** @type {Record<string, Remarks>} in the order of the page */
export const remarks = {
  torch: {
    title: "torch",
    python: "import torch",
    here: 'import * as torch from "deep-learning-lab"',
    lines: [
      [
        "`a - b`, `2 * x @ w`, `-x ** 2`",
        "`` expr`${a} - ${b}` ``, `` expr`2 * ${x} @ ${w}` ``, `` expr`-${x} ** 2` ``",
        "Python's precedence; or methods, `a.sub(b)`. A bare `a - b` is a TypeError, never NaN",
      ],
      [
        "`torch.zeros(2, 3, dtype=torch.float64)`",
        "`torch.zeros(2, 3, { dtype: torch.float64 })`",
        "keyword arguments are one last object",
      ],
      [
        "`torch.normal(0, 1, (3, 2))`, `torch.cat((a, b))`",
        "`torch.normal(0, 1, [3, 2])`, `torch.cat([a, b])`",
        "tuples are arrays",
      ],
      [
        "`torch.tensor([1., 2.])`",
        "`torch.tensor([1, 2], { dtype: torch.float32 })`",
        "`1.` and `1` are one number in JavaScript: whole numbers make int64, one fraction makes float32; in `expr`, `2.0` is a float",
      ],
      [
        "`with torch.no_grad():`",
        "`torch.no_grad(() => …)`",
        "gives back what the function gives; so `enable_grad`",
      ],
      [
        "`values, i = torch.max(x, 1)`",
        "`const { values, indices } = torch.max(x, 1)`",
        "or `const [values, i] = …`",
      ],
      ["`torch.cuda`, `device=`", "none", "there is the CPU"],
      ["int64", "exact up to 2⁵³", "an error beyond, never a rounded number"],
      [
        '`print(x)`, `f"{x.item():.3f}"`, `"%.5f" % v`',
        '`console.log(x)`, `format("%.3f", x.item())`',
        "the same characters; not `toFixed`, which rounds otherwise",
      ],
    ],
    missing: [
      ["device get_device set_default_device", "leave it out"],
      [
        "float16 bfloat16 int8 int16 complex64 complex128",
        "float32, float64, int32, int64, uint8, bool",
      ],
      ["meshgrid cartesian_prod", "`expand` of two `view`s, or `reshape` of an `arange`"],
      ["tan asin acos atan sinh cosh erf lgamma", "`sin` and `cos`; `gelu` has its own erf"],
      ["concat concatenate", "`cat`"],
      ["multiply subtract divide true_divide negative absolute", "`mul sub div neg abs`"],
      ["greater greater_equal less less_equal not_equal", "`gt ge lt le ne`"],
      ["median quantile mode histc kthvalue", "`sort`, then `index`; `bincount`"],
      ["multinomial poisson", "`bernoulli`, `randperm`, `rand`"],
      ["var_mean std_mean", "`var` and `mean`"],
      ["conv1d conv2d max_pool2d", "not yet; `einsum` over `as_strided` windows"],
      ["compile vmap autocast", "nothing to set up: ops run at once"],
      ["use_deterministic_algorithms", "always deterministic, with any number of threads"],
      [
        "save load",
        "`state_dict()` is a plain object of tensors, and `toJSON` makes lists of them",
      ],
    ],
    own: {
      expr: "reads an expression with Python's operators",
      range: "Python's `range` as an array, not torch.range",
      format: "Python's `%` formats and rounding",
      show: "displays a plain Plotly figure",
      progress: "a bar over the steps of a loop, as `tqdm`",
      slice: "Python's `slice`, for `index`",
      Slice: "what `slice` makes",
      PyFloat: "a float though it is whole, `2.0`",
      writeMetrics: "writes a run's figures where its caller asked for them",
      AssertionError: "Python's error classes, for `instanceof`",
      AttributeError: "",
      IndexError: "",
      NotImplementedError: "",
      RuntimeError: "",
      BadZipFile: "",
      EOFError: "",
      FileNotFoundError: "",
      KeyError: "",
      OSError: "",
      SafetensorError: "",
      UnpicklingError: "",
      TypeError: "",
      ValueError: "",
      ZeroDivisionError: "",
      DType: "the class of `torch.float32` …",
      rowGather: "rows of a data set of bytes, not yet carried out",
    },
  },
  Tensor: {
    title: "Methods of a tensor",
    python: "x.name(…)",
    here: "x.name(…)",
    lines: [
      [
        "`x[0]`, `x[:, 0]`, `x[1:3]`, `x[..., None]`",
        '`x.index(0)`, `x.index(":", 0)`, `x.index("1:3")`, `x.index("...", null)`',
        "views, as in PyTorch",
      ],
      [
        "`x[mask]`, `y_hat[range(n), y]`",
        "`x.index(mask)`, `y_hat.index(range(n), y)`",
        "copies, as in PyTorch",
      ],
      ["`x[i:j]`", "`x.index(torch.slice(i, j))`", "bounds that are computed"],
      [
        "`x[0] = 5`, `x[mask] = 0`",
        "`x.index_put_([0], 5)`, `x.index_put_([mask], 0)`",
        "or `x.index(0).fill_(5)`",
      ],
      ["`param.data -= lr * g`", "`` param.data.sub_(expr`${lr} * ${g}`) ``"],
      ["`x.sum(1, keepdim=True)`", "`x.sum(1, { keepdim: true })`"],
      [
        "`x == y`, `x > 0`, `~m`, `a & b`",
        "`x.eq(y)`, `x.gt(0)`, `m.logical_not()`, `a.logical_and(b)`",
      ],
      [
        "`len(x)`, `x.shape`, `float(x)`, `int(x)`",
        "`x.shape[0]`, `x.shape`, `x.item()`, `x.item()`",
      ],
      ["`for row in x`", "`for (const row of x.unbind())`"],
      ["`x.numpy()`", "`x.numpy()`", "an ndarray over the same numbers"],
      [
        '`f"{x}"`, `str(x)`',
        "`` `${x}` ``, `String(x)`",
        "a 0-d tensor in a template is its number, as in Python",
      ],
      ["`x.grad`, `x.grad.zero_()`", "`x.grad?.zero_()`", "a Tensor or null"],
    ],
    missing: [
      ["cuda cpu to_sparse pin_memory", "leave it out"],
      ["where", "`torch.where(mask, x, y)`"],
      ["unique", "`sort`, `bincount`"],
      [
        "new_zeros new_ones new_tensor new_full",
        "`torch.zeros_like` …, or `torch.zeros` with `dtype`",
      ],
      ["squeeze_ unsqueeze_ t_ transpose_", "without underscore: they give views"],
      ["reshape_as view_as", "`x.reshape(y.shape)`"],
      ["repeat_interleave", "`index_select` with repeated positions"],
      ["scatter scatter_add index_add", "`x.clone().scatter_(…)`"],
      ["nelement ndimension element_size", "`numel()`, `dim()`"],
    ],
    own: {
      toTypedArray: "the numbers as a typed array",
      array: "an ndarray",
      ndarray: "an ndarray",
      gradOrNull: "`x.grad`, without the warning for tensors that are no leaves",
      toString: "PyTorch's repr",
      toJSON: "nested lists",
      show: "a coloured table of the tensor, with its strides",
      rsub: "`other - x`, also `torch.rsub`",
      rpow: "`other ** x`",
    },
  },
  autograd: {
    title: "torch.autograd",
    python: "torch.autograd.name",
    here: "torch.autograd.name",
    lines: [
      [
        "`torch.autograd.grad(y, x, create_graph=True)`",
        "`torch.autograd.grad(y, x, { create_graph: true })`",
        "an array of tensors",
      ],
    ],
    missing: [
      ["Function", "write the formula in ops; its gradient follows"],
      ["no_grad enable_grad set_grad_enabled", "`torch.no_grad` …"],
      ["detect_anomaly", "errors name the op and the shapes"],
    ],
    own: { GradcheckError: "what `gradcheck` raises" },
  },
  linalg: {
    title: "torch.linalg",
    python: "torch.linalg.name",
    here: "torch.linalg.name",
    lines: [],
    missing: [
      [
        "solve inv det svd eigh qr lstsq cholesky",
        "nothing yet: leave such steps to Python, or solve by descent",
      ],
    ],
    own: {},
  },
  nn: {
    title: "torch.nn",
    python: "from torch import nn",
    here: 'import { nn } from "deep-learning-lab"',
    lines: [
      [
        "`class Net(nn.Module): def forward(self, x):`",
        "`class Net extends nn.Module { forward(x) { … } }`",
        "fields that are modules or parameters are found",
      ],
      [
        "`net = Net()`, `net(X)`",
        "`const net = new Net()`, `net(X)`",
        "library classes also without `new`: `nn.Linear(4, 1)`",
      ],
      ["`nn.Linear(4, 1, bias=False)`", "`nn.Linear(4, 1, { bias: false })`"],
      ["`nn.Sequential(nn.Flatten(), nn.Linear(784, 10))`", "the same"],
      ['`nn.BCELoss(reduction="sum")(p, y)`', '`nn.BCELoss({ reduction: "sum" })(p, y)`'],
      ["`isinstance(net, nn.Module)`", "`net instanceof nn.Module`"],
      ["`net.load_state_dict(net.state_dict())`", "the same", "a plain object of tensors"],
    ],
    missing: [
      ["Conv1d Conv2d MaxPool2d AvgPool2d BatchNorm1d BatchNorm2d", "not yet"],
      ["RNN LSTM GRU Transformer MultiheadAttention Embedding", "not yet"],
      ["LayerNorm GroupNorm", "`mean` and `var` over the dims"],
      ["LeakyReLU ELU GELU Softplus LogSigmoid", "`nn.functional.leaky_relu` … in `forward`"],
      ["Identity", "a module whose `forward` gives back its input"],
      ["ModuleList ModuleDict ParameterList", "`nn.Sequential`, or fields"],
      ["SmoothL1Loss", "`nn.HuberLoss` with `delta` 1"],
    ],
    own: {},
  },
  "nn.functional": {
    title: "torch.nn.functional",
    python: "import torch.nn.functional as F",
    here: "const F = nn.functional",
    lines: [
      [
        "`F.cross_entropy(y_hat, y, label_smoothing=0.1)`",
        "`F.cross_entropy(y_hat, y, { label_smoothing: 0.1 })`",
      ],
      ["`F.dropout(x, 0.5, training=True)`", "`F.dropout(x, 0.5, { training: true })`"],
    ],
    missing: [
      ["conv2d max_pool2d avg_pool2d batch_norm layer_norm embedding", "not yet"],
      ["smooth_l1_loss", "`huber_loss` with `delta` 1"],
      ["silu", "`x.mul(x.sigmoid())`"],
      ["normalize", "`x.div(x.norm(…))`"],
      ["pad", "`cat` with `zeros`"],
      ["scaled_dot_product_attention", "`softmax` of a `matmul`"],
    ],
    own: {},
  },
  "nn.init": {
    title: "torch.nn.init",
    python: "from torch.nn import init",
    here: "const { init } = nn",
    lines: [
      [
        "`init.normal_(w, mean=0, std=0.01)`",
        "`init.normal_(w, 0, 0.01)`",
        "draws the same numbers",
      ],
    ],
    missing: [
      [
        "normal uniform constant xavier_uniform xavier_normal kaiming_uniform kaiming_normal",
        "the names with an underscore: these were deprecated in PyTorch",
      ],
      ["eye_ orthogonal_ trunc_normal_ sparse_ dirac_", "`w.data.copy_(…)`"],
    ],
    own: {},
  },
  "nn.utils": {
    title: "torch.nn.utils",
    python: "torch.nn.utils.name",
    here: "nn.utils.name",
    lines: [],
    missing: [
      ["parameters_to_vector vector_to_parameters", "`torch.cat` of `view(-1)`s"],
      ["weight_norm spectral_norm", "not yet"],
    ],
    own: {},
  },
  optim: {
    title: "torch.optim",
    python: "from torch import optim",
    here: 'import { optim } from "deep-learning-lab"',
    lines: [
      [
        "`optim.SGD(net.parameters(), lr=0.1, momentum=0.9)`",
        "`optim.SGD(net.parameters(), { lr: 0.1, momentum: 0.9 })`",
      ],
      ["`[{'params': w, 'lr': 0.1}]`", "`[{ params: w, lr: 0.1 }]`"],
    ],
    missing: [
      [
        "LBFGS Adadelta Adamax NAdam RAdam ASGD Rprop",
        "`SGD`, `Adam`, `AdamW`, `RMSprop`, `Adagrad`",
      ],
    ],
    own: {},
  },
  "optim.lr_scheduler": {
    title: "torch.optim.lr_scheduler",
    python: "from torch.optim import lr_scheduler",
    here: "const { lr_scheduler } = optim",
    lines: [["`StepLR(sgd, step_size=30, gamma=0.1)`", "`StepLR(sgd, 30, { gamma: 0.1 })`"]],
    missing: [
      [
        "LambdaLR MultiStepLR LinearLR OneCycleLR ReduceLROnPlateau",
        "set `optimizer.param_groups[0].lr` between epochs",
      ],
    ],
    own: {},
  },
  data: {
    title: "torch.utils.data",
    python: "from torch.utils import data",
    here: 'import { data } from "deep-learning-lab"',
    lines: [
      [
        "`data.DataLoader(ds, 256, shuffle=True, num_workers=4)`",
        "`data.DataLoader(ds, 256, { shuffle: true })`",
        "the same order from the same seed; `num_workers` is 0",
      ],
      ["`for X, y in loader`", "`for (const [X, y] of loader)`"],
      ["`__getitem__`, `__len__`", "`get(i)`, `length`", "plain arrays are data sets too"],
    ],
    missing: [
      ["random_split Subset", "`torch.randperm`, then `index_select`"],
      ["RandomSampler SequentialSampler WeightedRandomSampler", "`shuffle`"],
      ["IterableDataset", "a generator function"],
    ],
    own: {},
  },
  "torchvision.datasets": {
    title: "torchvision.datasets",
    python: "from torchvision import datasets",
    here: "const { datasets } = torchvision",
    lines: [
      [
        '`datasets.FashionMNIST(root="data", train=True, download=True)`',
        '`datasets.FashionMNIST({ root: "data", train: true, download: true })`',
        "synchronous; checked by MD5",
      ],
    ],
    missing: [["MNIST CIFAR10 ImageFolder", "tensors in `data.TensorDataset`"]],
    own: { PracticeSet: "pictures of clothes drawn by a program, for when there is no network" },
  },
  "torchvision.transforms": {
    title: "torchvision.transforms",
    python: "from torchvision import transforms",
    here: "const { transforms } = torchvision",
    lines: [],
    missing: [
      [
        "Normalize Lambda RandomCrop RandomHorizontalFlip",
        "any function of a picture may stand in `Compose`",
      ],
    ],
    own: {},
  },
  d2l: {
    title: "d2l",
    python: "from d2l import torch as d2l",
    here: 'import { d2l } from "deep-learning-lab"',
    lines: [["`d2l.train_ch3(net, train_iter, test_iter, loss, 10, sgd)`", "the same"]],
    missing: [
      [
        "train_ch6 try_gpu load_data_time_machine Residual",
        "the chapters on images and text are not followed",
      ],
      ["use_svg_display set_figsize", "`plt.figure({ figsize: [6, 3] })`"],
    ],
    own: {},
  },
  safetensors: {
    title: "safetensors.torch",
    python: "from safetensors.torch import load_file, save_file",
    here: 'import { safetensors } from "deep-learning-lab"',
    lines: [
      [
        '`save_file(net.state_dict(), "net.safetensors")`',
        '`safetensors.save_file(net.state_dict(), "net.safetensors")`',
        "the bytes of the same tensors, both ways",
      ],
    ],
    missing: [
      ["load save", "`load_file`, `save_file`"],
      ["load_model save_model", "`net.load_state_dict(safetensors.load_file(…))`"],
    ],
    own: { SafeOpen: "what `safe_open` gives" },
  },
  np: {
    title: "numpy",
    python: "import numpy as np",
    here: 'import { np } from "deep-learning-lab"',
    lines: [
      [
        "`np.where(p > 0.5, 1, 0)`",
        "`np.where(p.gt(0.5), 1, 0)`",
        "takes tensors and ndarrays, gives an ndarray",
      ],
      ["`x.numpy()[:, 0]`", "`x.numpy().pick(null, 0)`", "ndarrays are those of scijs/ndarray"],
    ],
    missing: [
      ["array zeros ones arange linspace exp mean", "tensors: `torch.tensor`, `torch.zeros` …"],
    ],
    own: {},
  },
  "np.random": {
    title: "numpy.random",
    python: "np.random.name",
    here: "np.random.name",
    lines: [
      [
        "`np.random.normal(0, 0.01, (2, 1))`",
        "`np.random.normal(0, 0.01, [2, 1])`",
        "the same numbers from the same seed",
      ],
    ],
    missing: [
      ["default_rng Generator RandomState", "the functions of the module, which share one stream"],
      ["choice standard_normal", "`randint`, `permutation`, `randn`"],
    ],
    own: {},
  },
  random: {
    title: "random, torch.random",
    python: "import random",
    here: 'import { random } from "deep-learning-lab"',
    lines: [
      ["`random.shuffle(indices)`", "the same", "in place, in Python's order"],
      ["`with torch.random.fork_rng():`", "`torch.random.fork_rng(() => …)`"],
    ],
    missing: [["choices randrange normalvariate", "`sample`, `randint`, `gauss`"]],
    own: {},
  },
  plt: {
    title: "matplotlib.pyplot",
    python: "import matplotlib.pyplot as plt",
    here: 'import { plt } from "deep-learning-lab"',
    lines: [
      [
        '`plt.scatter(x, y, c=y, cmap="RdYlGn")`',
        '`plt.scatter(x, y, { c: y, cmap: "RdYlGn" })`',
        "drawn by Plotly, inline",
      ],
      [
        "`fig, ax = plt.subplots(1, 2)`",
        "`const [fig, axes] = plt.subplots(1, 2)`",
        "row by row in one list",
      ],
      ["`plt.show()`", "`plt.show()`", "outside Jupyter it gives the figure"],
    ],
    missing: [
      ["savefig", "`npm run report`, or the figure that `show()` gives"],
      ["contour contourf", "`plt.lossSurface`"],
      ["colorbar", "drawn by itself where `c` are numbers"],
      ["subplot tight_layout", "`plt.subplots`"],
    ],
    own: {
      bandedLines: "lines with bands between quartiles",
      histogramWithDensity: "a histogram with a curve over it",
      graph: "the computation graph of a tensor",
      GraphPicture: "what `graph` gives",
      confusionMatrix: "counts of true against predicted classes",
      heatMap: "a matrix in colours",
      showImages: "pictures in a grid",
      weightPictures: "a layer's weights as pictures",
      decisionRegions: "what a net says where",
      lossSurface: "a loss over two weights",
    },
  },
};
