// Writes docs/from-pytorch.md anew, from what src exports.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as torch from "../../src/index";
import { root } from "../house/sources";

void import("../../jupyter/site/frompytorch.mjs" as string).then(({ fromPyTorch }) => {
  writeFileSync(join(root, "docs", "from-pytorch.md"), fromPyTorch(torch));
});
