// Both READMEs say what is so: their cells stand in the notebooks, their commands and files exist.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const root = join(__dirname, "..", "..");
const read = (...parts: string[]) =>
  readFileSync(join(root, ...parts), "utf8").replaceAll("\r\n", "\n");
const scripts = Object.keys(JSON.parse(read("package.json")).scripts);

interface Notebook {
  cells: { source: string | string[]; metadata: { tags?: string[] } }[];
}

/** The lines of all mirrored cells. */
function mirroredLines(): Set<string> {
  const files = readdirSync(join(root, "notebooks")).filter((name) => name.endsWith(".ipynb"));
  const cells = files
    .flatMap((file) => (JSON.parse(read("notebooks", file)) as Notebook).cells)
    .filter(({ metadata }) => metadata.tags?.includes("mirror"))
    .map(({ source }) => (Array.isArray(source) ? source.join("") : source));
  return new Set(cells.join("\n").split("\n"));
}

/** The lines of the PyTorch twins. */
function twinLines(): Set<string> {
  const files = [1, 2, 3, 4, 5].map((n) => `lab${n}.py`);
  const twins = files.map((file) => read("test", "golden", "generator", "twins", file));
  return new Set(twins.join("\n").split("\n"));
}

/** The lines inside the fences of a language. */
const fenced = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(
    ([, code]) => code,
  );

const linesOf = (blocks: readonly string[]) => blocks.flatMap((code) => code.trimEnd().split("\n"));

for (const name of ["README.md", "README.zh-CN.md"]) {
  const readme = read(name);

  test(`${name}: its TypeScript cells stand in the notebooks, its Python in the twins`, () => {
    const [ours, theirs] = [linesOf(fenced(readme, "ts")), linesOf(fenced(readme, "python"))];
    assert.ok(ours.length > 15 && theirs.length > 15);
    const [mirrored, twins] = [mirroredLines(), twinLines()];
    assert.deepEqual(
      ours.filter((line) => !mirrored.has(line)),
      [],
    );
    assert.deepEqual(
      theirs.filter((line) => !twins.has(line)),
      [],
    );
  });

  test(`${name}: the example is the file that it names`, () => {
    assert.equal(fenced(readme, "js")[0], read("examples", "logistic.cjs"));
  });

  test(`${name}: every command and every linked file exists`, () => {
    const commands = [...readme.matchAll(/npm run ([\w:-]+)|`(test:\w+)`/g)].map(
      ([, a, b]) => a ?? b,
    );
    assert.ok(commands.length > 10);
    assert.deepEqual(
      commands.filter((command) => !scripts.includes(command)),
      [],
    );
    const links = [...readme.matchAll(/\]\(([^):]+)\)/g)].map(([, link]) => link);
    assert.ok(links.length > 10);
    assert.deepEqual(
      links.filter((link) => !existsSync(join(root, link))),
      [],
    );
  });
}

test("both READMEs hold the same code, commands and links", () => {
  const [english, chinese] = ["README.md", "README.zh-CN.md"].map((name) => read(name));
  const code = (text: string) => ["ts", "python", "js"].flatMap((l) => fenced(text, l));
  assert.deepEqual(code(chinese), code(english));
  const words = (text: string) =>
    [...text.matchAll(/npm (?:start|test|run [\w:-]+)|\]\(([^)]+)\)/g)]
      .map(([word]) => word)
      .sort();
  const ownLink = /README(\.zh-CN)?\.md\)$/;
  const others = (text: string) => words(text).filter((word) => !ownLink.test(word));
  assert.deepEqual(others(chinese), others(english));
});
