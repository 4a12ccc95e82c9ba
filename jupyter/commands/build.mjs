// @ts-check
// Compiles src to dist, if it changed; the notebooks and the tests of the doors read dist.
import { ensure } from "../setup.mjs";

export async function main() {
  await ensure({ node: true, build: true });
  console.log(
    "✓ dist is current. Kernels that are running keep the old one until they are restarted.",
  );
}
