// @ts-check
// Tells a Node that is too old in one sentence; written so that even very old ones can read it.
"use strict";

var wanted = [20, 19];
var found = process.versions.node.split(".");
var major = Number(found[0]);
var minor = Number(found[1]);

if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
  console.error(
    "Node " +
      process.versions.node +
      " is too old: the lab needs Node 20.19 or newer.\n" +
      "  What to do: install a current Node (https://nodejs.org, or your system's package manager),\n" +
      "  open a new terminal, check with `node --version`, and run the command again.",
  );
  process.exit(1);
}
