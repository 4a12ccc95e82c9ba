// @ts-check
// npm run data: Fashion-MNIST into data/FashionMNIST/raw.
import { run } from "./entry.mjs";

run(() => import("./commands/data.mjs"));
