import type { Given } from '../../syntax/compose/given.ts';
import type { Lookup } from '../../syntax/compose/interpolate.ts';
import { type ComposeMap, type ComposeNode, entryOf } from '../../syntax/compose/node.ts';
import type { Span } from '../../syntax/source.ts';
import { joinPath } from '../path-resolver.ts';
import type { Root } from '../root.ts';
import { withBases } from './extends.ts';
import type { ComposeFiles } from './file-reader.ts';
import { environmentOf } from './project-environment.ts';
import { absolutePath } from './reading.ts';
import { addIncluded, layOver, noResources, type Resources, resourcesOf } from './resources.ts';

/** Files that are laid over each other, and how they are read. */
export interface ComposeUnit {
  readonly paths: readonly string[];
  /** To which relative paths in them belong. */
  readonly directory: string;
  readonly lookup: Lookup;
  /** Where the unit is asked for; absent for the project's own files. */
  readonly askedAt?: Span;
  /** Main files of the units that include this one. */
  readonly trail: readonly string[];
}

/** What files name, with all that they include and extend. */
export async function loadResources(root: Root, files: ComposeFiles, unit: ComposeUnit): Promise<Resources> {
  const merged = noResources();
  for (const path of unit.paths) {
    const map = await files.read(path, unit.lookup, unit.askedAt);
    if (!map) continue;
    const own = resourcesOf(map, unit.directory);
    const { directory, lookup } = unit;
    const place = { path, root: map, directory, lookup, before: merged.services };
    for (const [name, [layer]] of own.services) {
      if (layer) own.services.set(name, await withBases(files, place, name, layer));
    }
    await include(root, files, { ...unit, trail: [...unit.trail, path] }, map, own);
    layOver(merged, own);
  }
  return merged;
}

/** https://github.com/compose-spec/compose-spec/blob/main/14-include.md */
async function include(
  root: Root,
  files: ComposeFiles,
  unit: ComposeUnit,
  map: ComposeMap,
  own: Resources,
): Promise<void> {
  const list = entryOf(map, 'include')?.value;
  if (!list || (list.kind === 'scalar' && list.isNull)) return;
  if (list.kind !== 'list') {
    files.problems.push({ message: 'include must be a list', span: list.span });
    return;
  }
  for (const item of list.items) {
    const included = includedUnit(root, files, unit, item);
    if (!included) continue;
    const resources = await loadResources(root, files, included);
    const conflict = addIncluded(own, resources);
    if (conflict) {
      files.problems.push({
        message: `${conflict} is declared here and in what is included`,
        span: item.span,
      });
    }
  }
}

function includedUnit(
  root: Root,
  files: ComposeFiles,
  unit: ComposeUnit,
  item: ComposeNode,
): ComposeUnit | undefined {
  const { span } = item;
  const paths = pathsOf(item.kind === 'map' ? entryOf(item, 'path')?.value : item, unit.directory);
  const unknown = paths.find((path) => path.kind === 'unknown');
  if (unknown?.kind === 'unknown') {
    files.unread.push({ message: `what it includes is not known: ${unknown.why}`, span });
    return undefined;
  }
  const known = paths.flatMap((path) => (path.kind === 'known' ? [path.value] : []));
  const [main] = known;
  if (main === undefined) {
    files.problems.push({ message: 'include must name a file', span });
    return undefined;
  }
  if (unit.trail.includes(main)) {
    files.problems.push({ message: 'a file includes itself', span });
    return undefined;
  }
  const [own] = pathsOf(entryOf(item, 'project_directory')?.value, unit.directory);
  const directory = own?.kind === 'known' ? own.value : main.slice(0, main.lastIndexOf('/')) || '/';
  const envFiles = pathsOf(entryOf(item, 'env_file')?.value, unit.directory);
  const envPaths = envFiles.flatMap((path) => (path.kind === 'known' ? [path.value] : []));
  const { lookup, sources, problems } = environmentOf(
    root,
    envFiles.length > 0 ? envPaths : [joinPath(directory, '.env')],
    unit.lookup,
  );
  files.environmentFiles.push(...sources);
  for (const problem of problems) files.problems.push(problem);
  return { paths: known, directory, lookup, askedAt: span, trail: unit.trail };
}

/** One path or a list of them, absolute. What would be fetched from elsewhere is no file and is not found. */
function pathsOf(node: ComposeNode | undefined, directory: string): readonly Given<string>[] {
  if (!node || (node.kind === 'scalar' && node.isNull)) return [];
  if (node.kind === 'scalar') return [absolutePath(node.text, directory)];
  return node.kind === 'list' ? node.items.flatMap((item) => pathsOf(item, directory)) : [];
}
