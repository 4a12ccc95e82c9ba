// torch.nn.functional: the functions that also exist as modules.

export { relu, sigmoid, tanh } from "../ops/activation";
export {
  cross_entropy,
  huber_loss,
  l1_loss,
  mse_loss,
  nll_loss,
} from "../ops/classloss";
export { dropout, linear } from "../ops/layers";
export { binary_cross_entropy, binary_cross_entropy_with_logits } from "../ops/loss";
export { elu, gelu, leaky_relu, logsigmoid, softplus } from "../ops/rectify";
export { log_softmax, softmax } from "../ops/softmax";
export { one_hot } from "../ops/sort";
