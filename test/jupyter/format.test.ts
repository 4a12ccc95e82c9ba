// Notebook files: written with Jupyter's own bytes, and free of what a run or a look leaves behind.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { jupyterEnv } from "../../jupyter/lab/env.mjs";
import { findNotebooks } from "../../jupyter/notebook/find.mjs";
import {
  type Cell,
  type Notebook,
  readNotebook,
  serialise,
  writeNotebook,
} from "../../jupyter/notebook/format.mjs";
import { normalise } from "../../jupyter/notebook/normalise.mjs";
import { venvPython } from "../../jupyter/setup/paths.mjs";
import { collect } from "../../jupyter/setup/step.mjs";

const scratch = mkdtempSync(join(tmpdir(), "lab-format-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

const code = (outputs: Cell["outputs"], metadata = {}, id = "c"): Cell => ({
  cell_type: "code",
  id,
  source: "1",
  metadata,
  outputs,
  execution_count: 1,
});
const notebookOf = (...cells: Cell[]): Notebook => ({
  cells,
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});

test("the bytes are those that nbformat writes", async () => {
  const figure = { data: [{ y: [1e-7, 0.00012, 1e21, 5e-5, -1.5, 0, 1e16] }], layout: {} };
  const notebook = notebookOf(
    {
      cell_type: "markdown",
      id: "m",
      source: '# 标题\n\n\u2028 line \u000b tab\t"quoted" </p>',
      metadata: {},
    },
    code([
      { output_type: "stream", name: "stdout", text: "one\ntwo" },
      {
        output_type: "display_data",
        data: {
          "application/vnd.plotly.v1+json": figure,
          "image/png": "iVBORw0=\n",
          "text/plain": ["a\n", "b"],
        },
        metadata: {},
      },
      { output_type: "error", ename: "E", evalue: "v", traceback: ["a\nb", "c"] },
    ]),
    code([], { tags: ["zh"], jupyter: { source_hidden: true } }, "d"),
  );
  const file = join(scratch, "bytes.ipynb");
  writeNotebook(file, notebook);
  const copy = "import nbformat, sys; nbformat.write(nbformat.read(sys.argv[1], 4), sys.argv[2])";
  const target = join(scratch, "copy.ipynb");
  const run = await collect(venvPython, ["-c", copy, file, target], { env: jupyterEnv() });
  assert.equal(run.code, 0, run.output);
  assert.equal(readFileSync(file, "utf8"), readFileSync(target, "utf8"));
});

test("a file is written only when its bytes change", () => {
  const file = join(scratch, "once.ipynb");
  assert.equal(writeNotebook(file, notebookOf(code([]))), true);
  const { mtimeMs } = statSync(file);
  assert.equal(writeNotebook(file, readNotebook(file)), false);
  assert.equal(statSync(file).mtimeMs, mtimeMs);
});

test("streams that came in pieces are one, in their order", () => {
  const stream = (name: string, text: string) => ({ output_type: "stream", name, text });
  const pieces = [stream("stdout", "a\n"), stream("stdout", "b\n"), stream("stderr", "c\n")];
  const { cells } = normalise(notebookOf(code([...pieces, stream("stdout", "d\n")])));
  assert.deepEqual(cells[0]?.outputs, [
    stream("stdout", "a\nb\n"),
    stream("stderr", "c\n"),
    stream("stdout", "d\n"),
  ]);
});

test("timing, versions and traces of looking go; ids, tags and folded sources stay", () => {
  const left = {
    execution: { "iopub.execute_input": "2024-01-01T00:00:00Z" },
    scrolled: true,
    editable: true,
    slideshow: { slide_type: "" },
    jupyter: { outputs_hidden: true, source_hidden: true },
    tags: ["mirror"],
  };
  const notebook = { ...notebookOf(code([], left)), nbformat_minor: 4 };
  notebook.metadata = { language_info: { name: "typescript", version: "20.1.0" }, title: "t" };
  const { cells, metadata, nbformat_minor } = normalise(notebook);
  assert.deepEqual(cells[0]?.metadata, { tags: ["mirror"], jupyter: { source_hidden: true } });
  assert.equal(cells[0]?.id, "c");
  assert.equal(metadata.language_info.version, undefined);
  assert.equal(metadata.kernelspec.name, "tslab");
  assert.equal(metadata.title, "t");
  assert.equal(nbformat_minor, 5);
  assert.equal(serialise(normalise(normalise(notebook))), serialise(normalise(notebook)));
});

test("a name that matches no notebook is refused with those there are", () => {
  assert.throws(
    () => findNotebooks(["nothing"]),
    (error: Error & { hint?: string }) =>
      /No notebook matches "nothing"/.test(error.message) && /\.ipynb/.test(error.hint ?? ""),
  );
  assert.equal(findNotebooks(["04"]).length, 1);
  assert.equal(findNotebooks(["04", "logistic"]).length, 1);
});
