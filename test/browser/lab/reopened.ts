// The committed notebooks as a reader opens them: saved by someone else, and so not trusted.
import assert from "node:assert/strict";
import { basename } from "node:path";
import { test } from "node:test";
import type { Locator } from "playwright-core";
import { allNotebooks } from "../../../jupyter/notebook/find.mjs";
import { readNotebook } from "../../../jupyter/notebook/format.mjs";
import { shoot } from "../machine";
import { assertDrawn, figuresIn } from "../marks";
import { closeNotebook, isTrusted, leaveAlone, openToRead, showCell } from "./opened";
import { page } from "./world";

/** A size in CSS pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/** The static picture is loaded and has the size of its chart. */
async function assertStill(picture: Locator, { width, height }: Size): Promise<void> {
  const shown = await picture.evaluate((node: HTMLImageElement) =>
    node.decode().then(() => ({ width: node.naturalWidth, height: node.naturalHeight })),
  );
  assert.deepEqual(shown, { width, height });
}

for (const file of allNotebooks()) {
  const name = basename(file);
  test(`${name}, saved and not trusted: each chart is a picture, and interactive when touched`, async () => {
    await openToRead(name);
    assert.equal(await isTrusted(), false, "the committed file is nobody's own run");
    let charts = 0;
    for (const [at, { outputs = [], execution_count }] of readNotebook(file).cells.entries()) {
      const figures = figuresIn(outputs);
      const graphs = outputs.filter(({ data }) => data?.["image/svg+xml"] !== undefined);
      if (figures.length + graphs.length === 0) continue;
      await leaveAlone();
      const cell = await showCell(at);
      for (const [i, figure] of figures.entries()) {
        const output = cell.locator(".jp-RenderedPlotly").nth(i);
        await assertStill(output.locator("img"), figure.layout);
        if (i === 0) await shoot(page, `saved-${name.slice(0, 2)}-${execution_count}`);
        await output.hover();
        const chart = `${name} [${execution_count}], chart ${i + 1}`;
        await assertDrawn(cell.locator(".js-plotly-plot").nth(i), figure, chart);
      }
      for (const [i, { metadata = {} }] of graphs.entries()) {
        await assertStill(cell.locator(".jp-RenderedImage img").nth(i), metadata["image/png"]);
        await shoot(page, `saved-${name.slice(0, 2)}-${execution_count}`);
      }
      charts += figures.length + graphs.length;
    }
    assert.notEqual(charts, 0, "no chart at all");
    await closeNotebook();
  });
}
