// The practice set: garments drawn by this program, for working without Fashion-MNIST's files.

import { callable } from "../callable";
import { residentBytes } from "../kernels/resident";
import { chance, drawGarment, garmentSize } from "./garments";
import type { Image } from "./image";
import { garmentClasses, ImageSet, type StoredImages } from "./imageset";
import type { Transform } from "./transform";

/** The keyword arguments of PracticeSet. */
export interface PracticeSetOptions<T> {
  /** The 10,000 training examples (by default) or the 1,000 test examples. */
  readonly train?: boolean;
  /** Makes a tensor, or anything else, of each picture. */
  readonly transform?: Transform<Image, T> | undefined;
}

const splits = {
  train: { count: 10000, seed: 20170828 },
  test: { count: 1000, seed: 20260101 },
};
const drawn = new Map<keyof typeof splits, StoredImages>();

/** Drawn once per process. */
function draw(split: keyof typeof splits): StoredImages {
  const known = drawn.get(split);
  if (known) return known;
  const { count, seed } = splits[split];
  const size = garmentSize * garmentSize;
  const pixels = residentBytes(count * size);
  const labels = new Uint8Array(count);
  const next = chance(seed);
  for (let i = 0; i < count; i++) {
    labels[i] = Math.floor(10 * next());
    drawGarment(labels[i], Math.floor(4294967296 * next()), pixels, i * size);
  }
  const stored = { pixels, labels, width: garmentSize, height: garmentSize };
  drawn.set(split, stored);
  return stored;
}

/** What `PracticeSet` makes; see there. */
export class PracticeSetClass<T = Image> extends ImageSet<T> {
  static readonly classes: readonly string[] = garmentClasses;
  constructor(options: PracticeSetOptions<T> = {}) {
    super(
      draw(options.train === false ? "test" : "train"),
      garmentClasses,
      options.train !== false,
      options.transform,
    );
  }
}

/** The practice set whose pictures a transform made into T. */
export type PracticeSet<T = Image> = PracticeSetClass<T>;

/** `PracticeSet` with and without `new`. */
export interface PracticeSetConstructor {
  readonly classes: readonly string[];
  new <T = Image>(options?: PracticeSetOptions<T>): PracticeSet<T>;
  <T = Image>(options?: PracticeSetOptions<T>): PracticeSet<T>;
}

/**
 * Drawn garments of the ten kinds of Fashion-MNIST, 28×28, [picture, label] by number: the same
 * on every machine, made in memory, without files or network. It is not Fashion-MNIST: what is
 * measured on it says nothing about that data set.
 * @example
 * const { PracticeSet } = torchvision.datasets;
 * const test = PracticeSet({ train: false, transform: torchvision.transforms.ToTensor() });
 * const [X, y] = test.get(0);
 * X.shape   // torch.Size([1, 28, 28])
 * test.classes[y]   // Pullover
 */
export const PracticeSet = callable(PracticeSetClass) as PracticeSetConstructor;
