// d2l's loaders: batches of tensors, and of Fashion-MNIST.

import { TensorDataset } from "../data";
import { FashionMNIST } from "../data/fashion";
import type { Image } from "../data/image";
import { DataLoader } from "../data/loader";
import { Compose, Resize, ToTensor, type Transform } from "../data/transforms";
import type { Tensor } from "../tensor";

/** The keyword argument of load_array. */
export interface LoadArrayOptions {
  /** Whether each pass has a new random order (default true). */
  readonly is_train?: boolean;
}

/**
 * Batches of the rows of several tensors that belong together, shuffled unless is_train is false.
 * Raises AssertionError when their first dimensions differ.
 * @example
 * const arrays = [torch.arange(3), torch.arange(3).mul(2)];
 * for (const [x, y] of d2l.load_array(arrays, 2, { is_train: false })) console.log(x, y);
 * // tensor([0, 1]) tensor([0, 2])
 * // tensor([2]) tensor([4])
 */
export function load_array(
  data_arrays: readonly Tensor[],
  batch_size: number,
  is_train: boolean | LoadArrayOptions = true,
): DataLoader<Tensor[], Tensor[]> {
  const shuffle = typeof is_train === "boolean" ? is_train : (is_train.is_train ?? true);
  return DataLoader<Tensor[], Tensor[]>(TensorDataset(...data_arrays), batch_size, { shuffle });
}

/** The keyword argument of load_data_fashion_mnist. */
export interface LoadFashionOptions {
  /** The pictures' new side, or [height, width]; as they are by default. */
  readonly resize?: number | readonly number[] | null;
}

/** Batches of pictures and their labels. */
export type FashionLoader = DataLoader<[Tensor, number], [Tensor, Tensor]>;

/**
 * Loaders of Fashion-MNIST's training examples, shuffled, and of its test examples, in order:
 * X float32 [batch, 1, 28, 28] in 0 … 1, y int64 [batch]. The files are fetched to `../data` when
 * they are nowhere. Raises RuntimeError when they cannot be had; see torchvision's FashionMNIST.
 * @example
 * const loaders = () => d2l.load_data_fashion_mnist(256);
 */
export function load_data_fashion_mnist(
  batch_size: number,
  resize: number | readonly number[] | null | LoadFashionOptions = null,
): [train_iter: FashionLoader, test_iter: FashionLoader] {
  const size = isOptions(resize) ? (resize.resize ?? null) : resize;
  const steps: Transform<never>[] = size === null ? [ToTensor()] : [Resize(size), ToTensor()];
  const transform: Transform<Image, Tensor> = Compose(steps);
  const load = (train: boolean): FashionLoader => {
    const pictures = FashionMNIST({ root: "../data", train, transform, download: true });
    return DataLoader<[Tensor, number], [Tensor, Tensor]>(pictures, batch_size, { shuffle: train });
  };
  return [load(true), load(false)];
}

function isOptions(x: unknown): x is LoadFashionOptions {
  return typeof x === "object" && x !== null && !Array.isArray(x);
}
