// The four files of MNIST as they are published: the names are Fashion-MNIST's, the bytes are not.

import type { PublishedSet } from "./published";

/** MNIST: 60,000 training and 10,000 test examples. */
export const mnistFiles: PublishedSet = {
  name: "MNIST",
  variable: "MNIST",
  train: {
    images: {
      name: "train-images-idx3-ubyte.gz",
      bytes: 9912422,
      md5: "f68b3c2dcbeaaa9fbdd348bbdeb94873",
      contentBytes: 47040016,
      contentMd5: "6bbc9ace898e44ae57da46a324031adb",
      shape: [60000, 28, 28],
    },
    labels: {
      name: "train-labels-idx1-ubyte.gz",
      bytes: 28881,
      md5: "d53e105ee54ea40749a09fcbcd1e9432",
      contentBytes: 60008,
      contentMd5: "a25bea736e30d166cdddb491f175f624",
      shape: [60000],
    },
  },
  test: {
    images: {
      name: "t10k-images-idx3-ubyte.gz",
      bytes: 1648877,
      md5: "9fb629c4189551a2d022fa330f9573f3",
      contentBytes: 7840016,
      contentMd5: "2646ac647ad5339dbf082846283269ea",
      shape: [10000, 28, 28],
    },
    labels: {
      name: "t10k-labels-idx1-ubyte.gz",
      bytes: 4542,
      md5: "ec29112dd5afa0611ce80d1b7f02629c",
      contentBytes: 10008,
      contentMd5: "27ae3e4e09519cfbb04c329615203637",
      shape: [10000],
    },
  },
  mirrors: [
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "http://yann.lecun.com/exdb/mnist/",
  ],
};
