// Short programs of the next chapters: every line they print, against what PyTorch printed.

import { after, test } from "node:test";
import { readGolden } from "./fixtures";
import { Session } from "./python/run";
import { Report } from "./report";

interface Program {
  tag: string;
  name: string;
  code: string;
  stdout: string;
}

const report = new Report("programs");
after(() => report.publish());

/** The lines that a program prints here, and the error that ends it early. */
function run(code: string): string[] {
  const session = new Session();
  try {
    session.run(code);
    return session.printed.flatMap((text) => text.split("\n"));
  } catch (error) {
    const printed = session.printed.flatMap((text) => text.split("\n"));
    return [...printed, `${error instanceof Error ? error.stack : error}`];
  }
}

const { preamble, cases } = readGolden<{ preamble: string; cases: Program[] }>("programs");

for (const tag of new Set(cases.map((program) => program.tag))) {
  test(`programs of ${tag}`, () => {
    for (const { name, code, stdout } of cases.filter((program) => program.tag === tag)) {
      const expected = stdout.trimEnd().split("\n");
      const got = run(preamble + code);
      expected.forEach((line, i) => {
        report.compare(
          tag,
          got[i] === line,
          () => `${name}, line ${i + 1}\n- ${line}\n+ ${got[i]}`,
        );
      });
      if (got.length > expected.length) {
        report.fail(tag, `${name} goes on\n+ ${got.slice(expected.length).join("\n+ ")}`);
      }
    }
    report.assertKind(tag);
  });
}
