// torchvision.datasets.MNIST: handwritten digits.

import { callable } from "../callable";
import type { Image } from "./image";
import { ImageSet } from "./imageset";
import { mnistFiles } from "./mnistfiles";
import { loadPublished, type PublishedOptions } from "./published";

/** The keyword arguments of MNIST. */
export type MNISTOptions<T> = PublishedOptions<T>;

const digits: readonly string[] = [
  "0 - zero",
  "1 - one",
  "2 - two",
  "3 - three",
  "4 - four",
  "5 - five",
  "6 - six",
  "7 - seven",
  "8 - eight",
  "9 - nine",
];

/** What `MNIST` makes; see there. */
export class MNISTClass<T = Image> extends ImageSet<T> {
  static readonly classes: readonly string[] = digits;
  constructor(options: MNISTOptions<T>) {
    super(loadPublished(mnistFiles, options), digits, options.train !== false, options.transform);
  }
}

/** MNIST whose pictures a transform made into T. */
export type MNIST<T = Image> = MNISTClass<T>;

/** `MNIST` with and without `new`. */
export interface MNISTConstructor {
  readonly classes: readonly string[];
  new <T = Image>(options: MNISTOptions<T>): MNIST<T>;
  <T = Image>(options: MNISTOptions<T>): MNIST<T>;
}

/**
 * MNIST: 28×28 grey pictures of handwritten digits, [picture, label] by number. The files come
 * from the folder MNIST_DIR names, else from `root/MNIST/raw`, else with `download` from the web
 * (MNIST_URL names another mirror). Raises RuntimeError when they cannot be had or are not the
 * published ones, saying what was expected and found. Source: LeCun, Bottou, Bengio, Haffner,
 * "Gradient-based learning applied to document recognition" (1998), yann.lecun.com/exdb/mnist.
 * @example
 * torchvision.datasets.MNIST.classes[9]   // 9 - nine
 * const load = () => torchvision.datasets.MNIST({ root: "../data", download: true });
 */
export const MNIST = callable(MNISTClass) as MNISTConstructor;
