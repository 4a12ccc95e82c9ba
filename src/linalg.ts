// torch.linalg: what students meet of it.

export { norm } from "./ops/scan";
