// Lets a class be called without `new`, as every class is in Python.

// biome-ignore lint/suspicious/noExplicitAny: constructor parameters vary freely over all classes.
type AnyClass = abstract new (...args: any[]) => unknown;

/** A class that makes an instance both with and without `new`. */
export type Callable<C extends AnyClass> = C &
  ((...args: ConstructorParameters<C>) => InstanceType<C>);

/** The class itself, where a plain call constructs. `instanceof` and subclassing stay as they are. */
export function callable<C extends AnyClass>(type: C): Callable<C> {
  return new Proxy(type, {
    apply: (target, _self, args) => Reflect.construct(target as never, args),
  }) as Callable<C>;
}
