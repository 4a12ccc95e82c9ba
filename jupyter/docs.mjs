// @ts-check
// npm run docs: the site, in site/.
import { run } from "./entry.mjs";

run(() => import("./commands/docs.mjs"));
