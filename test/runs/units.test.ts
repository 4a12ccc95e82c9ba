// The parts of a sweep that need no cluster: values from the command line, names, tables, what is
// skipped, and who may send work.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { python } from "./python";

const folder = mkdtempSync(join(tmpdir(), "lab-runs-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Run lines of Python and give what they print as JSON; `show` prints. */
function shown(...lines: string[]): unknown {
  return JSON.parse(
    python(["import json", "show = lambda x: print(json.dumps(x))", ...lines].join("\n")),
  );
}

test("doc examples hold", () => {
  const modules = ["translator", "engine", "grid", "plan", "progress", "task"].map(
    (m) => `lab_runs.${m}`,
  );
  const program = `import doctest, importlib
for name in ${JSON.stringify(modules)}:
    failed, tried = doctest.testmod(importlib.import_module(name))
    assert tried > 0 and failed == 0, (name, failed, tried)`;
  assert.equal(python(program), "");
});

describe("values on the command line", () => {
  const grid = "from lab_runs.grid import axes, combinations, UsageError";
  const cases: readonly (readonly [string, unknown[]])[] = [
    ["seed=0..3", [0, 1, 2, 3]],
    ["seed=10..0..-5", [10, 5, 0]],
    ["seed=-2..1", [-2, -1, 0, 1]],
    ["lr=0.01,1e-3,.5", [0.01, 0.001, 0.5]],
    ["a=1,2..3,1", [1, 2, 3]],
    ["a=true,False,none", [true, false, null]],
    ["a=sgd,'7',\"x,y\"", ["sgd", "7", "x,y"]],
    ["a=[1,2],[3]", [[1, 2], [3]]],
    ['a={"k":[1,2]}', [{ k: [1, 2] }]],
    ["a=''", [""]],
    ["a=学", ["学"]],
    ["a=123456789012345678901", [123456789012345678901n.toString()]],
  ];
  test("are read", () => {
    const words = cases.map(([word]) => word);
    const program = `show([[str(v) if isinstance(v, int) and v > 2**53 else v
      for every in axes([w]).values() for v in every] for w in ${JSON.stringify(words)}])`;
    assert.deepEqual(
      shown(grid, program),
      cases.map(([, values]) => values),
    );
  });

  test("are combined, the last changing fastest", () => {
    assert.deepEqual(shown(grid, 'show(combinations(axes(["a=1,2", "b=x,y"])))'), [
      { a: 1, b: "x" },
      { a: 1, b: "y" },
      { a: 2, b: "x" },
      { a: 2, b: "y" },
    ]);
    assert.deepEqual(shown(grid, "show(combinations({}))"), [{}]);
  });

  test("are refused where they make no sense", () => {
    const words = ["seed", "=1", "a=", "a=1..5..-1", "a=0..9999999", "a=[1"];
    const program = `def refused(word):
    try:
        axes([word])
    except UsageError:
        return word
show([refused(word) for word in ${JSON.stringify(words)}])`;
    assert.deepEqual(shown(grid, program), words);
  });
});

test("names tell the parameters, and no two runs share one", () => {
  const names = shown(
    "from lab_runs.plan import name_of",
    'show([name_of(p) for p in [{"seed": 3, "lr": 0.1}, {}, {"a": "x/y"}, {"a": "x:y"}, {"a": "../.."}]])',
  ) as string[];
  assert.deepEqual(names.slice(0, 2), ["seed=3,lr=0.1", "default"]);
  assert.equal(new Set(names).size, names.length);
  for (const name of names) assert.match(name, /^[\w=,.+-]+$/);
});

test("tables: a row a run and a row an epoch, numbers with every bit, in CSV and in Parquet", () => {
  const records = [
    {
      parameters: { seed: 0 },
      metrics: { parameters: { seed: 0, lr: 0.1 }, train_loss: [0.1 + 0.2, 5e-324], test_acc: 0.5 },
    },
    { parameters: { seed: 1 }, metrics: { train_loss: ["nan", 1], test_acc: "inf" } },
    {
      parameters: { seed: 2 },
      failure: { kind: "RangeError", message: 'no, "never"', cell: 4, id: "x" },
    },
  ];
  const read = shown(
    "from pathlib import Path",
    "from lab_runs import tables",
    "import pyarrow.parquet as pq, pyarrow.csv as pc, math",
    `folder = Path(${JSON.stringify(folder)})`,
    `tables.write(folder, json.loads(${JSON.stringify(JSON.stringify(records))}))`,
    "wide = lambda rows: [{k: repr(v) if isinstance(v, float) else v for k, v in r.items()} for r in rows]",
    'show([wide(pq.read_table(folder / f"{n}.parquet").to_pylist()) for n in ("runs", "epochs")])',
  ) as Record<string, unknown>[][];
  const [runs, epochs] = read;
  assert.deepEqual(
    runs.map(({ seed, status, train_loss, test_acc }) => [seed, status, train_loss, test_acc]),
    [
      [0, "done", "5e-324", "0.5"],
      [1, "done", "1.0", "inf"],
      [2, "failed", null, null],
    ],
  );
  assert.equal(runs[2].failure, 'code cell 4 (x) threw RangeError: no, "never"');
  assert.deepEqual(
    epochs.map(({ seed, epoch, train_loss }) => [seed, epoch, train_loss]),
    [
      [0, 1, "0.30000000000000004"],
      [0, 2, "5e-324"],
      [1, 1, "nan"],
      [1, 2, "1.0"],
    ],
  );
  assert.match(
    readFileSync(join(folder, "epochs.csv"), "utf8"),
    /\n0,0\.1,1,0\.30000000000000004\n/,
  );
});

test("a run is finished only with its own key and a whole notebook", () => {
  const answers = shown(
    "from pathlib import Path",
    "from lab_runs.plan import Run",
    "from lab_runs.store import Store",
    `store = Store(Path(${JSON.stringify(join(folder, "store"))}))`,
    "store.prepare()",
    'run = Run({"seed": 1}, "seed=1", "key")',
    "found = [store.finished(run) is not None]",
    'store.keep(run, {"failure": {"kind": "E", "message": "m"}})',
    "found.append(store.finished(run) is not None)",
    'store.keep(run, {"text": "{}", "metrics": {"loss": 1}})',
    "found.append(store.finished(run) is not None)",
    'found.append(store.finished(Run({"seed": 1}, "seed=1", "other")) is not None)',
    "files = sorted(p.name for p in store.runs.iterdir())",
    '(store.runs / "seed=1.ipynb").write_text("{")',
    "found.append(store.finished(run) is not None)",
    '(store.runs / "seed=1.json").write_text(\'{"key"\')',
    "found.append(store.finished(run) is not None)",
    "show([found, files])",
  );
  const files = ["seed=1.ipynb", "seed=1.json"];
  assert.deepEqual(answers, [[false, false, true, false, false, false], files]);
});

describe("who may send work", () => {
  test("whoever holds a certificate, or is on this machine, or was let in on purpose", () => {
    const addresses = {
      ...Object.fromEntries(
        ["tcp://127.0.0.1:8786", "tcp://localhost:8786", "tcp://[::1]:8786", "127.0.0.1:1"].map(
          (address) => [address, ["good", "good"]],
        ),
      ),
      ...Object.fromEntries(
        ["tcp://192.0.2.7:8786", "192.0.2.7:8786", "tcp://0.0.0.0:8786", "tcp://[::]:8786"].map(
          (address) => [address, ["is not on this machine and has no TLS", "good"]],
        ),
      ),
      "tls://192.0.2.7:8786": ["needs certificates", "needs certificates"],
      "ucx://127.0.0.1:1": ["is no address of a scheduler", "is no address of a scheduler"],
      "tcp://host": ["is no address of a scheduler", "is no address of a scheduler"],
    };
    const program = `from lab_runs.security import Access
from lab_runs.grid import UsageError
def ask(address, insecure):
    try:
        return "good" if Access(address, None, insecure).security() is None else "TLS"
    except UsageError as error:
        return str(error).replace(address, "").replace('""', "").strip()
show({a: [ask(a, False), ask(a, True)] for a in ${JSON.stringify(Object.keys(addresses))}})`;
    assert.deepEqual(shown(program), addresses);
  });

  test("certificates are made once, for their owner alone, and their authority cannot make more", () => {
    const place = join(folder, "tls");
    const program = `import os, stat, sys
from pathlib import Path
from cryptography import x509
from lab_runs.grid import UsageError
from lab_runs.security import make_certificates, security_from
folder = Path(${JSON.stringify(place)})
make_certificates(folder)
if os.name == "posix":
    assert stat.S_IMODE((folder / "key.pem").stat().st_mode) == 0o600
assert sorted(p.name for p in folder.iterdir()) == ["ca.pem", "certificate.pem", "key.pem"]
root, own = (x509.load_pem_x509_certificate((folder / n).read_bytes()) for n in ("ca.pem", "certificate.pem"))
own.verify_directly_issued_by(root)
assert security_from(folder).require_encryption
try:
    make_certificates(folder)
except UsageError:
    print("once")`;
    assert.equal(python(program).trim(), "once");
  });
});

test("data is checked by size and sum, and refused by name", () => {
  const program = `from pathlib import Path
from lab_runs.data import check_once, FILES, DataError
folder = Path(${JSON.stringify(folder)}) / "data"
folder.mkdir()
said = []
def ask():
    try:
        check_once(folder)
    except DataError as error:
        said.append(str(error))
ask()
for name, (size, _) in FILES.items():
    (folder / name).write_bytes(b"x" * 10)
ask()
for name, (size, _) in FILES.items():
    (folder / name).write_bytes(b"x" * size)
ask()
print("\\n".join(said))`;
  const [missing, short, wrong] = python(program).trim().split("\n");
  assert.match(missing, /train-images-idx3-ubyte\.gz is missing/);
  assert.match(short, /26,421,880 bytes expected, 10 found/);
  assert.match(wrong, /MD5 8d4fb7e6c68d591d4c3dfef9ec88bf0d expected/);
});
