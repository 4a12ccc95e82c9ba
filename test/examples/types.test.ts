// The examples in src's doc comments have the types that a reader's compiler demands.

import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { root } from "../house/sources";
import { type Example, examples } from "./docstrings";
import { ownNames, scope } from "./perform";

const posix = (path: string) => path.replaceAll("\\", "/");
const folder = posix(join(root, "test", "examples"));

/** An example as a file beside this one; the first line stands for what it may use. */
async function fileOf({ file, code }: Example): Promise<string> {
  const own = Object.keys(ownNames(await import(join(root, file))));
  const shared = Object.keys(scope).filter((name) => name !== "torch");
  const imports = [
    `import * as torch from "../../src/index";`,
    `import { ${shared.join(", ")} } from "../../src/index";`,
    ...(own.length > 0
      ? [`import { ${own.join(", ")} } from "../../${file.replace(/\.ts$/, "")}";`]
      : []),
  ];
  // a block, so that an example may reuse a name that stands for something above
  return `${imports.join(" ")} export {}; {\n${code}\n}`;
}

/** The compiler's complaints about files that exist in memory only. */
function complaints(files: ReadonlyMap<string, string>): string[] {
  const config = ts.readConfigFile(join(root, "test", "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, join(root, "test"));
  Object.assign(options, { noUnusedLocals: false, noUnusedParameters: false });
  const host = ts.createCompilerHost(options);
  const onDisk = { read: host.getSourceFile, exists: host.fileExists };
  host.getSourceFile = (name, ...rest) => {
    const text = files.get(name);
    return text === undefined
      ? onDisk.read(name, ...rest)
      : ts.createSourceFile(name, text, ts.ScriptTarget.ES2022);
  };
  host.fileExists = (name) => files.has(name) || onDisk.exists(name);
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((name) =>
    program.getSemanticDiagnostics(program.getSourceFile(name)).map(({ messageText, start }) => {
      const line = files.get(name)?.slice(0, start).split("\n").length ?? 0;
      return `${relative(folder, name)}, line ${line - 1}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    }),
  );
}

test("every example type-checks, and a wrong one would be seen", async () => {
  const all = examples();
  assert.ok(all.length > 100);
  const files = new Map<string, string>();
  for (const example of all) {
    const name = `${example.place.replace(/[/:]/g, "_")}.ts`;
    files.set(`${folder}/${name}`, await fileOf(example));
  }
  const wrong: Example = {
    place: "",
    file: all[0].file,
    code: "const s: string = torch.ones(2).sum();",
  };
  files.set(`${folder}/wrong.ts`, await fileOf(wrong));
  const found = complaints(files);
  assert.deepEqual(
    found.filter((text) => !text.startsWith("wrong.ts")),
    [],
  );
  assert.equal(found.length, 1);
});
