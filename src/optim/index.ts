// torch.optim.

export { Optimizer } from "./optimizer";
export { SGD } from "./sgd";
