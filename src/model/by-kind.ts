/** Things of a host with the kind that each is of. The ten thousand of a panel are of one or two kinds. */
export interface ByKind<Thing, Kind> {
  readonly things: readonly Thing[];
  /** The kinds there are, each once. */
  readonly kinds: ReadonlySet<Kind>;
  /** The kind of each thing, in the order of the things. */
  readonly kindAt: readonly Kind[];
}

/** Finds the kind of each thing. */
export function sortByKind<Thing, Kind>(
  things: readonly Thing[],
  kindOf: (thing: Thing, at: number) => Kind,
): ByKind<Thing, Kind> {
  const kinds = new Set<Kind>();
  let before: Kind | undefined;
  const kindAt = things.map((thing, at) => {
    const kind = kindOf(thing, at);
    if (kind !== before) kinds.add(kind);
    before = kind;
    return kind;
  });
  return { things, kinds, kindAt };
}

/** The kind that is meant among those of a key, made where there is none. So many are kept of a key; any further one stands alone. */
export function kindAmong<Key, Kind>(
  byKey: Map<Key, Kind[]>,
  key: Key,
  { isMeant, make, most }: { isMeant(kind: Kind): boolean; make(): Kind; readonly most?: number },
): Kind {
  const alike = byKey.get(key) ?? [];
  const known = alike.find(isMeant);
  if (known) return known;
  const kind = make();
  if (most !== undefined && alike.length >= most) return kind;
  alike.push(kind);
  byKey.set(key, alike);
  return kind;
}

const nothing: readonly never[] = [];

/** The things of the kinds that may matter, in their order. Where no kind does, or every one, no thing is looked at. */
export function ofKinds<Thing, Kind>(
  { things, kinds, kindAt }: ByKind<Thing, Kind>,
  mayMatter: (kind: Kind) => boolean,
): readonly Thing[] {
  const wanted = new Set<Kind | undefined>();
  for (const kind of kinds) if (mayMatter(kind)) wanted.add(kind);
  if (wanted.size === 0) return nothing;
  return wanted.size === kinds.size ? things : things.filter((_, at) => wanted.has(kindAt[at]));
}
