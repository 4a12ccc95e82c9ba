// @ts-check
// npm run build: dist from src.
import { run } from "./entry.mjs";

run(() => import("./commands/build.mjs"));
