// Stands in for a running kernel: collects what cells publish, and ends a cell.

const displaySymbol = Symbol.for("deep-learning-lab.display");
const cellEndSymbol = Symbol.for("deep-learning-lab.cell-end");
const registry = globalThis as { [key: symbol]: unknown };

/** One published message. */
export interface Sent {
  readonly data: { readonly [mime: string]: unknown };
  readonly id: string | undefined;
  readonly isUpdate: boolean;
}

/** Run as a cell of a kernel; gives what was published. */
export function inCell(body: () => void): Sent[] {
  const sent: Sent[] = [];
  const ends: (() => void)[] = [];
  registry[displaySymbol] = (
    content: { data: Sent["data"]; transient: { display_id?: string } },
    isUpdate: boolean,
  ) => sent.push({ data: content.data, id: content.transient.display_id, isUpdate });
  registry[cellEndSymbol] = (callback: () => void) => ends.push(callback);
  try {
    body();
    for (const end of ends) end();
  } finally {
    delete registry[displaySymbol];
    delete registry[cellEndSymbol];
  }
  return sent;
}

/** What the notebook file keeps: updates replace what they name. */
export function saved(sent: readonly Sent[]): Sent["data"][] {
  const outputs: { id: string | undefined; data: Sent["data"] }[] = [];
  for (const { data, id, isUpdate } of sent) {
    if (!isUpdate) outputs.push({ id, data });
    else for (const output of outputs) if (output.id === id) output.data = data;
  }
  return outputs.map(({ data }) => data);
}

/** Wait without yielding, as a training step does. */
export function busy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
