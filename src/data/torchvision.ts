// The namespace `torchvision`: data sets and the transforms of their pictures.

export * as datasets from "./datasets";
export * as transforms from "./transforms";
