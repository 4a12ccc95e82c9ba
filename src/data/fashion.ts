// torchvision.datasets.FashionMNIST: ten kinds of garments.

import { callable } from "../callable";
import { fashionFiles } from "./fashionfiles";
import type { Image } from "./image";
import { garmentClasses, ImageSet } from "./imageset";
import { loadPublished, type PublishedOptions } from "./published";

/** The keyword arguments of FashionMNIST. */
export type FashionMNISTOptions<T> = PublishedOptions<T>;

/** What `FashionMNIST` makes; see there. */
export class FashionMNISTClass<T = Image> extends ImageSet<T> {
  static readonly classes: readonly string[] = garmentClasses;
  constructor(options: FashionMNISTOptions<T>) {
    const stored = loadPublished(fashionFiles, options);
    super(stored, garmentClasses, options.train !== false, options.transform);
  }
}

/** Fashion-MNIST whose pictures a transform made into T. */
export type FashionMNIST<T = Image> = FashionMNISTClass<T>;

/** `FashionMNIST` with and without `new`. */
export interface FashionMNISTConstructor {
  readonly classes: readonly string[];
  new <T = Image>(options: FashionMNISTOptions<T>): FashionMNIST<T>;
  <T = Image>(options: FashionMNISTOptions<T>): FashionMNIST<T>;
}

/**
 * Fashion-MNIST: 28×28 grey pictures of ten kinds of garments, [picture, label] by number.
 * The files come from the folder FASHION_MNIST_DIR names, else from `root/FashionMNIST/raw`, else
 * with `download` from the web. Raises RuntimeError when they cannot be had or are not the
 * published ones, saying what was expected and found. Source: Xiao, Rasul, Vollgraf,
 * "Fashion-MNIST" (2017), github.com/zalandoresearch/fashion-mnist.
 * @example
 * torchvision.datasets.FashionMNIST.classes[9]   // Ankle boot
 * const load = () => torchvision.datasets.FashionMNIST({ root: "../data", download: true });
 */
export const FashionMNIST = callable(FashionMNISTClass) as FashionMNISTConstructor;
