import type { FileSystem } from '../file-system.ts';
import { isInside, joinPath } from '../path-resolver.ts';
import { type Layer, mountFinder } from './layer.ts';
import { type ContainerParts, type Place, targetsOf } from './places.ts';

/** The names in the directories of a container. */
export interface ContainerNames {
  /** Those that are known to be there or that may be. */
  namesIn(directory: string): readonly string[];
  /** True where these are all. */
  isListed(directory: string): boolean;
}

/** Lists directories: what is mounted hides what is below, everything else is joined. */
export function containerNames(parts: ContainerParts, find: (path: string) => Place): ContainerNames {
  const { host, image, layers, mounts, top } = parts;
  const targets = targetsOf(parts);
  const mountAt = mountFinder(mounts);

  function namesIn(path: string): readonly string[] {
    const names = new Set<string>();
    const mount = mountAt(path);
    if (mount?.kind === 'bind') addNames(names, host, mount.host + path.slice(mount.target.length));
    if (!mount || mount.kind === 'volume') {
      if (image) addNames(names, image.fileSystem, path);
      for (const layer of layers) addCopied(names, layer, path);
    }
    const prefix = path === '/' ? '/' : `${path}/`;
    for (const target of targets) {
      if (target.startsWith(prefix)) names.add(target.slice(prefix.length).split('/')[0] ?? '');
    }
    names.delete('');
    return [...names].filter((name) => find(joinPath(path, name)).kind !== 'missing');
  }

  function addCopied(names: Set<string>, layer: Layer, path: string): void {
    if (layer.kind !== 'tree' || !isInside(path, layer.target)) return;
    const at = layer.host + path.slice(layer.target === '/' ? 0 : layer.target.length);
    const found = new Set<string>();
    addNames(found, host, at);
    for (const name of found) if (!layer.isIgnored(joinPath(at, name))) names.add(name);
  }

  function isListed(directory: string): boolean {
    const mount = mountAt(directory);
    // A start that is not understood is not thought to write into what is mounted.
    if (top.some((layer) => mayAdd(layer, directory, !mount))) return false;
    if (mount) return mount.kind === 'bind' || mount.kind === 'empty';
    if (layers.some((layer) => mayAdd(layer, directory, true)) || !image) return false;
    const isUncertain = image.uncertain.some((path) => path.endsWith('.conf') && touches(path, directory));
    return !isUncertain && image.complete.some((complete) => isInside(directory, complete));
  }

  return { namesIn, isListed };
}

/** True where something may be in a directory, at or below it, because of a layer. */
function mayAdd(layer: Layer, directory: string, takesAnything: boolean): boolean {
  if (layer.kind === 'unknown') return touches(layer.target, directory);
  if (layer.kind !== 'script') return false;
  if (takesAnything && layer.effects.anything !== undefined) return true;
  return layer.effects.paths.some((path) => touches(path, directory));
}

function touches(path: string, directory: string): boolean {
  return isInside(directory, path) || isInside(path, directory);
}

function addNames(names: Set<string>, fileSystem: FileSystem, path: string): void {
  try {
    for (const name of fileSystem.readDirectory(path)) names.add(name);
  } catch {
    // It is no directory there, or none that may be read.
  }
}
