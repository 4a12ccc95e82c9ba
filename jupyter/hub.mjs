// @ts-check
// npm run hub: JupyterHub, for a class.
import { run } from "./entry.mjs";

run(() => import("./commands/hub.mjs"));
