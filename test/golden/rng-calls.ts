// What each key of rng.json means here: the calls it names, made on this library.

import { bits32, bits64 } from "./bits";
import { torch } from "./python/modules";
import { preamble, Session } from "./python/run";

const { data, np, random } = torch;

/** What a call gives: patterns, decimal strings, integers, a digest, or the loader's record. */
export type Draw = () => unknown;

type Encoding = (drawn: readonly torch.Tensor[]) => (number | string)[];

const numbers = (drawn: readonly torch.Tensor[]): number[] =>
  drawn.flatMap((t) => t.detach().reshape(-1).tolist() as number[]);
const words32: Encoding = (drawn) => numbers(drawn).map(bits32);
const words64: Encoding = (drawn) => numbers(drawn).map(bits64);
const decimals: Encoding = (drawn) => numbers(drawn).map(String);

/** A long list in short; see README, "Encodings". */
const digest = (encode: Encoding) => (drawn: readonly torch.Tensor[]) => {
  const words = encode(drawn).map(Number);
  let [sum, xor] = [0, 0];
  for (const word of words) {
    sum = (sum + word) % 2 ** 32;
    xor = (xor ^ word) >>> 0;
  }
  return { n: words.length, sum, xor, first: words.slice(0, 24) };
};

/** Run Python code that ends in a tensor or a tuple of tensors, and encode their elements. */
const run =
  (code: string, encode: (drawn: readonly torch.Tensor[]) => unknown): Draw =>
  () => {
    const result = new Session(preamble).run(code) as torch.Tensor | torch.Tensor[];
    return encode(Array.isArray(result) ? result : [result]);
  };

const patterns64 = (values: Iterable<number>): string[] => Array.from(values, bits64);
const times = <T>(n: number, draw: () => T): T[] => Array.from({ length: n }, draw);
const listed = (drawn: readonly number[] | { data: ArrayLike<number> }): number[] =>
  Array.from("data" in drawn ? drawn.data : drawn);
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

function loaders(): unknown {
  const shuffled = data.DataLoader(upTo(20), 6, { shuffle: true });
  const ordered = data.DataLoader(upTo(4), 3);
  const epochs = times(3, () => {
    const batches = Array.from(shuffled, (batch) => (batch as torch.Tensor).tolist());
    Array.from(ordered);
    return batches;
  });
  return { epochs, "then_randint(0,1000,(3,))": torch.randint(0, 1000, [3]).tolist() };
}

function shuffledTwice(n: number): number[] {
  const list = upTo(n);
  random.shuffle(list);
  random.shuffle(list);
  return list;
}

function numpyShuffledTwice(): number[] {
  const list = upTo(10);
  np.random.shuffle(list);
  np.random.shuffle(list);
  return list;
}

