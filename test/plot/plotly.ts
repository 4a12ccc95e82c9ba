// plotly.js itself, without a browser, as a judge of figures.

import type { Figure } from "../../src/plot/chart";

interface Judge {
  readonly version: string;
  validate(data: object[], layout: object): { msg: string }[] | undefined;
}

/** The part of jupyter/static that tests use. */
interface StaticPlotly {
  loadPlotly(): Judge;
  figureSvg(figure: Figure): Promise<string>;
}

const load = () => import("../../jupyter/static/plotly.mjs" as string) as Promise<StaticPlotly>;

/** A copy as it arrives in a browser: through JSON. */
export function asJson(figure: Figure): Figure {
  return JSON.parse(JSON.stringify(figure));
}

/** What Plotly finds wrong with a figure: keys it does not know or use, values it does not take. */
export async function faults(figure: Figure): Promise<string[]> {
  const { data, layout } = asJson(figure);
  return ((await load()).loadPlotly().validate(data, layout) ?? []).map(({ msg }) => msg);
}

/** The figure as Plotly draws it. */
export async function drawn(figure: Figure): Promise<string> {
  return (await load()).figureSvg(figure);
}

/** How often a pattern occurs. */
export function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
