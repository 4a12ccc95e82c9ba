// Types that the kernel's own check needs: what tslab and this kernel put on the global object.

import type { Guard } from "./engine/guard.cjs";

declare global {
  var __tslab__: { exports: object; require: NodeJS.Require; guard: Guard };
  interface ErrorConstructor {
    prepareStackTrace?: (error: Error, sites: NodeJS.CallSite[]) => string;
  }
}
