// @ts-check
// npm test [-- stage…]: sets up what the tests need, runs them stage by stage and closes with one
// count of all of them.
import { run } from "../jupyter/entry.mjs";

run(() => import("./runner/main.mjs"));
