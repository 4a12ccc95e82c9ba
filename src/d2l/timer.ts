// d2l's Timer: how long several runs take.

import { performance } from "node:perf_hooks";
import { type Callable, callable } from "../callable";
import { ZeroDivisionError } from "../errors";

/** What `Timer` makes; see there. */
export class TimerClass {
  /** The runs that were stopped, in seconds. */
  readonly times: number[] = [];
  private began = 0;

  constructor() {
    this.start();
  }

  /**
   * Begin a run.
   * @example
   * const timer = d2l.Timer();
   * timer.start();
   */
  start(): void {
    this.began = performance.now();
  }

  /**
   * End the run and remember it; returns its seconds.
   * @example
   * const timer = d2l.Timer();
   * timer.stop() < 60   // true
   */
  stop(): number {
    const seconds = (performance.now() - this.began) / 1000;
    this.times.push(seconds);
    return seconds;
  }

  /**
   * The mean of the runs, in seconds. Raises ZeroDivisionError before the first has ended.
   * @example
   * const timer = d2l.Timer();
   * timer.stop();
   * timer.start();
   * timer.stop();
   * timer.avg() === timer.sum() / 2   // true
   */
  avg(): number {
    if (this.times.length === 0) throw new ZeroDivisionError("division by zero", "stop() it first");
    return this.sum() / this.times.length;
  }

  /**
   * All runs together, in seconds.
   * @example
   * const timer = d2l.Timer();
   * timer.stop() === timer.sum()   // true
   */
  sum(): number {
    return this.times.reduce((sum, seconds) => sum + seconds, 0);
  }

  /**
   * The seconds up to the end of each run.
   * @example
   * const timer = d2l.Timer();
   * timer.stop();
   * timer.cumsum().length   // 1
   */
  cumsum(): number[] {
    let sum = 0;
    return this.times.map((seconds) => {
      sum += seconds;
      return sum;
    });
  }
}
Object.defineProperty(TimerClass, "name", { value: "Timer" });

/**
 * A stopwatch for several runs, in seconds; it starts when it is made.
 * @example
 * const timer = d2l.Timer();
 * torch.ones(100, 100).matmul(torch.ones(100, 100));
 * timer.stop() > 0   // true
 */
export const Timer: Callable<typeof TimerClass> = callable(TimerClass);
/** Any timer. */
export type Timer = TimerClass;
