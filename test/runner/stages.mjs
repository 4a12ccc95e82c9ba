// @ts-check
// What is tested, in which order, and which files belong to which stage.
import { join, sep } from "node:path";
import { inside } from "../../jupyter/setup/paths.mjs";
import { filesBelow } from "../../jupyter/setup/stamp.mjs";
import { runNodeTests } from "./node-tests.mjs";
import { runProgram } from "./program.mjs";
import { runPytest } from "./pytest.mjs";

/**
 * @typedef {import("./tally.mjs").Tally} Tally
 * @typedef {import("../../jupyter/setup.mjs").Needs} Needs
 * @typedef {object} Stage
 * @property {string} title
 * @property {Needs} needs what must be set up, besides the packages of Node
 * @property {Needs} [optional] what must be set up too; where it cannot be had, the stage is skipped
 * @property {(tally: Tally) => Promise<void>} run
 */

/** Folders under test/ with a stage of their own; everything else is a unit test. */
const folders = [
  "browser",
  "golden",
  "house",
  "jupyter",
  "kernel",
  "nodes",
  "notebooks",
  "package",
  "site",
  "runs",
];
const node = (/** @type {string[]} */ ...parts) => inside("node_modules", ...parts);

/** @type {Record<string, Stage>} */
export const stages = {
  build: {
    title: "src compiles to dist",
    needs: {},
    // the stage's own need is the test: main.mjs counts whether it could be met
    run: async () => {},
  },
  types: {
    title: "the types of tests and scripts",
    needs: {},
    run: async (tally) => {
      const tsc = [process.execPath, node("typescript", "bin", "tsc"), "-p"];
      await runProgram(tally, "types of src and test", [...tsc, inside("test")]);
      await runProgram(tally, "types of the scripts", [...tsc, inside("jupyter")]);
    },
  },
  lint: {
    title: "style and the rules of the house",
    needs: { build: true },
    run: async (tally) => {
      const biome = [process.execPath, node("@biomejs", "biome", "bin", "biome"), "check"];
      await runProgram(tally, "biome", [...biome, "--error-on-warnings"]);
      await runNodeTests(tally, testsIn("house"));
    },
  },
  unit: {
    title: "the library, in Node alone",
    needs: {},
    run: (tally) => runNodeTests(tally, unitTests()),
  },
  golden: {
    title: "the numbers of PyTorch",
    needs: {},
    run: (tally) => runNodeTests(tally, testsIn("golden")),
  },
  package: {
    title: "the package, in a fresh project",
    needs: { build: true },
    run: (tally) => runNodeTests(tally, testsIn("package"), { atOnce: 1 }),
  },
  site: {
    title: "the site",
    needs: { build: true, kernel: true },
    run: (tally) => runNodeTests(tally, testsIn("site"), { atOnce: 1 }),
  },
  plain: {
    title: "the same without compiled kernels",
    needs: {},
    run: (tally) => {
      const files = [...unitTests(), ...testsIn("golden")].filter(computes);
      return runNodeTests(tally, files, { env: { LAB_KERNELS: "js" } });
    },
  },
  kernel: {
    title: "the kernel, driven by a real client",
    needs: { build: true, kernel: true },
    run: async (tally) => {
      await runNodeTests(tally, testsIn("kernel"), { atOnce: 1 });
      await runPytest(tally, inside("test", "kernel"));
    },
  },
  jupyter: {
    title: "the commands, with good and bad machines",
    needs: { build: true, kernel: true },
    run: (tally) => runNodeTests(tally, testsIn("jupyter"), { atOnce: 1 }),
  },
  notebooks: {
    title: "the notebooks, executed",
    needs: { build: true, kernel: true },
    run: (tally) => runNodeTests(tally, testsIn("notebooks"), { atOnce: 1 }),
  },
  runs: {
    title: "papermill, and sweeps on Dask",
    needs: { build: true, kernel: true },
    optional: { papermill: true, sweep: true },
    run: (tally) => runNodeTests(tally, testsIn("runs"), { atOnce: 1 }),
  },
  nodes: {
    title: "exercises 1 to 4 on other versions of Node",
    needs: {},
    run: (tally) => runNodeTests(tally, testsIn("nodes"), { atOnce: 1 }),
  },
  browser: {
    title: "JupyterLab and the reports in a real browser",
    needs: { build: true, kernel: true },
    run: (tally) => runNodeTests(tally, testsIn("browser"), { atOnce: 1 }),
  },
};

/**
 * What `npm test` runs. The browser has a command of its own, since it needs one installed, and the
 * other versions of Node, since they are fetched: both belong to .ci/run.
 */
const library = ["build", "types", "lint", "unit", "golden", "plain", "package"];
const plain = [...library, "kernel", "jupyter", "notebooks", "runs", "site"];

/** Names that stand for several stages. */
export const groups = {
  check: ["build", "types", "lint"],
  all: [...plain, "nodes", "browser"],
  "": plain,
};

/** The test files in a folder of test/. @param {string} folder */
function testsIn(folder) {
  return filesBelow(inside("test", folder), /\.test\.ts$/).sort();
}

/**
 * Whether a test is worth running a second time, without compiled kernels. Charts, files and the
 * docs never meet a kernel of numbers; the exercises would take ten minutes more (they pass, too:
 * LAB_KERNELS=js npm test golden).
 * @param {string} file
 */
function computes(file) {
  const spared = [
    "d2l",
    "data",
    "examples",
    "io",
    "plot",
    "runner",
    join("golden", "labs.test.ts"),
  ];
  return !spared.some((part) => file.startsWith(inside("test", part)));
}

function unitTests() {
  const own = folders.map((folder) => inside("test", folder) + sep);
  return filesBelow(inside("test"), /\.test\.ts$/)
    .filter((file) => !own.some((folder) => file.startsWith(folder)))
    .sort();
}
