// The namespace `torchvision.datasets`.

export { FashionMNIST, type FashionMNISTOptions } from "./fashion";
export { MNIST, type MNISTOptions } from "./mnist";
export { PracticeSet, type PracticeSetOptions } from "./practice";
