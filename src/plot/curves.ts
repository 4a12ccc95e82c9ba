// Curves with what surrounds them: a histogram with its density, lines with bands.

import { Axes } from "./axes";
import { histogram } from "./bars";
import type { Chart } from "./chart";
import { cycle } from "./colors";
import type { Series } from "./series";
import { composeSheet, newSheet } from "./sheet";

/** Titles of a chart and its axes. */
export interface Captions {
  readonly title?: string;
  readonly xlabel?: string;
  readonly ylabel?: string;
  readonly alt?: string;
}

function finish(axes: Axes, captions: Captions): Chart {
  axes.set_title(captions.title ?? "");
  axes.set_xlabel(captions.xlabel ?? "");
  axes.set_ylabel(captions.ylabel ?? "");
  axes.legend();
  return composeSheet({ ...newSheet(), axes: [axes] }, captions.alt);
}

const densityPoints = 201;

/**
 * A histogram whose bars have area 1, with a density curve over it.
 * @example
 * const bell = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
 * plt.histogramWithDensity(torch.randn(1000), bell);
 */
export function histogramWithDensity(
  samples: Series,
  density: (x: number) => number,
  options: Captions & { readonly bins?: number; readonly labels?: readonly [string, string] } = {},
): Chart {
  const { edges } = histogram(samples, { bins: options.bins ?? 40 });
  const [low, high] = [edges[0], edges[edges.length - 1]];
  const x = Array.from(
    { length: densityPoints },
    (_, i) => low + ((high - low) * i) / (densityPoints - 1),
  );
  const [bars, curve] = options.labels ?? ["samples", "density"];
  const axes = new Axes();
  axes.hist(samples, { bins: edges, density: true, label: bars, color: cycle[5] });
  axes.plot(x, x.map(density), { label: curve, color: cycle[1], lw: 2 });
  return finish(axes, { ylabel: "density", ...options });
}

/** A line with the band around it. */
export interface BandedLine {
  readonly name: string;
  readonly y: Series;
  readonly low: Series;
  readonly high: Series;
}

/**
 * Lines with a band around each, for instance the median and quartiles over many seeds.
 * @example
 * const runs = { name: "lr 0.1", y: [0.9, 0.5, 0.3], low: [0.8, 0.4, 0.2], high: [1, 0.7, 0.5] };
 * plt.bandedLines([1, 2, 3], [runs], { xlabel: "epoch", ylabel: "loss" });
 */
export function bandedLines(
  x: Series,
  lines: readonly BandedLine[],
  captions: Captions = {},
): Chart {
  const axes = new Axes();
  lines.forEach(({ name, y, low, high }, i) => {
    const color = cycle[i % cycle.length];
    axes.fill_between(x, low, high, { color, alpha: 0.2 });
    axes.plot(x, y, { label: name, color, ls: ["-", "--", "-.", ":"][i % 4] });
  });
  return finish(axes, captions);
}
