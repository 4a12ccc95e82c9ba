// The namespace `random`: Python's module of that name, and what PyTorch keeps in torch.random.

export { choice, gauss, randint, random, sample, seed, shuffle, uniform } from "./python";
export { default_generator, fork_rng, initial_seed, manual_seed } from "./torch";
