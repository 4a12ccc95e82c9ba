// @ts-check
// npm run papermill: one notebook with parameters.
import { run } from "./entry.mjs";

run(() => import("./commands/papermill.mjs"));
