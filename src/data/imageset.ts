// A labelled set of small pictures, as torchvision's: what FashionMNIST, MNIST and the practice set share.

import { int64, uint8 } from "../dtype";
import { fromArray, type Tensor } from "../tensor";
import { type Collated, Dataset, rowOf } from "./dataset";
import { Image } from "./image";
import type { Transform } from "./transform";

/** The ten garments, in the order of their labels. */
export const garmentClasses: readonly string[] = [
  "T-shirt/top",
  "Trouser",
  "Pullover",
  "Dress",
  "Coat",
  "Sandal",
  "Shirt",
  "Sneaker",
  "Bag",
  "Ankle boot",
];

/** Stored pictures and their labels. */
export interface StoredImages {
  /** Pictures one after the other, row by row, with spare bytes behind them. */
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Pictures with labels: `get(i)` is [picture, label], the picture through the transform.
 * With ToTensor as the only transform a batch is one lazy gather of rows.
 */
export class ImageSet<T = Image> extends Dataset<[T, number]> {
  /** The names of the labels. */
  readonly classes: readonly string[];
  readonly length: number;
  readonly train: boolean;
  readonly transform: Transform<Image, T> | undefined;
  /** A batch of [X, y] for these rows; only when the transform can do many at once. */
  readonly batch: ((rows: Int32Array) => Collated<[T, number]>) | undefined;
  private readonly stored: StoredImages;
  private allPixels: Tensor | null = null;
  private allLabels: Tensor | null = null;

  constructor(
    stored: StoredImages,
    classes: readonly string[],
    train: boolean,
    transform: Transform<Image, T> | undefined,
  ) {
    super();
    this.stored = stored;
    this.classes = classes;
    this.train = train;
    this.transform = transform;
    this.length = stored.labels.length;
    const ofRows = transform?.ofRows;
    this.batch = ofRows && ((rows) => this.gather(rows, ofRows) as Collated<[T, number]>);
  }

  /** The label of each class name. */
  get class_to_idx(): { [name: string]: number } {
    return Object.fromEntries(this.classes.map((name, label) => [name, label]));
  }

  /** A copy of all pictures as they are stored: uint8 of shape [n, height, width]. */
  get data(): Tensor {
    const { pixels, height, width } = this.stored;
    this.allPixels ??= fromArray(pixels.slice(), [this.length, height, width], uint8);
    return this.allPixels;
  }

  /** A copy of all labels: int64 of shape [n]. */
  get targets(): Tensor {
    this.allLabels ??= fromArray(Float64Array.from(this.stored.labels), [this.length], int64);
    return this.allLabels;
  }

  /**
   * The example with this number; a negative one counts from the end. Raises IndexError.
   * @example
   * const [picture, label] = torchvision.datasets.PracticeSet().get(0);
   * picture.size   // [ 28, 28 ]
   */
  get(index: number): [T, number] {
    const row = rowOf(index, this.length);
    const { pixels, labels, width, height } = this.stored;
    const size = width * height;
    const image = new Image(width, height, pixels.slice(row * size, (row + 1) * size));
    return [this.transform ? this.transform(image) : (image as T), labels[row]];
  }

  private gather(numbers: Int32Array, ofRows: NonNullable<Transform["ofRows"]>): [Tensor, Tensor] {
    const { pixels, labels, width, height } = this.stored;
    const rows = numbers.map((row) => rowOf(row, this.length));
    const y = new Float64Array(rows.length);
    for (let i = 0; i < y.length; i++) y[i] = labels[rows[i]];
    return [ofRows({ source: pixels, rows, width, height }), fromArray(y, [rows.length], int64)];
  }
}
