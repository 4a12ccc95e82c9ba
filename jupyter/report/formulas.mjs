// @ts-check
// Sets formulas for the report: reads {tex, display} as JSON, one a line, and answers each with its
// HTML as a JSON string. The exporter starts it once and keeps it for all formulas of a page.
import { createInterface } from "node:readline";
import katex from "katex";

for await (const line of createInterface({ input: process.stdin })) {
  const { tex, display } = JSON.parse(line);
  const html = katex.renderToString(tex, {
    displayMode: display,
    throwOnError: false,
    // Chinese words in a formula are welcome
    strict: "ignore",
    trust: false,
  });
  process.stdout.write(`${JSON.stringify(html)}\n`);
}
