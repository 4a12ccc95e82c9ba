// @ts-check
// npm run bench [-- options]: the lab beside its peers on this machine, ratio first.
import { run } from "../jupyter/entry.mjs";

run(() => import("./main.mjs"));
