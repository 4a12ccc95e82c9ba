// torch.autograd.

export { backward, grad } from "./backward";
export { GradcheckError, gradcheck, gradgradcheck } from "./gradcheck";
