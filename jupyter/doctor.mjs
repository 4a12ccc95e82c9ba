// @ts-check
// npm run doctor: what is wrong with this machine.
import { run } from "./entry.mjs";

run(() => import("./commands/doctor.mjs"));
