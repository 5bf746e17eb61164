/** A function of a row, worked out once per row: rows are never changed, only replaced. */
export function remembered<T extends object, R>(make: (item: T) => R): (item: T) => R {
  const known = new WeakMap<T, { result: R }>();
  return (item) => {
    const found = known.get(item);
    if (found) return found.result;
    const result = make(item);
    known.set(item, { result });
    return result;
  };
}
