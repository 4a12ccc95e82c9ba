// The four files of Fashion-MNIST as their authors publish them: where they are, how large, and
// by which checksums they are known.

/** One published file: its name, its size and checksum, and what it holds when decoded. */
export interface PublishedFile {
  readonly name: string;
  /** Size of the gz file. */
  readonly bytes: number;
  /** MD5 of the gz file. */
  readonly md5: string;
  /** Size of the decoded idx file. */
  readonly contentBytes: number;
  /** CRC-32 of the decoded idx file; a gz file carries it in its last eight bytes. */
  readonly contentCrc: number;
  /** The dimensions in the idx header. */
  readonly shape: readonly number[];
}

/** Images and labels of one half of the data set. */
export interface PublishedSplit {
  readonly images: PublishedFile;
  readonly labels: PublishedFile;
}

/** The 60,000 training examples and the 10,000 test examples. */
export const fashionFiles: { readonly train: PublishedSplit; readonly test: PublishedSplit } = {
  train: {
    images: {
      name: "train-images-idx3-ubyte.gz",
      bytes: 26421880,
      md5: "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
      contentBytes: 47040016,
      contentCrc: 0xb4f29f28,
      shape: [60000, 28, 28],
    },
    labels: {
      name: "train-labels-idx1-ubyte.gz",
      bytes: 29515,
      md5: "25c81989df183df01b3e8a0aad5dffbe",
      contentBytes: 60008,
      contentCrc: 0x741a4657,
      shape: [60000],
    },
  },
  test: {
    images: {
      name: "t10k-images-idx3-ubyte.gz",
      bytes: 4422102,
      md5: "bef4ecab320f06d8554ea6380940ec79",
      contentBytes: 7840016,
      contentCrc: 0x678fe0b1,
      shape: [10000, 28, 28],
    },
    labels: {
      name: "t10k-labels-idx1-ubyte.gz",
      bytes: 5148,
      md5: "bb300cfdad3c16e7a12a480ee83cd310",
      contentBytes: 10008,
      contentCrc: 0x80142c1f,
      shape: [10000],
    },
  },
};

/** All four, the order in which they are fetched. */
export const allFashionFiles: readonly PublishedFile[] = [
  fashionFiles.train.images,
  fashionFiles.train.labels,
  fashionFiles.test.images,
  fashionFiles.test.labels,
];

/** Folders on the web that hold the four files, tried in this order. */
export const fashionMirrors: readonly string[] = [
  "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
  "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
];

/** The mirrors to use: the one named by FASHION_MNIST_URL alone, else the public ones. */
export function mirrors(): readonly string[] {
  const own = process.env.FASHION_MNIST_URL;
  return own ? [own] : fashionMirrors;
}

/** The address of a file on a mirror, whether or not the mirror's address ends in a slash. */
export function addressOf(mirror: string, file: { readonly name: string }): string {
  return `${mirror.endsWith("/") ? mirror : `${mirror}/`}${file.name}`;
}

/** How to get the files by hand: address, size and checksum of each, and where to put them. */
export function fetchByHand(folder: string): string {
  const lines = allFashionFiles.map(
    (file) =>
      `  ${addressOf(mirrors()[0], file)}  ${file.bytes.toLocaleString("en-US")} bytes  MD5 ${file.md5}`,
  );
  return [
    `Fetch the four files by any means and put them, as they are, into ${folder}`,
    "(or into any folder that the environment variable FASHION_MNIST_DIR names);",
    "`npm run data` does it too, and FASHION_MNIST_URL may name another mirror:",
    ...lines,
  ].join("\n");
}
