// d2l's minibatch stochastic gradient descent.

import { no_grad } from "../autograd/grad_mode";
import { TypeError } from "../errors";
import type { Tensor } from "../tensor";

/**
 * One step for each parameter, in place and outside the graph, and its gradient set to zero:
 * param −= lr · grad / batch_size. Raises TypeError when a parameter has no gradient yet.
 * @example
 * const w = torch.tensor([1.5], { requires_grad: true });
 * w.mul(4).sum().backward();
 * d2l.sgd([w], 0.1, 2);
 * w   // tensor([1.3000], requires_grad=True)
 * w.grad   // tensor([0.])
 */
export function sgd(params: Iterable<Tensor>, lr: number, batch_size: number): void {
  no_grad(() => {
    for (const param of params) {
      const { grad } = param;
      if (grad === null) {
        throw new TypeError(
          "unsupported operand type(s) for *: 'float' and 'NoneType'",
          "the parameter has no gradient: call backward() first, on a tensor that requires_grad",
        );
      }
      param.sub_(grad.mul(lr).div(batch_size));
      grad.zero_();
    }
  });
}
