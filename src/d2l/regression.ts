// d2l's linear regression: made-up data, the model and its loss.

import { normal } from "../creation";
import type { Scalar } from "../scalar";
import type { Tensor } from "../tensor";

/**
 * Made-up examples of a line: X from N(0, 1), y = X w + b + noise from N(0, 0.01²), drawn in this
 * order from the default generator. w: (k) or (k, 1) → X: (n, k), y: (n, 1).
 * Raises RuntimeError when w and b don't fit together.
 * @example
 * const [features, labels] = d2l.synthetic_data(torch.tensor([2, -3.4]), 4.2, 1000);
 * features.shape   // torch.Size([1000, 2])
 * labels.shape   // torch.Size([1000, 1])
 */
export function synthetic_data(
  w: Tensor,
  b: Scalar | Tensor,
  num_examples: number,
): [X: Tensor, y: Tensor] {
  const X = normal(0, 1, [num_examples, w.shape[0]]);
  const y = X.matmul(w).add(b);
  const noise = normal(0, 0.01, [...y.shape]);
  return [X, y.add_(noise).reshape(-1, 1)];
}

/**
 * The linear model: X w + b; (n, k) @ (k, m) + (m) → (n, m).
 * Raises RuntimeError when the shapes don't fit.
 * @example
 * d2l.linreg(torch.ones(2, 2), torch.tensor([[1.5], [1.5]]), 0.5)
 * // tensor([[3.5000],
 * //         [3.5000]])
 */
export function linreg(X: Tensor, w: Tensor, b: Scalar | Tensor): Tensor {
  return X.matmul(w).add(b);
}

/**
 * Half the squared difference of each element, y taken in the shape of y_hat; not reduced.
 * Raises RuntimeError when y has another number of elements.
 * @example
 * d2l.squared_loss(torch.tensor([[1.5], [2]]), torch.tensor([1, 4]))
 * // tensor([[0.1250],
 * //         [2.0000]])
 */
export function squared_loss(y_hat: Tensor, y: Tensor): Tensor {
  return y_hat
    .sub(y.reshape([...y_hat.shape]))
    .pow(2)
    .div(2);
}
