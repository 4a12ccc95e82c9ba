// A fresh project outside the repository that has installed the packed library.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const root = join(__dirname, "..", "..");

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The codes by which npm says that it needs a network. */
const offline =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED)\b/;

/** The project; `missing` says why it could not be made. */
export class Consumer {
  readonly folder = mkdtempSync(join(tmpdir(), "lab-package-"));
  readonly #npm: string;

  constructor(npmCli: string) {
    this.#npm = npmCli;
    mkdirSync(join(this.folder, "app"));
    this.write("package.json", '{ "name": "app", "version": "1.0.0", "private": true }\n');
  }

  /** Packs the library; dist must be current. */
  pack(): { file: string; files: string[] } {
    const args = ["pack", "--json", "--ignore-scripts", `--pack-destination=${this.folder}`];
    const { code, stdout, stderr } = this.#run([this.#npm, ...args], root);
    if (code !== 0) throw new Error(stderr);
    const [{ filename, files }] = JSON.parse(stdout) as [
      { filename: string; files: { path: string }[] },
    ];
    return { file: join(this.folder, filename), files: files.map(({ path }) => path) };
  }

  /** Installs packages; returns why that is impossible here, or null. */
  install(...specs: string[]): string | null {
    const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
    const { code, stderr } = this.#run([this.#npm, ...args, ...specs]);
    if (code === 0) return null;
    if (offline.test(stderr)) return `without a network npm cannot fetch ${specs.join(", ")}`;
    throw new Error(stderr);
  }

  write(name: string, text: string): string {
    const path = join(this.folder, "app", name);
    writeFileSync(path, text);
    return path;
  }

  /** Runs a program of Node in the project. */
  node(...args: string[]): Outcome {
    return this.#run(args);
  }

  /** The packages that were installed, the library's own requirements included. */
  installed(): string[] {
    const modules = join(this.folder, "app", "node_modules");
    return readdirSync(modules)
      .filter((name) => !name.startsWith("."))
      .flatMap((name) =>
        name.startsWith("@")
          ? readdirSync(join(modules, name)).map((own) => `${name}/${own}`)
          : name,
      )
      .sort();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #run(args: string[], cwd = join(this.folder, "app")): Outcome {
    const kept = Object.entries(process.env).filter(
      ([name]) =>
        !/^(npm_(?!config_(registry|cache))|NODE_OPTIONS$|NODE_TEST_CONTEXT$)/i.test(name),
    );
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd,
      encoding: "utf8",
      env: Object.fromEntries(kept),
    });
    return { code: status, stdout, stderr };
  }
}
