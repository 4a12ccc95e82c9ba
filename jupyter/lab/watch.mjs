// @ts-check
// Compiles src again whenever a file in it was saved, while JupyterLab runs.
import { watch } from "node:fs";
import { buildDist, distIsStale } from "../setup/dist.mjs";
import { alone } from "../setup/lock.mjs";
import { inside } from "../setup/paths.mjs";

// an editor's save is several events; they are waited out
const pause = 300;

/** Starts watching; the function it returns stops it. @returns {() => void} */
export function rebuildOnChange() {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  let building = Promise.resolve();
  const watcher = watch(inside("src"), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      building = building.then(rebuild);
    }, pause);
  });
  watcher.on("error", (error) => {
    console.log(`src is not watched (${error.message}): after a change run \`npm run build\`.`);
  });
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

async function rebuild() {
  try {
    await alone(async () => {
      if (!distIsStale()) return;
      await buildDist();
      console.log("src changed and dist is new: restart the kernel of a notebook to use it.");
    });
  } catch (error) {
    console.error(`✗ ${/** @type {Error} */ (error).message}`);
  }
}
