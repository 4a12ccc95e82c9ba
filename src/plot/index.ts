// The namespace `plt`: pyplot under pyplot's names, and charts of our own in camelCase.

export type { Axes } from "./axes";
export type { Chart, Figure } from "./chart";
export { bandedLines, histogramWithDensity } from "./curves";
export { type GraphOptions, GraphPicture, graph } from "./graph";
export { confusionMatrix, heatMap } from "./heatmap";
export { showImages, weightPictures } from "./pictures";
export * from "./pyplot";
export { decisionRegions, lossSurface } from "./surface";
