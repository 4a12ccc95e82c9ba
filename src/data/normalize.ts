// torchvision's transforms of tensors: Normalize, and any function as a Lambda.

import { tensor } from "../creation";
import { TypeError, ValueError } from "../errors";
import { floatRepr } from "../format";
import { pythonTypeName } from "../scalar";
import { Tensor } from "../tensor";
import { described, type Transform, type TransformClass } from "./transform";

/** The keyword argument of Normalize. */
export interface NormalizeOptions {
  /** Change the given tensor itself. */
  readonly inplace?: boolean;
}

/** One number for every channel, or one for each. */
export type PerChannel = number | readonly number[];

const numberRepr = (x: number) => (Number.isInteger(x) ? String(x) : floatRepr(x));
const repr = (x: PerChannel) =>
  typeof x === "number" ? numberRepr(x) : `[${x.map(numberRepr).join(", ")}]`;

function requireImages(input: Tensor): void {
  if (!(input instanceof Tensor)) {
    throw new TypeError(
      `img should be Tensor Image. Got ${pythonTypeName(input)}`,
      "put ToTensor() before Normalize",
    );
  }
  if (!input.dtype.is_floating_point) {
    throw new TypeError(`Input tensor should be a float tensor. Got ${input.dtype}.`);
  }
  if (input.dims.length < 3) {
    throw new ValueError(
      `Expected tensor to be a tensor image of size (..., C, H, W). Got tensor.size() = ${input.shape}`,
    );
  }
}

/**
 * (x − mean) / std channel by channel: (…, C, H, W) → the same shape and dtype; mean and std have
 * one number or C. Raises TypeError for anything but a float tensor, ValueError for fewer than
 * three dimensions and for a std of 0.
 * @example
 * const { Compose, Normalize, ToTensor } = torchvision.transforms;
 * Compose([ToTensor(), Normalize(0.5, 0.5)])
 * // Compose(
 * //     ToTensor()
 * //     Normalize(mean=0.5, std=0.5)
 * // )
 */
export const Normalize = function Normalize(
  mean: PerChannel,
  std: PerChannel,
  options: NormalizeOptions = {},
) {
  const transform = (input: Tensor): Tensor => {
    requireImages(input);
    const { dtype } = input;
    const [centre, spread] = [mean, std].map((x) => {
      const values = tensor(x, { dtype });
      return values.dims.length === 1 ? values.view(-1, 1, 1) : values;
    });
    if (spread.eq(0).any().item()) {
      throw new ValueError(
        `std evaluated to zero after conversion to ${dtype}, leading to division by zero.`,
      );
    }
    return (options.inplace ? input : input.clone()).sub_(centre).div_(spread);
  };
  const text = `Normalize(mean=${repr(mean)}, std=${repr(std)})`;
  return described(Object.assign(transform, { ofBatch: transform }), text);
} as unknown as TransformClass<
  [mean: PerChannel, std: PerChannel, options?: NormalizeOptions],
  Transform<Tensor, Tensor>
>;

/** `Lambda` with and without `new`. */
export interface LambdaClass {
  new <In, Out>(lambd: (input: In) => Out): Transform<In, Out>;
  <In, Out>(lambd: (input: In) => Out): Transform<In, Out>;
}

/**
 * A function as a transform. Raises TypeError for anything else.
 * @example
 * const { Lambda } = torchvision.transforms;
 * Lambda((x: torch.Tensor) => x.reshape(-1))(torch.ones(1, 2, 2))   // tensor([1., 1., 1., 1.])
 */
export const Lambda = function Lambda(lambd: (input: unknown) => unknown) {
  if (typeof lambd !== "function") {
    throw new TypeError(`Argument lambd should be callable, got '${pythonTypeName(lambd)}'`);
  }
  return described((input: unknown) => lambd(input), "Lambda()");
} as unknown as LambdaClass;
