/** Things of a row that are made one by one, as somebody asks for them. Most rows are asked for one: it stands alone, without a list. */
export type AskedFor<Thing extends object> = Thing | (Thing | undefined)[];

/** What was made for a place. A lone thing may be that of another place: the caller tells. */
export function madeFor<Thing extends object>(
  made: AskedFor<Thing> | undefined,
  at: number,
): Thing | undefined {
  return Array.isArray(made) ? made[at] : made;
}

/** The same with one more. `placeOf` tells where a lone thing stands. */
export function withAnother<Thing extends object>(
  made: AskedFor<Thing>,
  at: number,
  thing: Thing,
  length: number,
  placeOf: (lone: Thing) => number,
): AskedFor<Thing> {
  // Filled from wherever somebody asks first: an array that grows by such steps has room for many more.
  const things = Array.isArray(made) ? made : new Array<Thing | undefined>(length);
  if (!Array.isArray(made)) things[placeOf(made)] = made;
  things[at] = thing;
  return things;
}
