/** Order: keeps rows where they are while somebody points at them, whatever the figures they are sorted by do. */

/**
 * The rows of `fresh` in the order of `held`, as far as they were there; a new one stands after the one it
 * follows in `fresh`.
 */
export function keptOrder(held: readonly string[], fresh: readonly string[]): string[] {
  const here = new Set(fresh);
  const order = held.filter((id) => here.has(id));
  if (order.length === fresh.length) return order;
  const known = new Set(order);
  const after = new Map<string, string[]>();
  let last = "";
  for (const id of fresh) {
    if (known.has(id)) last = id;
    else {
      const followers = after.get(last);
      if (followers) followers.push(id);
      else after.set(last, [id]);
    }
  }
  return [...(after.get("") ?? []), ...order.flatMap((id) => [id, ...(after.get(id) ?? [])])];
}
