// One job at a time, done by the calling thread and by those that wait for work in the same memory.
// A job is cut into pieces; whoever is free claims the next one, so a thread that comes late or is
// taken off its processor delays nobody but by the piece it holds.

// Each on a cache line of its own: the next piece; the turn and how many sleep until it comes; the
// door, 1 when open and 2 more for each thread inside.
const NEXT: usize = 64;
const TURN: usize = 128;
const SLEEPERS: usize = 132;
const DOOR: usize = 192;

// Rounds of waiting before a thread sleeps: most of a millisecond, more than lies between two products
// of a training step. Waking one that sleeps takes as long as half a product.
const PATIENCE: i32 = 30_000;

/** The number of the next piece nobody has begun. */
// @ts-ignore: decorator
@inline
export function claim(): usize {
  return atomic.add<usize>(NEXT, 1);
}

/** A round of waiting: steps that each need the one before, so that the core's other thread can run. */
// @ts-ignore: decorator
@inline
function pause(x: f64): f64 {
  return Math.sqrt(Math.sqrt(Math.sqrt(Math.sqrt(x)))) + 1;
}

/** Begin a job; with `shared` the waiting threads may join. */
// @ts-ignore: decorator
@inline
export function begin(shared: bool): void {
  atomic.store<u32>(NEXT, 0);
  if (!shared) return;
  atomic.store<u32>(DOOR, 1);
  atomic.add<u32>(TURN, 1);
  if (atomic.load<u32>(SLEEPERS) != 0) atomic.notify(TURN, -1);
}

/**
 * Nobody else may join; returns when all that did have left. Also called before a job is written: a
 * call that was broken off may have left the door open.
 */
// @ts-ignore: decorator
@inline
export function end(): void {
  if (atomic.load<u32>(DOOR) == 0) return;
  atomic.and<u32>(DOOR, ~1);
  let x: f64 = 2;
  let round = 0;
  let inside = atomic.load<i32>(DOOR);
  while (inside != 0) {
    // x is never 0; asking keeps the steps of waiting from being dropped.
    if (round++ < PATIENCE || x == 0) x = pause(x);
    else atomic.wait<i32>(DOOR, inside, 1_000_000);
    inside = atomic.load<i32>(DOOR);
  }
}

/** Wait until a job has begun after turn `seen`; returns its turn. */
// @ts-ignore: decorator
@inline
export function nextTurn(seen: i32): i32 {
  let x: f64 = 2;
  let round = 0;
  let turn = atomic.load<i32>(TURN);
  while (turn == seen) {
    if (round++ < PATIENCE || x == 0) {
      x = pause(x);
    } else {
      atomic.add<u32>(SLEEPERS, 1);
      atomic.wait<i32>(TURN, seen, -1);
      atomic.sub<u32>(SLEEPERS, 1);
      round = 0;
    }
    turn = atomic.load<i32>(TURN);
  }
  return turn;
}

/** Whether the calling thread may take part in the job. */
// @ts-ignore: decorator
@inline
export function enter(): bool {
  let door = atomic.load<u32>(DOOR);
  while ((door & 1) != 0) {
    const found = atomic.cmpxchg<u32>(DOOR, door, door + 2);
    if (found == door) return true;
    door = found;
  }
  return false;
}

/** The calling thread has done its part. */
// @ts-ignore: decorator
@inline
export function leave(): void {
  if (atomic.sub<u32>(DOOR, 2) == 2) atomic.notify(DOOR, 1);
}
