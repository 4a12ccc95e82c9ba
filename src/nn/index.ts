// torch.nn: modules and losses.

export * as functional from "./functional";
export { BCELoss, BCEWithLogitsLoss } from "./loss";
export { Module } from "./module";
