// @ts-check
// npm run notebooks: executes the notebooks in place.
import { run } from "./entry.mjs";

run(() => import("./commands/notebooks.mjs"));
