// Data sets of pictures as their authors publish them, four idx files each: which files, how they
// are known to be right, where they may be, and how they are found, fetched and read.

import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { RuntimeError, TypeError } from "../errors";
import { fetchFiles } from "./fetch";
import { type Expectation, type IdxArray, readIdxOnce } from "./idx";
import type { Image } from "./image";
import type { StoredImages } from "./imageset";
import type { Transform } from "./transform";

/** One published file: its name, its size and checksum, and what it holds when decoded. */
export interface PublishedFile extends Expectation {
  readonly name: string;
  /** Size of the gz file. */
  readonly bytes: number;
  /** MD5 of the gz file. */
  readonly md5: string;
}

/** Images and labels of one half of a data set. */
export interface PublishedSplit {
  readonly images: PublishedFile;
  readonly labels: PublishedFile;
}

/** A data set: its files, where they are on the web, and what it is called where. */
export interface PublishedSet {
  /** torchvision's name, of the class and of the folder. */
  readonly name: string;
  /** Environment variables: `${variable}_DIR` names a folder, `${variable}_URL` a mirror. */
  readonly variable: string;
  readonly train: PublishedSplit;
  readonly test: PublishedSplit;
  /** Folders on the web that hold the four files, tried in this order. */
  readonly mirrors: readonly string[];
  /** A further way to get the files, in words. */
  readonly advice?: string;
}

/** The keyword arguments of a published data set. */
export interface PublishedOptions<T> {
  /** The folder that holds or shall hold the set's own folder with `raw` in it. */
  readonly root: string;
  /** The training examples (by default) or the test examples. */
  readonly train?: boolean;
  /** Makes a tensor, or anything else, of each picture. */
  readonly transform?: Transform<Image, T> | undefined;
  /** Fetch the files when they are not there. */
  readonly download?: boolean;
}

/** All four files, in the order in which they are fetched. */
export function allFiles({ train, test }: PublishedSet): readonly PublishedFile[] {
  return [train.images, train.labels, test.images, test.labels];
}

/** The mirrors to use: the one that the environment names alone, else the public ones. */
function mirrorsOf(set: PublishedSet): readonly string[] {
  const own = process.env[`${set.variable}_URL`];
  return own ? [own] : set.mirrors;
}

/** The address of a file on a mirror, whether or not the mirror's address ends in a slash. */
function addressOf(mirror: string, file: { readonly name: string }): string {
  return `${mirror.endsWith("/") ? mirror : `${mirror}/`}${file.name}`;
}

/** How to get the files by hand: address, size and checksum of each, and where to put them. */
function fetchByHand(set: PublishedSet, folder: string): string {
  const [mirror] = mirrorsOf(set);
  const lines = allFiles(set).map(
    (file) =>
      `  ${addressOf(mirror, file)}  ${file.bytes.toLocaleString("en-US")} bytes  MD5 ${file.md5}`,
  );
  return [
    `Fetch the four files by any means and put them, as they are, into ${folder}`,
    `(or into any folder that the environment variable ${set.variable}_DIR names);`,
    `${set.advice ?? ""}${set.variable}_URL may name another mirror:`,
    ...lines,
  ].join("\n");
}

/** Where the files are read from, and whether this program may write there. */
interface Place {
  readonly folder: string;
  readonly own: boolean;
}

function placeOf(set: PublishedSet, root: string): Place {
  const given = process.env[`${set.variable}_DIR`];
  return given
    ? { folder: resolve(given), own: false }
    : { folder: resolve(root, set.name, "raw"), own: true };
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

function fetchMissing(set: PublishedSet, folder: string): void {
  const files = allFiles(set)
    .filter((file) => !looksWhole(folder, file))
    .map(({ name, bytes, md5 }) => ({
      name,
      bytes,
      md5,
      urls: mirrorsOf(set).map((mirror) => addressOf(mirror, { name })),
    }));
  if (files.length > 0) fetchFiles(folder, files, { advice: fetchByHand(set, folder) });
}

function read(set: PublishedSet, place: Place, file: PublishedFile): IdxArray {
  const path = pathOf(place.folder, file);
  if (path !== null) return readIdxOnce(path, file);
  const byHand = fetchByHand(set, place.folder);
  throw place.own
    ? new RuntimeError(
        "Dataset not found. You can use download=True to download it",
        `${file.name} is not in ${place.folder}.\n${byHand}`,
      )
    : new RuntimeError(
        `Dataset not found: ${set.variable}_DIR names ${place.folder}, which has no ${file.name}`,
        `Unset ${set.variable}_DIR, or:\n${byHand}`,
      );
}

/**
 * One half of a data set, fetched first when that is wanted and the files are not there. Raises
 * RuntimeError when they cannot be had or are not the published ones, saying what was expected and
 * found; TypeError without a root.
 */
export function loadPublished(set: PublishedSet, options: PublishedOptions<unknown>): StoredImages {
  if (typeof options?.root !== "string") {
    throw new TypeError(
      `${set.name}.__init__() missing 1 required positional argument: 'root'`,
      `Write ${set.name}({ root: "../data", train: true, download: true }).`,
    );
  }
  const place = placeOf(set, options.root);
  if (options.download && place.own) fetchMissing(set, place.folder);
  const split = options.train === false ? set.test : set.train;
  const [, height, width] = split.images.shape;
  const images = read(set, place, split.images);
  const labels = read(set, place, split.labels);
  return { pixels: images.data, labels: labels.data, width, height };
}
