// doctor and kernel: what they tell, and that nothing of the user's is overwritten unasked.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { makeSandbox, root, runScript } from "./sandbox";

const scratch = mkdtempSync(join(tmpdir(), "lab-commands-"));
after(() => rmSync(scratch, { recursive: true, force: true }));

test("doctor finds this machine ready", async () => {
  const { code, output } = await runScript(join(root, "jupyter", "doctor.mjs"), []);
  assert.equal(code, 0, output);
  for (const line of [
    /✓ Node /,
    /✓ Python 3/,
    /✓ JupyterLab 4/,
    /✓ kernel /,
    /This machine is ready/,
  ]) {
    assert.match(output, line);
  }
});

test("doctor names what is missing and how to get it", async () => {
  const box = makeSandbox();
  const { code, output } = await box.run("doctor");
  box.remove();
  assert.equal(code, 1);
  assert.match(output, /✗ No Python 3\.10 or newer was found/);
  assert.match(output, /1 to mend/);
});

test("kernel registers, says so, and takes away only its own", async () => {
  const env = { ...process.env, JUPYTER_DATA_DIR: scratch };
  const kernel = (...args: string[]) => runScript(join(root, "jupyter", "kernel.mjs"), args, env);
  const file = join(scratch, "kernels", "tslab", "kernel.json");

  assert.equal((await kernel()).code, 0);
  const spec = JSON.parse(readFileSync(file, "utf8"));
  assert.equal(spec.display_name, "TypeScript (deep-learning-lab)");
  assert.equal((await kernel("--remove")).code, 0);
  assert.equal(existsSync(file), false);
  assert.match((await kernel("--remove")).output, /No kernel is registered/);

  mkdirSync(join(file, ".."), { recursive: true });
  const other = '{"argv":["tslab","kernel"]}';
  writeFileSync(file, other);
  for (const args of [[], ["--remove"]]) {
    const { code, output } = await kernel(...args);
    assert.equal(code, 1);
    assert.match(output, /Another kernel named "tslab" is registered/);
    assert.equal(readFileSync(file, "utf8"), other);
  }
  assert.equal((await kernel("--replace")).code, 0);
  assert.notEqual(readFileSync(file, "utf8"), other);
  assert.match((await kernel("--wrong")).output, /npm run kernel does not know "--wrong"/);
});
