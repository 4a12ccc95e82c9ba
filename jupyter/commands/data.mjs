// @ts-check
// Fetches Fashion-MNIST to where the notebooks look for it, and reads it once to be sure.
import { createRequire } from "node:module";
import { join } from "node:path";
import { SetupError } from "../setup/error.mjs";
import { inside } from "../setup/paths.mjs";
import { ensure } from "../setup.mjs";

const root = inside("data");

export async function main() {
  await ensure({ node: true, build: true });
  const require = createRequire(import.meta.url);
  const { torchvision } = require(inside("dist", "index.js"));
  const given = process.env.FASHION_MNIST_DIR;
  const folder = given || join(root, "FashionMNIST", "raw");
  try {
    const counts = [true, false].map(
      (train) => torchvision.datasets.FashionMNIST({ root, train, download: true }).length,
    );
    const [train, test] = counts.map((count) => count.toLocaleString("en-US"));
    const why = given ? " (named by FASHION_MNIST_DIR)" : "";
    console.log(`✓ Fashion-MNIST is in ${folder}${why}: ${train} + ${test} pictures, checked.`);
  } catch (error) {
    const { message, hint } = /** @type {Error & { hint?: string }} */ (error);
    throw new SetupError(message, hint ?? `look into ${folder} and try again.`);
  }
}
