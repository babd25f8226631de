/**
 * The same function, which works its answer out once for each object it is asked about and then remembers it: what
 * several rules ask of a host or a block of ten thousand sites is walked once. Only for objects that never change.
 */
export function oncePer<Model extends object, Answer extends object>(
  answer: (model: Model) => Answer,
): (model: Model) => Answer {
  const known = new WeakMap<Model, Answer>();
  return (model) => {
    const before = known.get(model);
    if (before) return before;
    const found = answer(model);
    known.set(model, found);
    return found;
  };
}
