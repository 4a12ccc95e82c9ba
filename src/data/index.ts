// The namespace `data`, PyTorch's `torch.utils.data`.

export { default_collate } from "./collate";
export { type Collated, Dataset, type DatasetLike, type MapDataset } from "./dataset";
export { DataLoader, type DataLoaderOptions } from "./loader";
export { TensorDataset } from "./tensordataset";
