import type { Lookup } from '../../syntax/compose/interpolate.ts';
import { type ComposeMap, type ComposeNode, entryOf } from '../../syntax/compose/node.ts';
import type { ComposeFiles } from './file-reader.ts';
import { type Layer, layerOf, pile } from './layers.ts';
import { absolutePath } from './reading.ts';

/** Where a service stands: in which file, and to which directory relative paths there belong. */
interface Place {
  readonly path: string;
  readonly root: ComposeMap;
  readonly directory: string;
  readonly lookup: Lookup;
  /** Services of the files before, which an override may extend. */
  readonly before: ReadonlyMap<string, readonly Layer[]>;
}

/** Chains of `extends` are two or three long; compose follows any. What stands behind these is not known. */
const MAX_CHAIN = 50;

/**
 * What a service of a file extends, from the weakest on, and at last what the file itself says. Chains that lead back end with a problem,
 * as in compose.
 *
 * https://github.com/compose-spec/compose-spec/blob/main/05-services.md#extends
 */
export async function withBases(
  files: ComposeFiles,
  place: Place,
  name: string,
  own: Layer,
): Promise<Layer[]> {
  return layersOf(files, place, name, own, new Set());
}

async function layersOf(
  files: ComposeFiles,
  place: Place,
  name: string,
  own: Layer,
  trail: Set<string>,
): Promise<Layer[]> {
  const extended = entryOf(own.node, 'extends')?.value;
  if (!extended || (extended.kind === 'scalar' && extended.isNull)) return [own];
  const key = `${place.path}\n${name}`;
  if (trail.has(key)) {
    files.problems.push({ message: `${name} extends itself`, span: extended.span });
    return [own];
  }
  if (trail.size >= MAX_CHAIN) {
    const message = `more than ${MAX_CHAIN} services extend each other, and not all is read`;
    files.unread.push({ message, span: extended.span });
    return [own];
  }
  const base = await baseOf(files, place, extended, new Set([...trail, key]));
  // The service is the one that is declared here, whatever it takes from others.
  return pile(
    base.map((layer) => ({ ...layer, at: own.at })),
    own,
  );
}

async function baseOf(
  files: ComposeFiles,
  place: Place,
  extended: ComposeNode,
  trail: Set<string>,
): Promise<Layer[]> {
  const { span } = extended;
  const service = extended.kind === 'map' ? entryOf(extended, 'service')?.value : extended;
  if (service?.kind !== 'scalar') {
    files.problems.push({ message: 'extends must name a service', span });
    return [];
  }
  if (service.text.kind === 'unknown') {
    files.unread.push({ message: `what it extends is not known: ${service.text.why}`, span: service.span });
    return [];
  }
  const name = service.text.value;
  const base = await basePlace(files, place, extended);
  if (!base) return [];
  const entry = entryOf(entryOf(base.root, 'services')?.value, name);
  if (entry) return layersOf(files, base, name, layerOf(entry, base.directory), trail);
  const before = base === place ? place.before.get(name) : undefined;
  if (!before)
    files.problems.push({ message: `there is no service "${name}" to extend`, span: service.span });
  return [...(before ?? [])];
}

async function basePlace(
  files: ComposeFiles,
  place: Place,
  extended: ComposeNode,
): Promise<Place | undefined> {
  const file = entryOf(extended, 'file')?.value;
  if (!file || (file.kind === 'scalar' && file.isNull)) return place;
  if (file.kind !== 'scalar') {
    files.problems.push({ message: 'extends.file must be a path', span: file.span });
    return undefined;
  }
  const path = absolutePath(file.text, place.directory);
  if (path.kind === 'unknown') {
    files.unread.push({ message: `the file it extends is not known: ${path.why}`, span: file.span });
    return undefined;
  }
  const root = await files.read(path.value, place.lookup, file.span);
  if (!root) return undefined;
  const directory = path.value.slice(0, path.value.lastIndexOf('/')) || '/';
  return { ...place, path: path.value, root, directory, before: new Map() };
}
