// What the notebooks say: numbers that stand on the page, two languages that run side by side,
// figures with a number and a takeaway, and short cells.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Book, books, type Page, tagged } from "./pages";
import { isShown, type Quoted, quotedNumbers, textOf, valuesIn } from "./quoted";

/** Numbers that no cell prints: the version of PyTorch that the notebooks compare with. */
const known = new Set([2.13]);
const longestMedian = 7;
const parity = {
  zh: "种子为 0 时，这里逐行打印 PyTorch 2.13（Linux x86，CPU）的输出。",
  en: "Seed 0 prints here, line for line, what PyTorch 2.13 printed on Linux x86 (CPU).",
};
const chinese = /[\u3400-\u9fff]/;

const isText = (page: Page) => tagged(page, "zh", "en");

/** Headings as their level and section number. */
function headingsOf({ text }: Page): string[] {
  return [...text.matchAll(/^(#+) ([\d.]*)/gm)].map(([, level, section]) => `${level} ${section}`);
}

/** Section numbers, which the text may refer to. */
function sectionsOf({ pages }: Book): Set<number> {
  const headings = pages.filter(isText).flatMap(headingsOf);
  return new Set(headings.map((heading) => Number(heading.split(" ")[1])));
}

/** The values of the code right below a text, which the text may announce. */
function announcedAt({ pages }: Book, at: number): Set<number> {
  const rest = pages.slice(pages.findIndex((page, i) => i > at && page.isCode));
  const end = rest.findIndex((page) => !page.isCode);
  const below = rest.slice(0, end < 0 ? undefined : end);
  return valuesIn(below.map(({ text }) => text).join("\n"));
}

/**
 * Numbers of a text that stand in no output or code above it, nor in the code right below. The
 * title tells what is to come: its numbers may stand anywhere.
 */
function unproven(book: Book): string[] {
  const sections = sectionsOf(book);
  const seen = new Set<number>();
  const see = (text: string) => {
    for (const value of valuesIn(text)) seen.add(value);
  };
  const everything = valuesIn(
    book.pages
      .filter(({ isCode }) => isCode)
      .flatMap(({ text, outputs }) => [text, ...outputs.map(textOf)])
      .join("\n"),
  );
  const found: string[] = [];
  book.pages.forEach((page, at) => {
    if (page.isCode) {
      see(page.text);
      for (const output of page.outputs) see(textOf(output));
    } else if (isText(page)) {
      const announced = page.id.startsWith("title") ? everything : announcedAt(book, at);
      const isFine = (quoted: Quoted) =>
        isShown(quoted, seen) ||
        isShown(quoted, announced) ||
        known.has(quoted.value) ||
        sections.has(quoted.value);
      for (const quoted of quotedNumbers(page.text)) {
        if (!isFine(quoted)) found.push(`${page.id}: ${quoted.written}`);
      }
    }
  });
  return found;
}

test("numbers are read from texts as people write them", () => {
  const values = (text: string) => quotedNumbers(text).map(({ value }) => value);
  assert.deepEqual(values("0.0136，−2.4×10⁻⁵ 和 $3.1\\times 10^{-4}$"), [0.0136, 2.4e-5, 3.1e-4]);
  assert.deepEqual(
    values("1,299 of 1,760 errors, 97 %, 5 shoes, float32, 28×28"),
    [1299, 1760, 97],
  );
  assert.ok(isShown(quotedNumbers("97.8 %")[0], valuesIn("share 0.978")));
  assert.ok(!isShown(quotedNumbers("0.136")[0], valuesIn("0.0136 and 1.36")));
  assert.deepEqual([...valuesIn("tensor([[ 3.7565e-05, -1.5]])")], [3.7565e-5, 1.5]);
});

for (const book of books) {
  const { pages } = book;
  const code = pages.filter((page) => page.isCode);
  const ofLanguage = (language: string) => pages.filter((page) => tagged(page, language));

  describe(`text of notebook ${book.name}`, () => {
    test("quotes no number that is not on the page", () => {
      assert.deepEqual(unproven(book), []);
    });

    test("comes in two languages, side by side, Chinese first", () => {
      const kinds = pages.filter((page) => !page.isCode);
      for (const { id, tags } of kinds) {
        const count = ["zh", "en", "twin"].filter((tag) => tags.includes(tag)).length;
        assert.equal(count, 1, `cell ${id} needs one of the tags zh, en, twin`);
      }
      const [zh, en] = [ofLanguage("zh"), ofLanguage("en")];
      assert.equal(zh.length, en.length);
      zh.forEach((page, i) => {
        assert.equal(pages[pages.indexOf(page) + 1], en[i], `${page.id} has no English after it`);
        assert.deepEqual(headingsOf(page), headingsOf(en[i]), page.id);
        assert.equal(tagged(page, "solution"), tagged(en[i], "solution"), page.id);
        assert.match(page.text, chinese, page.id);
        assert.doesNotMatch(en[i].text, chinese, en[i].id);
      });
    });

    test("has headings for a table of contents, numbered after the notebook", () => {
      const headings = ofLanguage("zh").flatMap(headingsOf);
      const sections = headings.filter((heading) => heading.startsWith("## "));
      assert.equal(headings[0], `# ${book.exercise}`);
      const expected = sections.map((_, i) => `## ${book.exercise}.${i + 1}`);
      assert.deepEqual(sections, expected);
    });

    test("says once, in both languages, what its numbers are compared with", () => {
      for (const language of ["zh", "en"] as const) {
        const texts = ofLanguage(language).filter(({ text }) => text.includes(parity[language]));
        assert.equal(texts.length, 1, language);
      }
    });

    test("numbers its figures and says what to see in each", () => {
      const isChart = ({ outputs }: Page) =>
        outputs.some(({ data }) =>
          ["application/vnd.plotly.v1+json", "image/svg+xml"].some((mime) => data?.[mime]),
        );
      const charts = code.filter(isChart);
      assert.ok(charts.length > 0, "no figure");
      charts.forEach((chart, i) => {
        const [zh, en] = pages.slice(pages.indexOf(chart) + 1);
        assert.match(
          zh.text,
          new RegExp(`^\\*\\*图 ${i + 1}\\.\\*\\* [\\s\\S]+\\*\\*看点：\\*\\*`),
          chart.id,
        );
        const caption = new RegExp(
          `^\\*\\*Figure ${i + 1}\\.\\*\\* [\\s\\S]+\\*\\*Takeaway:\\*\\*`,
        );
        assert.match(en.text, caption, chart.id);
      });
    });

    test("ends with questions, folded answers and a cell to try", () => {
      const last = code[code.length - 1];
      assert.ok(tagged(last, "try"), "the last code cell is not tagged try");
      const solutions = pages.filter((page) => tagged(page, "solution"));
      assert.equal(solutions.length, 4, "questions and try, in two languages");
      for (const { id, text } of solutions) assert.match(text, /^<details>[\s\S]+<\/details>$/, id);
      const [answers] = solutions;
      const count = (text: string) => text.match(/^\d+\. /gm)?.length ?? 0;
      const questions = pages[pages.indexOf(answers) - 2];
      assert.ok(count(questions.text) >= 3 && count(questions.text) <= 5, questions.id);
      assert.equal(count(answers.text), count(questions.text), answers.id);
    });

    test("keeps its cells short and rounds as Python does", () => {
      const lengths = code.map(({ text }) => text.split("\n").length).sort((a, b) => a - b);
      const median = lengths[Math.floor(lengths.length / 2)];
      assert.ok(median <= longestMedian, `the median cell has ${median} lines`);
      const culprits = code.filter(({ text }) => text.includes("toFixed")).map(({ id }) => id);
      assert.deepEqual(culprits, []);
    });

    test("shows no folder, clock or version of the machine that ran it", () => {
      const traces =
        /(^|[\s"'(])(\/(home|root|tmp|usr|opt|work|Users)\/|[A-Z]:\\)|node_modules|\b\d{1,2}:\d{2}:\d{2}\b|\b\d+ ?ms\b|\bv\d+\.\d+\.\d+/m;
      for (const { id, outputs } of code) {
        for (const output of outputs) assert.doesNotMatch(textOf(output), traces, id);
      }
    });
  });
}
