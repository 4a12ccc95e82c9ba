// The namespace `torchvision.datasets`.

export { FashionMNIST, type FashionMNISTOptions } from "./fashion";
export { PracticeSet, type PracticeSetOptions } from "./practice";
