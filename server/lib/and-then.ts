/** Goes on with a value: at once where it is there, because a promise costs as much as what it is waited for here. */
export function andThen<T, R>(value: T | Promise<T>, next: (value: T) => R | Promise<R>): R | Promise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}
