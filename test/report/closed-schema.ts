/** A JSON Schema that takes no key which it does not name: what is printed must be written down. */
export function closedSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closedSchema);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([key, value]): [string, unknown] => [key, closedSchema(value)]);
  return Object.fromEntries('properties' in node ? [...entries, ['additionalProperties', false]] : entries);
}
