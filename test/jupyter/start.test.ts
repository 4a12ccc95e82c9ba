// npm start for real: JupyterLab answers on this machine only, with the lab's kernel and notebooks,
// and ends when it is told to.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, test } from "node:test";
import { root, runScript } from "./sandbox";

const script = join(root, "jupyter", "start.mjs");
const running: ChildProcess[] = [];
after(() => {
  for (const child of running) child.kill("SIGTERM");
});

interface Started {
  readonly child: ChildProcess;
  readonly printed: string;
  readonly address: URL;
}

function start(...args: string[]): Promise<Started> {
  const child = spawn(process.execPath, [script, "--no-browser", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  return new Promise((resolve, reject) => {
    let printed = "";
    const take = (chunk: Buffer) => {
      printed += chunk;
      const address = /http:\/\/localhost:\d+\/lab\?token=\w+/.exec(printed)?.[0];
      if (address) resolve({ child, printed, address: new URL(address) });
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    child.on("exit", (code) => reject(new Error(`it ended with ${code}: ${printed}`)));
  });
}

async function ask(address: URL, path: string, token = address.searchParams.get("token")) {
  const response = await fetch(`${address.origin}${path}?token=${token}`);
  return { status: response.status, body: await response.text() };
}

test("a port that is taken: said, and the next one used", async () => {
  const blocker = createServer().listen(0, "127.0.0.1");
  await once(blocker, "listening");
  const { port } = blocker.address() as { port: number };
  const lab = await start("--port", String(port));
  blocker.close();
  assert.match(lab.printed, new RegExp(`Port ${port} is in use: JupyterLab took \\d+`));
  assert.notEqual(lab.address.port, String(port));

  const specs = JSON.parse((await ask(lab.address, "/api/kernelspecs")).body);
  assert.deepEqual([specs.default, Object.keys(specs.kernelspecs)], ["tslab", ["tslab"]]);
  const { content } = JSON.parse((await ask(lab.address, "/api/contents")).body);
  const names = content.map((entry: { name: string }) => entry.name);
  assert.ok(names.includes("04_logistic_regression.ipynb"), names.join(" "));
  assert.equal((await ask(lab.address, "/api/contents", "wrong")).status, 403);

  lab.child.kill("SIGINT");
  const [code] = await once(lab.child, "exit");
  assert.equal(code, 0);
  await assert.rejects(ask(lab.address, "/api"));
});

test("a port that is no port", async () => {
  for (const port of ["abc", "70000", "-1"]) {
    const { code, output } = await runScript(script, ["--no-browser", `--port=${port}`]);
    assert.equal(code, 1);
    assert.match(output, /--port wants a number from 0 to 65535/);
  }
});

test("options that JupyterLab answers at once end at once", async () => {
  const { code, output } = await runScript(script, ["--version"]);
  assert.equal(code, 0);
  assert.match(output, /^\d+\.\d+\.\d+$/m);
});

test("an option that JupyterLab refuses", async () => {
  const { code, output } = await runScript(script, ["--no-browser", "--ServerApp.port_retries=x"]);
  assert.equal(code, 1);
  assert.match(output, /JupyterLab ended before it was ready/);
});
