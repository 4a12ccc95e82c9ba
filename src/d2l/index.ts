// The namespace `d2l`: the helpers that the exercises use of the textbook's package.

export { Animator, type AnimatorOptions } from "./animator";
export { get_fashion_mnist_labels, type ShowImagesOptions, show_images } from "./fashion";
export { sgd } from "./sgd";
