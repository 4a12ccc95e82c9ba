// The site that `npm run docs` writes: complete, without a dead link, and without a request to
// anywhere.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { after, before, test } from "node:test";
import * as torch from "../../src/index";
import { root, runScript } from "../jupyter/sandbox";

const scratch = mkdtempSync(join(tmpdir(), "lab-site-"));
const site = join(scratch, "site");
after(() => rmSync(scratch, { recursive: true, force: true }));

const docs = (out: string) => runScript(join(root, "jupyter", "docs.mjs"), ["01", "--out", out]);
const read = (page: string) => readFileSync(join(site, page), "utf8");

let pages: string[] = [];
before(async () => {
  const { code, output } = await docs(site);
  assert.equal(code, 0, output);
  pages = readdirSync(site, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".html"))
    .map((name) => name.split(sep).join("/"));
});

/** A page without the scripts that lie in it, which may hold anything. */
const withoutScripts = (html: string) => html.replace(/<script\b[^>]*>.*?<\/script>/gs, "");

test("no link leads nowhere", () => {
  const anchored = new Map<string, boolean>();
  const dead: string[] = [];
  for (const page of pages) {
    const links = withoutScripts(read(page)).matchAll(/\s(?:href|src)="([^"]*)"/g);
    for (const [, link] of links) {
      if (/^(https?:|mailto:|data:)/.test(link)) continue;
      const [path, anchor] = link.replaceAll("&amp;", "&").split("#");
      const target =
        path === "" ? page : relative(site, resolve(site, dirname(page), decodeURI(path)));
      const key = `${target}#${anchor ?? ""}`;
      if (!anchored.has(key)) anchored.set(key, leads(target, anchor));
      if (!anchored.get(key)) dead.push(`${page}: ${link}`);
    }
  }
  assert.ok(anchored.size > 500, String(anchored.size));
  assert.deepEqual(dead, []);
});

/** Whether a file is there, with the place in it that is named. */
function leads(target: string, anchor: string | undefined): boolean {
  if (target.startsWith("..") || !existsSync(join(site, target))) return false;
  if (!anchor || !target.endsWith(".html")) return true;
  // a report takes its language from the address
  if (target.startsWith("reports"))
    return /^(zh|en)$/.test(anchor) || read(target).includes(anchor);
  return read(target).includes(`id="${decodeURIComponent(anchor)}"`);
}

test("no page tells where it was made", () => {
  const telling = pages.filter((page) => read(page).includes(root));
  assert.deepEqual(telling, []);
  const names = pages.filter((page) => /src[._/]/.test(page));
  assert.deepEqual(names, []);
});

test("nothing is loaded from elsewhere", () => {
  const loads =
    /<(?:script|img|iframe|source|video|audio)\b[^>]*\ssrc="(?:https?:)?\/\/|<link\b[^>]*\shref="(?:https?:)?\/\/|url\(["']?(?:https?:)?\/\/|@import\s+["'](?:https?:)?\/\//;
  const files = readdirSync(site, { recursive: true, encoding: "utf8" });
  const styles = files.filter((name) => name.endsWith(".css"));
  assert.ok(styles.length > 0);
  assert.deepEqual(
    [
      ...pages.filter((page) => loads.test(withoutScripts(read(page)))),
      ...styles.filter((f) => loads.test(read(f))),
    ],
    [],
  );
});

test("both front pages lead to the report, in their language", () => {
  assert.match(read("index.html"), /href="reports\/01_broadcast_subtraction\.html#en"/);
  assert.match(read("zh.html"), /href="reports\/01_broadcast_subtraction\.html#zh"/);
  for (const page of ["index.html", "zh.html"]) {
    assert.match(read(page), /api\/documents\/From_PyTorch\.html/);
    assert.doesNotMatch(read(page), /undefined|\[object/);
  }
});

test("every export of torch has a page, and its page an example", () => {
  const namespaces = (value: unknown) =>
    typeof value === "object" && [null, Object.prototype].includes(Object.getPrototypeOf(value));
  const kinds = ["functions", "classes", "variables"];
  const missing = Object.entries(torch)
    .filter(([, value]) => !namespaces(value))
    .map(([name]) => name)
    .filter((name) => !kinds.some((kind) => pages.includes(`api/${kind}/torch.${name}.html`)));
  assert.deepEqual(missing, []);
  assert.match(read("api/functions/torch.matmul.html"), /<h4[^>]*>Example/);
});

test("a method of a tensor says what its op says", () => {
  const page = read("api/classes/torch.Tensor.html");
  const section = page.slice(page.indexOf('id="matmul"'), page.indexOf('id="maximum"'));
  assert.match(section, /vectors, matrices and batches/);
  assert.doesNotMatch(page, /id="addatpositions"/i);
});

test("names on the page from PyTorch lead to their pages", () => {
  const page = read("api/documents/From_PyTorch.html");
  assert.match(page, /href="\.\.\/functions\/torch\.matmul\.html"><code>matmul/);
  assert.match(page, /href="\.\.\/classes\/torch\.Tensor\.html#backward"><code>backward/);
  assert.ok([...page.matchAll(/<a href="\.\.\/[^"]+"><code>/g)].length > 400);
});

test("a folder that holds something else is left alone", async () => {
  writeFileSync(join(scratch, "mine.txt"), "kept");
  const { code, output } = await docs(scratch);
  assert.equal(code, 1);
  assert.match(output, /holds something else/);
  assert.equal(readFileSync(join(scratch, "mine.txt"), "utf8"), "kept");
});
