// @ts-check
// npm run kernel: the lab's kernel for the user's own Jupyter or VS Code.
import { run } from "./entry.mjs";

run(() => import("./commands/kernel.mjs"));