/** key → calls, for the three generators. */
export const CALLS: Readonly<Record<"torch" | "python" | "numpy", Readonly<Record<string, Draw>>>> =
  {
    torch: {
      "rand(8)": run("torch.rand(8)", words32),
      "rand(4,float64)": run("torch.rand(4, dtype=torch.float64)", words64),
      "randn(1,3);randn(2,1)": run("(torch.randn(1, 3), torch.randn(2, 1))", words32),
      "randn(5);rand(2);randn(4)": run("(torch.randn(5), torch.rand(2), torch.randn(4))", words32),
      "randn(15)": run("torch.randn(15)", words32),
      "randn(16)": run("torch.randn(16)", words32),
      "randn(17)": run("torch.randn(17)", words32),
      "randn(1);randn(20);randn(1)": run(
        "(torch.randn(1), torch.randn(20), torch.randn(1))",
        words32,
      ),
      "randn(100)": run("torch.randn(100)", words32),
      "randn(4,float64)": run("torch.randn(4, dtype=torch.float64)", words64),
      "normal(0,0.01,(3,2));normal(0,0.01,(4,2))": run(
        "(torch.normal(0, 0.01, (3, 2)), torch.normal(0, 0.01, (4, 2)))",
        words32,
      ),
      "normal(0,0.01,(784,10))": run("torch.normal(0, 0.01, (784, 10))", digest(words32)),
      "normal(2*ones(50,2),1);normal(-2*ones(50,2),1)": run(
        "n = torch.ones(50, 2); (torch.normal(2 * n, 1), torch.normal(-2 * n, 1))",
        words32,
      ),
      "normal(arange(5.),0.5)": run("torch.normal(torch.arange(5.), 0.5)", words32),
      "normal(1.5,arange(5.))": run("torch.normal(1.5, torch.arange(5.))", words32),
      "normal(arange(20.),arange(20.))": run(
        "torch.normal(torch.arange(20.), torch.arange(20.))",
        words32,
      ),
      "empty(5).uniform_(-2,3)": run("torch.empty(5).uniform_(-2, 3)", words32),
      "empty(20).normal_(1,2)": run("torch.empty(20).normal_(1, 2)", words32),
      "empty(10,4).t().normal_()": run("torch.empty(10, 4).t().normal_()", words32),
      "randint(0,10,(8,))": run("torch.randint(0, 10, (8,))", decimals),
      "randint(-5,2**28-5,(4,))": run("torch.randint(-5, 2**28 - 5, (4,))", decimals),
      "randint(0,2**28-1,(4,))": run("torch.randint(0, 2**28 - 1, (4,))", decimals),
      "randint(0,2**40,(4,))": run("torch.randint(0, 2**40, (4,))", decimals),
      "empty(3).random_()": run("torch.empty(3).random_()", words32),
      "randperm(10)": run("torch.randperm(10)", numbers),
      "randperm(100)": run("torch.randperm(100)", numbers),
      "randperm(60000)": run("torch.randperm(60000)", digest(numbers)),
      "bernoulli(0.3*ones(20))": run("torch.bernoulli(torch.full((20,), 0.3)).int()", numbers),
      "empty(20).bernoulli_(0.3)": run("torch.empty(20).bernoulli_(0.3).int()", numbers),
      "dropout(ones(20),0.5)": run("F.dropout(torch.ones(20), 0.5)", words32),
      "Linear(3,2)": run("l = nn.Linear(3, 2); (l.weight, l.bias)", words32),
      "Linear(784,10)": run("l = nn.Linear(784, 10); (l.weight, l.bias)", digest(words32)),
      "DataLoader(range(20),6,shuffle);DataLoader(range(4),3) alternating": loaders,
    },
    python: {
      "random()x5": () => patterns64(times(5, () => random.random())),
      "shuffle twice range(10)": () => shuffledTwice(10),
      "shuffle twice range(100)": () => shuffledTwice(100),
      "randint(1,100)x10": () => times(10, () => random.randint(1, 100)),
      "choice(range(7))x10": () => times(10, () => random.choice([0, 1, 2, 3, 4, 5, 6])),
      "sample(range(100),8)": () => random.sample(upTo(100), 8),
      "uniform(-1,1)x3": () => patterns64(times(3, () => random.uniform(-1, 1))),
      "gauss(0,1)x4": () => patterns64(times(4, () => random.gauss(0, 1))),
    },
    numpy: {
      "normal(0,0.01,(2,1)) float64": () => patterns64(listed(np.random.normal(0, 0.01, [2, 1]))),
      "normal(0,0.01,(2,1)) as float32": () =>
        listed(np.random.normal(0, 0.01, [2, 1])).map(bits32),
      "normal(0,1,7) float64": () => patterns64(listed(np.random.normal(0, 1, 7))),
      "randn(2,3)": () => patterns64(listed(np.random.randn(2, 3))),
      "rand(4)": () => patterns64(listed(np.random.rand(4))),
      "uniform(-1,1,3)": () => patterns64(listed(np.random.uniform(-1, 1, 3))),
      "permutation(10)": () => listed(np.random.permutation(10)),
      "permutation(100)": () => listed(np.random.permutation(100)),
      "shuffle(arange(10)) twice": numpyShuffledTwice,
      "randint(0,10,8)": () => listed(np.random.randint(0, 10, 8)),
    },
  };

/** Keys that stand for no call here, with the reason. */
export const EXCLUDED: Readonly<Record<string, string>> = {
  "empty(3,int64).random_()": "int64 draws beyond 2^53, which int64 tensors do not hold here",
};
