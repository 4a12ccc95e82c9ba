// @ts-check
// Every command enters here: it checks Node first and turns what goes wrong into a readable message.
import "./require-node.cjs";

/**
 * Runs a command's `main` and sets the exit code.
 *
 * The command comes as a function that imports it: its file, and all that uses newer syntax, is
 * read only after Node was checked.
 * @param {() => Promise<{ main: (args: string[]) => Promise<number | void> }>} load
 */
export function run(load) {
  return load()
    .then((command) => command.main(process.argv.slice(2)))
    .then((code) => {
      process.exitCode = code || 0;
    })
    .catch((error) =>
      import("./setup/error.mjs").then(({ explain }) => {
        console.error(explain(error));
        process.exitCode = 1;
      }),
    );
}
