// The four files of Fashion-MNIST as their authors publish them.

import type { PublishedSet } from "./published";

/** Fashion-MNIST: 60,000 training and 10,000 test examples. */
export const fashionFiles: PublishedSet = {
  name: "FashionMNIST",
  variable: "FASHION_MNIST",
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
  mirrors: [
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
  ],
  advice: "`npm run data` does it too, and ",
};
