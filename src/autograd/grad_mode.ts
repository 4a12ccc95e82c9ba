// The switch that says whether ops record how they computed: no_grad, enable_grad.

import { TypeError } from "../errors";

let enabled = true;

/**
 * Whether ops record gradients now.
 * @example torch.no_grad(() => torch.is_grad_enabled())   // false
 */
export function is_grad_enabled(): boolean {
  return enabled;
}

function isThenable(x: unknown): boolean {
  return (
    typeof x === "object" && x !== null && typeof (x as { then?: unknown }).then === "function"
  );
}

/** Run `body` with the switch set; it goes back afterwards, also when body throws. */
export function withGradMode<T>(mode: boolean, name: string, body: () => T): T {
  const before = enabled;
  enabled = mode;
  try {
    const result = body();
    if (isThenable(result)) {
      // The rest of an async function would run after the switch went back.
      (result as unknown as Promise<unknown>).then(undefined, () => undefined);
      throw new TypeError(
        `${name}() takes a function that is not async`,
        `await outside of ${name}, or call ${name} inside the async function around each step`,
      );
    }
    return result;
  } finally {
    enabled = before;
  }
}

/**
 * Run a function without recording gradients and return what it returns; Python's
 * `with torch.no_grad():`. Restores the mode when the function throws. Raises TypeError for an
 * async function.
 * @example
 * const x = torch.tensor([2.5], { requires_grad: true });
 * torch.no_grad(() => x.pow(2))   // tensor([6.2500])
 * x.pow(2)   // tensor([6.2500], grad_fn=<PowBackward0>)
 */
export function no_grad<T>(body: () => T): T {
  return withGradMode(false, "no_grad", body);
}

/**
 * Run a function with recording on, inside a no_grad for instance; returns what it returns.
 * Raises TypeError for an async function.
 * @example
 * const x = torch.ones(1, { requires_grad: true });
 * torch.no_grad(() => torch.enable_grad(() => x.mul(2)))   // tensor([2.], grad_fn=<MulBackward0>)
 */
export function enable_grad<T>(body: () => T): T {
  return withGradMode(true, "enable_grad", body);
}

/**
 * Switch recording on or off from here on, or only while `body` runs.
 * @example
 * const w = torch.ones(2, { requires_grad: true });
 * torch.set_grad_enabled(false, () => w.mul(2)).requires_grad   // false
 */
export function set_grad_enabled(mode: boolean): void;
export function set_grad_enabled<T>(mode: boolean, body: () => T): T;
export function set_grad_enabled<T>(mode: boolean, body?: () => T): T | undefined {
  if (body !== undefined) return withGradMode(mode, "set_grad_enabled", body);
  enabled = mode;
  return undefined;
}
