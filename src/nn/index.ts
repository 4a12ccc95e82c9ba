// torch.nn: modules, losses and starting values.

export {
  ActivationModule,
  Dropout,
  DropoutModule,
  LogSoftmax,
  LogSoftmaxModule,
  ReLU,
  Sigmoid,
  Softmax,
  SoftmaxModule,
  Tanh,
} from "./activation";
export * as utils from "./clip";
export * as functional from "./functional";
export * as init from "./init";
export {
  Flatten,
  FlattenModule,
  Linear,
  LinearModule,
  Sequential,
  SequentialModule,
} from "./layers";
export {
  BCELoss,
  BCELossModule,
  BCEWithLogitsLoss,
  BCEWithLogitsLossModule,
  CrossEntropyLoss,
  CrossEntropyLossModule,
  HuberLoss,
  HuberLossModule,
  L1Loss,
  L1LossModule,
  MSELoss,
  MSELossModule,
  NLLLoss,
  NLLLossModule,
} from "./loss";
export { Module } from "./module";
export { Parameter, ParameterTensor } from "./parameter";
