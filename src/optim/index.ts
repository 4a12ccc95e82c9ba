// torch.optim: optimisers and schedules of their learning rates.

export { Adam, AdamOptimizer, AdamW, AdamWOptimizer } from "./adam";
export * as lr_scheduler from "./lr_scheduler";
export { Optimizer, OptimizerBase } from "./optimizer";
export { Adagrad, AdagradOptimizer, RMSprop, RMSpropOptimizer } from "./rmsprop";
export { SGD, SGDOptimizer } from "./sgd";
