/**
 * The one store of a screen over what works its runs out: they are worked out once, however often the screen opens.
 *
 * @param create Makes the store when it is first asked for.
 */
export function storeOf<K extends object, S>(create: (over: K) => S): (over: K) => S {
  const stores = new WeakMap<K, S>();
  return (over) => {
    const known = stores.get(over);
    if (known !== undefined) return known;
    const store = create(over);
    stores.set(over, store);
    return store;
  };
}
