// torch.nn.functional: the functions that also exist as modules.

export { relu, sigmoid, tanh } from "../ops/activation";
export {
  binary_cross_entropy,
  binary_cross_entropy_with_logits,
} from "../ops/loss";
