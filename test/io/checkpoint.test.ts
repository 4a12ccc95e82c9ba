// torch.load: what PyTorch saved, bit by bit, with its views and shared storages, and nothing else.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import * as torch from "../../src/index";
import { zip, zipContents } from "./archives";
import { content, described, expected, fixtures } from "./arrays";

const folder = mkdtempSync(join(tmpdir(), "lab-checkpoint-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const fixture = (name: string) => join(fixtures, name);

for (const file of ["all.pt", "views.pt", "net.pt"]) {
  test(`${file}: every tensor bit by bit`, () => {
    const tensors = torch.load(fixture(file));
    const wanted = expected.filter((one) => one.file === file);
    assert.deepEqual(
      Object.keys(tensors),
      wanted.map(({ name }) => name),
    );
    for (const one of wanted)
      assert.deepEqual(described(tensors[one.name]), content(one), one.name);
  });
}

test("views keep their strides and share the storage that they shared", () => {
  const views = torch.load(fixture("views.pt"));
  assert.deepEqual(views.transposed.stride(), [1, 4, 12]);
  assert.equal(views.every.storage_offset(), 1);
  assert.deepEqual(views.expanded.stride(), [0, 1]);
  views.base.fill_(7);
  assert.deepEqual(views.row.tolist(), [7, 7, 7, 7]);
  assert.equal(views.last.item(), 7);
  assert.deepEqual(views.expanded.index(0).tolist(), [1, 1, 1]);
});

test("a network takes the state_dict, and both files of it agree", () => {
  const net = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU(), torch.nn.Linear(3, 1));
  net.load_state_dict(torch.load(fixture("net.pt"), { map_location: "cpu", weights_only: true }));
  const same = torch.safetensors.load_file(fixture("net.safetensors"));
  for (const [name, p] of net.named_parameters())
    assert.ok(torch.equal(p.detach(), same[name]), name);
});

test("one tensor alone", () => {
  assert.equal(String(torch.load<torch.Tensor>(fixture("tensor.pt"))), "tensor([1.5000, 2.5000])");
});

test("a checkpoint: numbers, texts, lists and dicts around the tensors", () => {
  const { model, optimizer, parameter, ...plain } = torch.load<Record<string, torch.Loaded>>(
    fixture("checkpoint.pt"),
  );
  assert.deepEqual(plain, {
    epoch: 3,
    loss: 0.5,
    name: "é",
    done: false,
    none: null,
    sizes: [2, 3, 4],
    losses: [1, 0.5, -1],
    big: 2 ** 40,
  });
  assert.ok(parameter instanceof torch.Tensor && parameter.requires_grad && parameter.is_leaf);
  assert.deepEqual(Object.keys(model as object), ["0.weight", "0.bias", "2.weight", "2.bias"]);
  const { param_groups, state } = optimizer as { [key: string]: torch.Loaded };
  assert.equal((param_groups as { momentum: number }[])[0].momentum, 0.9);
  const first = (state as Record<string, { momentum_buffer: torch.Tensor }>)["0"].momentum_buffer;
  assert.deepEqual([...first.shape], [3, 2]);
});

test("a storage in the other byte order is turned round", () => {
  const contents = zipContents(readFileSync(fixture("tensor.pt")));
  const turned = Object.entries(contents).map(([name, bytes]): [string, Buffer] => {
    if (name.endsWith("byteorder")) return [name, Buffer.from("big")];
    return [name, /data\/0$/.test(name) ? Buffer.from(bytes).swap32() : bytes];
  });
  const file = join(folder, "big.pt");
  writeFileSync(file, zip(turned));
  assert.deepEqual(torch.load<torch.Tensor>(file).tolist(), [1.5, 2.5]);
});

const refusals: [string, string, RegExp, RegExp][] = [
  [
    "module.pt",
    "UnpicklingError",
    /^Weights only load failed\..*GLOBAL torch\.nn\.modules\.container\.Sequential was not an allowed global by default/,
    /^module\.pt: expected tensors or a state_dict.*state_dict\(\)/,
  ],
  [
    "script.pt",
    "RuntimeError",
    /^Cannot use ``weights_only=True`` with TorchScript archives/,
    /^script\.pt: .*TorchScript/,
  ],
  ["old.pt", "RuntimeError", /zip format of PyTorch 1\.6/, /^old\.pt: .*old format/],
  [
    "f4.npy",
    "RuntimeError",
    /^PytorchStreamReader failed reading zip archive: not a ZIP archive\./,
    /^f4\.npy: .*begin with 934e554d/,
  ],
  [
    "numpy.npz",
    "RuntimeError",
    /^PytorchStreamReader failed locating file data\.pkl: file not found\./,
    /^numpy\.npz: /,
  ],
  [
    "nothing.pt",
    "FileNotFoundError",
    /^\[Errno 2\] No such file or directory: '.*nothing\.pt'$/,
    /./,
  ],
];

for (const [file, name, message, hint] of refusals) {
  test(`${file} is refused by name`, () => {
    assert.throws(
      () => torch.load(fixture(file)),
      (error: Error & { hint: string }) => {
        assert.equal(error.name, name);
        assert.match(error.message, message);
        assert.match(error.hint, hint);
        return true;
      },
    );
  });
}

test("only weights, only into the CPU's memory", () => {
  const file = fixture("tensor.pt");
  assert.throws(() => torch.load(file, { weights_only: false as never }), {
    name: "ValueError",
    message: "torch.load reads weights only",
  });
  assert.throws(() => torch.load(file, { map_location: "cuda" as never }), {
    name: "RuntimeError",
  });
});
