// The namespace `data`, PyTorch's `torch.utils.data`.

export { default_collate } from "./collate";
export { type Collated, Dataset, type DatasetLike, type MapDataset } from "./dataset";
export { DataLoader, type DataLoaderOptions } from "./loader";
export {
  RandomSampler,
  RandomSamplerClass,
  type RandomSamplerOptions,
  type SamplerLike,
  SequentialSampler,
  SequentialSamplerClass,
  SubsetRandomSampler,
  SubsetRandomSamplerClass,
} from "./sampler";
export { random_split, type SplitOptions, Subset } from "./subset";
export { TensorDataset } from "./tensordataset";
