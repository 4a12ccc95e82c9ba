// The namespace `d2l`: the helpers of the textbook's package, under its names.

export { Accumulator, AccumulatorClass } from "./accumulator";
export { Animator, type AnimatorOptions } from "./animator";
export {
  type PredictOptions,
  predict_ch3,
  train_ch3,
  train_epoch_ch3,
  type Updater,
} from "./classify";
export {
  accuracy,
  type Batches,
  evaluate_accuracy,
  evaluate_loss,
  type Loss,
  type Net,
} from "./evaluate";
export { get_fashion_mnist_labels, type ShowImagesOptions, show_images } from "./fashion";
export {
  type LoadArrayOptions,
  type LoadFashionOptions,
  load_array,
  load_data_fashion_mnist,
} from "./loaders";
export { linreg, squared_loss, synthetic_data } from "./regression";
export { sgd } from "./sgd";
export { Timer, TimerClass } from "./timer";
