// @ts-check
// npm run sweep: a notebook with many parameters, on many workers.
import { run } from "./entry.mjs";

run(() => import("./commands/sweep.mjs"));
