// torchvision's transforms: functions that make one example into another, callable with and
// without `new`.

import { TypeError, ValueError } from "../errors";
import { fromArray, fromRows, type Tensor } from "../tensor";
import { Image } from "./image";
import { resizeImage } from "./resize";
import { described, type ImageRows, type Transform, type TransformClass } from "./transform";

export { Lambda, type LambdaClass, Normalize, type NormalizeOptions } from "./normalize";
export type { ImageRows, Transform, TransformClass } from "./transform";

function checkImage(input: unknown, name: string): asserts input is Image {
  if (input instanceof Image) return;
  const kind = input === null || typeof input !== "object" ? typeof input : input.constructor.name;
  throw new TypeError(`pic should be PIL Image or ndarray. Got ${kind}`, `${name} takes an Image.`);
}

/** v/255, rounded to float32, for each byte v: a channel of size 1, then rows, then columns. */
function imageToTensor(image: Image): Tensor {
  checkImage(image, "ToTensor");
  const scaled = Float32Array.from(image.data, (v) => v / 255);
  return fromArray(scaled, [1, image.height, image.width]);
}

function rowsToTensor({ source, rows, width, height }: ImageRows): Tensor {
  return fromRows({ source, rows, rowSize: width * height, divisor: 255 }, [1, height, width]);
}

/**
 * A picture as a float32 tensor of shape [1, height, width] with values in 0 … 1.
 * @example
 * const [image] = torchvision.datasets.PracticeSet().get(0);
 * torchvision.transforms.ToTensor()(image).shape   // torch.Size([1, 28, 28])
 */
export const ToTensor = function ToTensor() {
  const transform = (image: Image) => imageToTensor(image);
  return described(Object.assign(transform, { ofRows: rowsToTensor }), "ToTensor()");
} as unknown as TransformClass<[], Transform<Image, Tensor>>;

/** The new [width, height]: one number is the shorter side, the other keeps the proportion. */
function targetSize(image: Image, size: number | readonly number[]): [number, number] {
  const list = typeof size === "number" ? [size] : size;
  if (list.length === 2) return [list[1], list[0]];
  const [short] = list;
  return image.width <= image.height
    ? [short, Math.trunc((short * image.height) / image.width)]
    : [Math.trunc((short * image.width) / image.height), short];
}

/**
 * Resize a picture by Pillow's antialiased bilinear filter: a number is the length of the shorter
 * side, [height, width] is the exact size. Raises ValueError for sizes that are not positive.
 * @example
 * const [image] = torchvision.datasets.PracticeSet().get(0);
 * torchvision.transforms.Resize(64)(image).size   // [ 64, 64 ]
 */
export const Resize = function Resize(size: number | readonly number[]) {
  const list = typeof size === "number" ? [size] : size;
  if (!Array.isArray(list)) {
    throw new TypeError(`Size should be int or sequence. Got ${typeof size}`);
  }
  if (list.length !== 1 && list.length !== 2) {
    throw new ValueError("If size is a sequence, it should have 1 or 2 values");
  }
  if (!list.every((side) => Number.isInteger(side) && side > 0)) {
    throw new ValueError(`Size should be positive whole numbers. Got ${list.join(", ")}`);
  }
  const transform = (image: Image) => {
    checkImage(image, "Resize");
    const [width, height] = targetSize(image, size);
    return resizeImage(image, width, height);
  };
  const text = typeof size === "number" ? size : `[${list.join(", ")}]`;
  return described(
    transform,
    `Resize(size=${text}, interpolation=bilinear, max_size=None, antialias=True)`,
  );
} as unknown as TransformClass<[size: number | readonly number[]], Transform<Image, Image>>;

/** How many at once, where the first step makes a batch of rows and the others carry on with it. */
function rowsThrough([first, ...rest]: readonly Transform<unknown>[]): Transform["ofRows"] {
  const fromFirst = first?.ofRows;
  const others = rest.map(({ ofBatch }) => ofBatch);
  if (fromFirst === undefined || others.includes(undefined)) return undefined;
  return (images) => others.reduce((batch, step) => step?.(batch) ?? batch, fromFirst(images));
}

/** `Compose` with and without `new`; `Out` is what the last transform gives, a tensor mostly. */
export interface ComposeClass {
  new <Out = Tensor>(transforms: readonly Transform<never>[]): Transform<Image, Out>;
  <Out = Tensor>(transforms: readonly Transform<never>[]): Transform<Image, Out>;
}

/**
 * The transforms one after the other.
 * @example
 * const { Compose, Resize, ToTensor } = torchvision.transforms;
 * const [image] = torchvision.datasets.PracticeSet().get(0);
 * Compose([Resize(64), ToTensor()])(image).shape   // torch.Size([1, 64, 64])
 */
export const Compose = function Compose(transforms: readonly Transform<unknown>[]) {
  const steps = [...transforms];
  const wrong = steps.findIndex((step) => typeof step !== "function");
  if (wrong >= 0) throw new TypeError(`Compose: transform ${wrong} is not a function`);
  const transform = (input: unknown) => steps.reduce((value, step) => step(value), input);
  const ofRows = rowsThrough(steps);
  const lines = steps.map((step) => `    ${step}\n`).join("");
  return described(Object.assign(transform, { ofRows }), `Compose(\n${lines})`);
} as unknown as ComposeClass;
