// torchvision.datasets.FashionMNIST: finds, fetches and reads the four published files.

import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { callable } from "../callable";
import { RuntimeError, TypeError } from "../errors";
import {
  addressOf,
  allFashionFiles,
  fashionFiles,
  fetchByHand,
  mirrors,
  type PublishedFile,
} from "./fashionfiles";
import { fetchFiles } from "./fetch";
import { type IdxArray, readIdxOnce } from "./idx";
import type { Image } from "./image";
import { garmentClasses, ImageSet, type StoredImages } from "./imageset";
import type { Transform } from "./transforms";

/** The keyword arguments of FashionMNIST. */
export interface FashionMNISTOptions<T> {
  /** The folder that holds or shall hold `FashionMNIST/raw`. */
  readonly root: string;
  /** The 60,000 training examples (by default) or the 10,000 test examples. */
  readonly train?: boolean;
  /** Makes a tensor, or anything else, of each picture. */
  readonly transform?: Transform<Image, T> | undefined;
  /** Fetch the files when they are not there. */
  readonly download?: boolean;
}

/** Where the files are read from, and whether this program may write there. */
interface Place {
  readonly folder: string;
  readonly own: boolean;
}

function placeOf(root: string): Place {
  const given = process.env.FASHION_MNIST_DIR;
  return given
    ? { folder: resolve(given), own: false }
    : { folder: resolve(root, "FashionMNIST", "raw"), own: true };
}

/** The file, packed as published, or unpacked as torchvision leaves it beside. */
function pathOf(folder: string, file: PublishedFile): string | null {
  const packed = join(folder, file.name);
  if (existsSync(packed)) return packed;
  const unpacked = packed.slice(0, -".gz".length);
  return existsSync(unpacked) ? unpacked : null;
}

function looksWhole(folder: string, file: PublishedFile): boolean {
  const path = pathOf(folder, file);
  if (path === null) return false;
  return statSync(path).size === (path.endsWith(".gz") ? file.bytes : file.contentBytes);
}

function fetchMissing(folder: string): void {
  const files = allFashionFiles
    .filter((file) => !looksWhole(folder, file))
    .map(({ name, bytes, md5, ...rest }) => ({
      name,
      bytes,
      md5,
      urls: mirrors().map((mirror) => addressOf(mirror, { name, ...rest })),
    }));
  if (files.length > 0) fetchFiles(folder, files, { advice: fetchByHand(folder) });
}

function read(place: Place, file: PublishedFile): IdxArray {
  const path = pathOf(place.folder, file);
  if (path !== null) return readIdxOnce(path, file);
  throw place.own
    ? new RuntimeError(
        "Dataset not found. You can use download=True to download it",
        `${file.name} is not in ${place.folder}.\n${fetchByHand(place.folder)}`,
      )
    : new RuntimeError(
        `Dataset not found: FASHION_MNIST_DIR names ${place.folder}, which has no ${file.name}`,
        `Unset FASHION_MNIST_DIR, or:\n${fetchByHand(place.folder)}`,
      );
}

function load(options: FashionMNISTOptions<unknown>): StoredImages {
  if (typeof options?.root !== "string") {
    throw new TypeError(
      "FashionMNIST.__init__() missing 1 required positional argument: 'root'",
      'Write FashionMNIST({ root: "../data", train: true, download: true }).',
    );
  }
  const place = placeOf(options.root);
  if (options.download && place.own) fetchMissing(place.folder);
  const split = options.train === false ? fashionFiles.test : fashionFiles.train;
  const [, height, width] = split.images.shape;
  const images = read(place, split.images);
  const labels = read(place, split.labels);
  return { pixels: images.data, labels: labels.data, width, height };
}

/** What `FashionMNIST` makes; see there. */
export class FashionMNISTClass<T = Image> extends ImageSet<T> {
  static readonly classes: readonly string[] = garmentClasses;
  constructor(options: FashionMNISTOptions<T>) {
    super(load(options), options.train !== false, options.transform);
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
 */
export const FashionMNIST = callable(FashionMNISTClass) as FashionMNISTConstructor;
