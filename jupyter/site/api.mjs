// @ts-check
// The API pages: typedoc reads src's doc comments.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SetupError } from "../setup/error.mjs";
import { inside, lab } from "../setup/paths.mjs";
import { startProgress } from "../setup/step.mjs";
import { inner } from "./frompytorch.mjs";
import { remarks } from "./remarks.mjs";

/** Pages of docs/ that stand beside the API, with their titles. */
const documents = { "from-pytorch.md": "From PyTorch", "parity.md": "Parity" };

const order = ["Document", "Namespace", "Function", "Variable", "Class", "Interface", "TypeAlias"];
const groups = ["Documents", "Namespaces", "Functions", "Variables", "Classes", "Interfaces"];

/** @param {string} out */
export async function writeApi(out) {
  // a tool for development: this file is read before it is sure to be installed
  const typedoc = await import("typedoc");
  const { Application, Converter, ReflectionKind } = typedoc;
  const progress = startProgress("writing the API pages");
  const app = await Application.bootstrapWithPlugins({
    name: "deep-learning-lab",
    entryPoints: [inside("src", "index.ts")],
    tsconfig: inside("tsconfig.json"),
    plugin: ["typedoc-plugin-missing-exports"],
    // an option of the plugin, which typedoc's types do not know
    ...{ placeInternalsInOwningModule: true },
    projectDocuments: copyDocuments(),
    readme: "none",
    includeVersion: true,
    disableSources: true,
    excludeExternals: true,
    excludePrivate: true,
    excludeInternal: true,
    skipErrorChecking: true,
    hideGenerator: true,
    includeHierarchySummary: false,
    githubPages: false,
    navigationLinks: { Notebooks: "../index.html" },
    kindSortOrder: /** @type {any} */ (order),
    groupOrder: [...groups, "*"],
    logLevel: "Error",
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    const module = project.children?.find(({ name }) => name === "index");
    if (module) module.name = "torch";
    // the ops as a whole are named by a type; each of them stands in its own place already
    const ops = module?.children?.find(({ name }) => /src.ops$/.test(name));
    tellMethods(typedoc, project);
    // the plugin takes members of classes that are named by a type for names of the module
    const stray = (module?.children ?? []).filter(({ kind }) => kind === ReflectionKind.Accessor);
    for (const accessor of stray) project.removeReflection(accessor);
    if (ops) project.removeReflection(ops);
  });
  const project = await app.convert();
  if (project === undefined) {
    progress.end(false);
    throw new SetupError("typedoc could not read src.", "see its messages above.");
  }
  await app.generateDocs(project, out);
  linkNames(out);
  progress.end(app.logger.errorCount === 0);
}

/**
 * A method of Tensor is an op: it says what the op says.
 * @param {typeof import("typedoc")} typedoc
 * @param {import("typedoc").ProjectReflection} project
 */
function tellMethods({ Comment, ReflectionKind }, project) {
  const functions = project.getReflectionsByKind(ReflectionKind.Function);
  const told = new Map(
    functions.map((op) => {
      const { name, signatures } = /** @type {import("typedoc").DeclarationReflection} */ (op);
      return [name, signatures?.find(({ comment }) => comment)?.comment];
    }),
  );
  const classes = project.getReflectionsByKind(ReflectionKind.Class);
  const tensor = classes.find(({ name }) => name === "Tensor");
  if (!tensor?.isDeclaration()) return;
  for (const method of [...(tensor.children ?? [])]) {
    if (inner.test(method.name) && method.name !== "constructor") project.removeReflection(method);
    if (method.comment || method.signatures) continue;
    const base = method.name.replace(/_$/, "");
    const own = told.get(method.name)?.clone();
    const text = `\`${base}\` in place: changes the tensor and returns it.`;
    method.comment =
      own ?? (base === method.name ? undefined : new Comment([{ kind: "text", text }]));
  }
}

/** The pages without links into the repository, which is not part of the site. */
function copyDocuments() {
  const folder = join(lab, "site");
  mkdirSync(folder, { recursive: true });
  return Object.entries(documents).map(([name, title]) => {
    const text = readFileSync(inside("docs", name), "utf8");
    const file = join(folder, name);
    const within = text.replace(/\[([^\]]+)\]\((?!https?:|#|[\w-]+\.md)[^)]+\)/g, "$1");
    writeFileSync(file, `---\ntitle: ${title}\n---\n${within}`);
    return file;
  });
}

/** On the page of names, each name that has a page of its own leads to it. @param {string} out */
function linkNames(out) {
  const file = join(out, "documents", "From_PyTorch.html");
  const methods = anchors(readFileSync(join(out, tensorPage), "utf8"));
  const sections = readFileSync(file, "utf8").split(/(?=<h2)/);
  const titles = Object.entries(remarks);
  const linked = sections.map((section) => {
    const heading = /<h2[^>]*>(.*?)<\/h2>/s
      .exec(section)?.[1]
      .replace(/<[^>]+>/g, "")
      .trim();
    const space = titles.find(([, { title }]) => title === heading)?.[0];
    if (space === undefined) return section;
    return section.replace(/<p><strong>.*?<\/p>/gs, (paragraph) =>
      paragraph.replace(/<code>(\w+)<\/code>/g, (code, name) => {
        const target = space === "Tensor" ? methods.get(name) : pageOf(out, space, name);
        return target === undefined ? code : `<a href="${target}">${code}</a>`;
      }),
    );
  });
  writeFileSync(file, linked.join(""));
}

const tensorPage = "classes/torch.Tensor.html";

/** Where the methods stand on Tensor's page. @param {string} html */
function anchors(html) {
  const links = html.matchAll(/<a href="(#[^"]+)"[^>]*><svg.*?<\/svg><span>(.*?)<\/span>/gs);
  return new Map(
    [...links].map(([, anchor, name]) => [
      name.replace(/<wbr\/?>/g, ""),
      `../${tensorPage}${anchor}`,
    ]),
  );
}

/** @param {string} out @param {string} space @param {string} name @returns {string | undefined} */
function pageOf(out, space, name) {
  // what stands in two namespaces has one page
  const paths = [`torch.${space}.${name}`, `torch.${name}`];
  const kinds = ["functions", "classes", "variables", "types", "interfaces"];
  const page = paths
    .flatMap((path) => kinds.map((kind) => `${kind}/${path}.html`))
    .find((path) => existsSync(join(out, path)));
  return page && `../${page}`;
}
