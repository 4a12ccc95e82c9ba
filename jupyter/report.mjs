// @ts-check
// npm run report: notebooks as pages to hand in.
import { run } from "./entry.mjs";

run(() => import("./commands/report.mjs"));
