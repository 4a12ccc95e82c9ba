// @ts-check
// The page that leads to the notebooks' reports, the API and the map of names, in both languages.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { allNotebooks } from "../notebook/find.mjs";
import { readNotebook } from "../notebook/format.mjs";
import { titleOf } from "../report/page.mjs";
import { inside } from "../setup/paths.mjs";

/** @typedef {"en" | "zh"} Language */

const words = {
  en: {
    title: "deep-learning-lab",
    readme: "README.md",
    say: "A PyTorch lab course as notebooks in TypeScript: from the same seed, the same characters as PyTorch. To read it, nothing has to be installed: each report below is a notebook with its outputs and charts.",
    notebook: "notebook",
    exercise: "the exercise",
    find: "what you find out",
    read: "read",
    more: "For those who write code",
    names: ["From PyTorch", "every name, side by side, with what differs"],
    api: ["API", "every function with its shapes, its errors and an example that is run as a test"],
    parity: ["Parity", "what was compared with PyTorch, and what may differ"],
    run: "To run it: <code>npm start</code> in a clone of the repository sets everything up and opens JupyterLab.",
    picture: "A notebook in JupyterLab",
    colon: ": ",
    other: "中文",
  },
  zh: {
    title: "deep-learning-lab",
    readme: "README.zh-CN.md",
    say: "用 TypeScript 写的 PyTorch 实验笔记本：同样的种子，打印与 PyTorch 相同的字符。阅读无需安装任何东西：下面每份报告都是一个带输出和图表的笔记本。",
    notebook: "笔记本",
    exercise: "练习",
    find: "你会发现",
    read: "阅读",
    more: "写代码的人看这里",
    names: ["从 PyTorch 来", "逐个名字对照，并说明不同之处"],
    api: ["API", "每个函数的形状、错误和一个作为测试运行的例子"],
    parity: ["一致性", "与 PyTorch 比较了什么，什么可能不同"],
    run: "想运行它：在克隆的仓库里执行 <code>npm start</code>，它会装好一切并打开 JupyterLab。",
    picture: "JupyterLab 里的一个笔记本",
    colon: "：",
    other: "English",
  },
};

/** @param {string} out */
export function writeLanding(out) {
  for (const [language, file, other] of /** @type {[Language, string, string][]} */ ([
    ["en", "index.html", "zh.html"],
    ["zh", "zh.html", "index.html"],
  ])) {
    writeFileSync(join(out, file), page(language, out, other));
  }
}

/** @param {Language} language @param {string} out @param {string} other */
function page(language, out, other) {
  const w = words[language];
  const rows = allNotebooks()
    .map((file) => ({ file, name: basename(file, ".ipynb") }))
    .filter(({ name }) => existsSync(join(out, "reports", `${name}.html`)))
    .map(({ file, name }) => row(language, file, name));
  const items = [
    [w.names, "api/documents/From_PyTorch.html"],
    [w.api, "api/modules/torch.html"],
    [w.parity, "api/documents/Parity.html"],
  ].map(([[title, what], link]) => `<li><a href="${link}">${title}</a>${w.colon}${what}</li>`);
  return `<!DOCTYPE html>
<html lang="${language === "zh" ? "zh-CN" : "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${w.title}</title>
<style>${readFileSync(inside("jupyter", "report", "template", "lab-report", "report.css"), "utf8")}
main { width: 960px; }
header { display: flex; justify-content: space-between; align-items: baseline; }
@media (min-width: 700px) { td:first-child { white-space: nowrap; } }
img { border: 1px solid var(--line); }
</style>
</head>
<body>
<main>
<header><h1>${w.title}</h1><a href="${other}">${w.other}</a></header>
<p>${w.say}</p>
<table>
<tr><th>${w.notebook}</th><th>${w.exercise}</th><th>${w.find}</th></tr>
${rows.join("\n")}
</table>
<h2>${w.more}</h2>
<ul>
${items.join("\n")}
</ul>
<p>${w.run}</p>
<p><img src="images/notebook.png" alt="${w.picture}"></p>
</main>
</body>
</html>
`;
}

/**
 * A notebook's row: what the README says of it, or its title.
 * @param {Language} language
 * @param {string} file
 * @param {string} name
 */
function row(language, file, name) {
  const readme = readFileSync(inside(words[language].readme), "utf8");
  const told = readme
    .split(/\r?\n/)
    .find((line) => line.startsWith("| [") && line.includes(`/${name}.ipynb)`));
  const cells = told?.split(" | ") ?? [`[${titleOf(readNotebook(file))}]()`, "", ""];
  const title = /\[(.*?)\]/.exec(cells[0])?.[1] ?? name;
  const [exercise, find] = cells.slice(1).map((cell) => inline(cell.replace(/ \|$/, "")));
  const link = `<a href="reports/${name}.html#${language}">${inline(title)}</a>`;
  return `<tr><td>${link}</td><td>${exercise}</td><td>${find}</td></tr>`;
}

/** A line of Markdown with code in it. @param {string} text */
const inline = (text) =>
  text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/`([^`]+)`/g, "<code>$1</code>");
