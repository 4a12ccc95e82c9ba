// @ts-check
// npm run student-version: writes the notebooks without their solutions.
import { run } from "./entry.mjs";

run(() => import("./commands/student.mjs"));
