// @ts-check
// npm start: JupyterLab on the notebooks, with everything set up.
import { run } from "./entry.mjs";

run(() => import("./commands/start.mjs"));
