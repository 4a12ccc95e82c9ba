// @ts-check
// Compiles src to dist, when src changed since the last time.
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { SetupError } from "./error.mjs";
import { inside, root, tsc } from "./paths.mjs";
import { filesBelow, hashFiles, stampSays, writeStamp } from "./stamp.mjs";
import { collect, startProgress } from "./step.mjs";

const src = inside("src");
const dist = inside("dist");
const stampFile = join(dist, "lab.json");

/** What dist is made from: the sources, the compiler's settings and the compiler itself. */
function wanted() {
  const compiler = JSON.parse(readFileSync(join(dirname(tsc), "..", "package.json"), "utf8"));
  const files = [...filesBelow(src, /\.(ts|json)$/), inside("tsconfig.json")];
  return { typescript: compiler.version, src: hashFiles(root, files) };
}

/** Whether src changed since dist was made. Needs the packages of Node. */
export function distIsStale() {
  return !stampSays(stampFile, wanted());
}

/**
 * Compiles and removes what sources that are gone left behind.
 * @throws {SetupError} with the compiler's messages; dist then counts as unfinished
 */
export async function buildDist() {
  const stamp = wanted();
  rmSync(stampFile, { force: true });
  const progress = startProgress("compiling src to dist");
  const { code, output } = await collect(process.execPath, [tsc, "-p", inside("tsconfig.json")], {
    cwd: root,
  });
  progress.end(code === 0);
  if (code !== 0) {
    throw new SetupError(
      `src does not compile:\n\n${output.trimEnd()}\n`,
      "mend the lines named above and run the command again.",
    );
  }
  removeLeftovers();
  loadOnFirstUse();
  await writeEsm();
  writeStamp(stampFile, stamp);
}

/**
 * The table of contents loads each of its modules when a name of it is first used: starting takes
 * half as long when a program needs neither charts nor data sets nor files. Lines stay where they
 * are, for the source map. The getters hide behind a function from the parser by which Node finds
 * the names of CommonJS modules: it drops those with getters it can't follow.
 */
function loadOnFirstUse() {
  const file = join(dist, "index.js");
  const modules = new Map();
  const text = readFileSync(file, "utf8")
    .replace(
      /^require\("\.\/methods"\);$/m,
      "$& const onUse = (name, get) => Object.defineProperty(exports, name, { enumerable: true, get });",
    )
    .replace(
      /^exports\.(\w+) = __importStar\((require\(".+"\))\);$/gm,
      'let $1_; onUse("$1", () => ($1_ ??= $2));',
    )
    .replace(/^var (\w+) = (require\(".+"\));$/gm, (_, name, load) => {
      modules.set(name, load);
      return `let ${name};`;
    })
    .replace(
      /^Object\.defineProperty\(exports, ("\w+"), .* return (\w+)\.(\w+); \} \}\);$/gm,
      (_, name, from, key) => `onUse(${name}, () => (${from} ??= ${modules.get(from)}).${key});`,
    );
  writeFileSync(file, text);
}

/**
 * The door for `import`: the same modules under the same names, so that there is one Tensor however
 * the library was loaded. The names are written out, since not every bundler can find them.
 */
async function writeEsm() {
  const names = 'Object.keys(require(process.argv[1])).sort().join(", ")';
  const { code, output } = await collect(process.execPath, ["-p", names, dist], { cwd: root });
  if (code !== 0) throw new SetupError(`dist cannot be loaded:\n\n${output}`, "mend src.");
  writeFileSync(join(dist, "index.mjs"), `export { ${output.trim()} } from "./index.js";\n`);
  writeFileSync(join(dist, "index.d.mts"), 'export * from "./index.js";\n');
}

function removeLeftovers() {
  for (const file of filesBelow(dist, /\.(js|d\.ts)(\.map)?$/)) {
    const source = relative(dist, file).replace(/\.(js|d\.ts)(\.map)?$/, ".ts");
    if (existsSync(join(src, source))) continue;
    rmSync(file);
    if (readdirSync(dirname(file)).length === 0) rmdirSync(dirname(file));
  }
}
