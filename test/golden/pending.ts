// Names that golden code uses and the library does not have, each with the reason.

/** What a later step brings → the names it brings, as golden code spells them. */
const LATER: Readonly<Record<string, readonly string[]>> = {
  "layers and their functions": [
    ...["nn.Linear", "nn.Sequential", "nn.Flatten", "nn.Parameter"],
    ...["F.linear", "F.dropout", "torch.addmm"],
  ],
  "losses beyond the five exercises": [
    ...["nn.CrossEntropyLoss", "nn.NLLLoss", "nn.MSELoss", "nn.L1Loss"],
    ...["F.cross_entropy", "F.nll_loss", "F.mse_loss", "F.l1_loss", "F.one_hot"],
  ],
  activations: [
    ...["F.softmax", "F.log_softmax", "torch.log_softmax", "torch.logsumexp", "F.logsigmoid"],
    ...["F.softplus", "F.leaky_relu", "F.gelu", "F.elu"],
  ],
  "element-wise functions beyond the five exercises": [
    ...["torch.clamp", "torch.clamp_", "torch.sin", "torch.cos", "torch.log1p", "torch.rsqrt"],
    ...["torch.floor", "torch.round", "torch.floor_divide", "torch.remainder"],
    ...["torch.logical_not", "torch.bitwise_not", "torch.bitwise_and"],
  ],
  "reductions and scans beyond the five exercises": [
    ...["torch.amax", "torch.cumsum", "torch.norm", "torch.linalg.norm", "torch.prod"],
    ...["torch.any", "torch.all", "torch.sort", "torch.topk"],
  ],
  "reshaping beyond the five exercises": [
    ...["torch.chunk", "torch.split", "torch.unbind", "torch.repeat", "torch.roll", "torch.flip"],
    ...["torch.movedim", "torch.swapaxes", "torch.tril", "torch.triu", "torch.diag"],
    ...["torch.diagonal", "torch.take", "torch.atleast_2d", "torch.vstack", "torch.hstack"],
    ...["torch.outer", "torch.einsum"],
  ],
};

/** Name → what brings it; a test fails as soon as the library has one of them. */
export const PENDING: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(LATER).flatMap(([what, names]) => names.map((name) => [name, what])),
);

/** Names that stay out: they are Python's, NumPy's or another package's, not a tensor library's. */
export const OUTSIDE: Readonly<Record<string, string>> = {
  "copy.deepcopy": "Python's copy module; clone() copies a tensor",
  "torch.device": "there is one device, the CPU",
  "np.array": "NumPy arrays are made by np.random, np.where and t.numpy() only",
  "np.float64": "NumPy's scalars are JavaScript numbers here",
};

/** How the reason of a row begins that waits for a pending name. */
export const PENDING_PREFIX = "pending";

/** Why a missing name is no failure, or null if it is one. */
export function reasonFor(missing: string | null): string | null {
  if (missing === null) return null;
  if (missing in PENDING) return `${PENDING_PREFIX}: ${PENDING[missing]}`;
  return missing in OUTSIDE ? `outside: ${OUTSIDE[missing]}` : null;
}
