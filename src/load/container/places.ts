import { directoryOf } from '../../syntax/path-parts.ts';
import type { FileSystem } from '../file-system.ts';
import { isInside } from '../path-resolver.ts';
import { changedBy, isRemovedBy, type Layer, type Mount, mountFinder, type TextLayer } from './layer.ts';
import type { MachineFiles } from './machine-files.ts';

/** What is at a path of a container. */
export type Place =
  /** A path of the machine. What a build copies belongs to root in the container, what is mounted to whom it does on the machine. */
  | { readonly kind: 'host'; readonly path: string; readonly isCopied: boolean }
  /** The image's own. */
  | { readonly kind: 'image' }
  | { readonly kind: 'text'; readonly layer: TextLayer }
  /** A directory that is there because something is in it. */
  | { readonly kind: 'directory' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown'; readonly why: string };

/** The files that an image is known to have. */
export interface ImageFiles {
  readonly fileSystem: FileSystem;
  readonly complete: readonly string[];
  readonly uncertain: readonly string[];
}

/** Everything a container's files are made of, from below: the image, what the build adds, mounts, what its start writes. */
export interface ContainerParts {
  /** The machine. */
  readonly host: MachineFiles;
  /** Undefined where the image is not known. */
  readonly image: ImageFiles | undefined;
  readonly layers: readonly Layer[];
  readonly mounts: readonly Mount[];
  /** Files and changes of the start, over all others. */
  readonly top: readonly Layer[];
}

/** Finds what is at a path: what is written at the start, then mounts, then what the build adds, then the image. */
export function placeFinder(parts: ContainerParts): (path: string) => Place {
  const { host, image, layers } = parts;
  const top = parts.top.toReversed();
  const mountAt = mountFinder(parts.mounts);
  const above = directoriesAbove(targetsOf(parts));
  const { single, wide } = byReach(layers);

  function find(path: string): Place {
    const found = host.isUsedUp?.() ? usedUp : findWritten(path);
    const isThere = found.kind === 'host' || found.kind === 'image' || found.kind === 'text';
    return !isThere && above.has(path) ? { kind: 'directory' } : found;
  }

  function findWritten(path: string): Place {
    const mount = mountAt(path);
    for (const layer of top) {
      if (layer.kind === 'text' && layer.target === path) return { kind: 'text', layer };
      if (layer.kind === 'unknown' && isInside(path, layer.target)) return layer;
      if (layer.kind !== 'script') continue;
      // A start that is not understood is not thought to write into what is mounted.
      const effects = mount ? { ...layer.effects, anything: undefined } : layer.effects;
      const isReadOnly = mount?.kind === 'bind' && mount.isReadOnly;
      const why = isReadOnly ? undefined : changedBy(effects, layer.why, path);
      if (why !== undefined) return { kind: 'unknown', why };
    }
    if (!mount) return findInImage(path);
    switch (mount.kind) {
      case 'bind':
        return findOnHost(mount.host + path.slice(mount.target.length));
      case 'empty':
        return path === mount.target ? { kind: 'directory' } : { kind: 'missing' };
      case 'unknown':
        return mount.isDirectory && path === mount.target ? { kind: 'directory' } : mount;
      case 'volume': {
        if (path === mount.target) return { kind: 'directory' };
        const initial = findInImage(path);
        return initial.kind === 'missing' ? { kind: 'unknown', why: 'it is in a volume' } : initial;
      }
      default:
        return mount satisfies never;
    }
  }

  /** A repository does not hold what is made or kept secret on the machine, so what is not there proves nothing. */
  function findOnHost(path: string): Place {
    return exists(host, path)
      ? { kind: 'host', path, isCopied: false }
      : { kind: 'unknown', why: 'it is mounted, and not among the files given' };
  }

  function findInImage(path: string): Place {
    let isCopied = false;
    const last = single.get(path);
    for (const { layer, at: step } of wide) {
      if (last && last.at > step) break;
      switch (layer.kind) {
        case 'tree': {
          if (!isInside(path, layer.target)) break;
          const at = layer.host + path.slice(layer.target === '/' ? 0 : layer.target.length);
          if (!layer.isIgnored(at) && exists(host, at)) return { kind: 'host', path: at, isCopied: true };
          isCopied = true;
          break;
        }
        case 'unknown':
          if (isInside(path, layer.target)) return layer;
          break;
        case 'script': {
          const why = changedBy(layer.effects, layer.why, path);
          if (why !== undefined) return { kind: 'unknown', why };
          if (isRemovedBy(layer.effects, path)) return { kind: 'missing' };
          break;
        }
        default:
          layer satisfies never;
      }
    }
    if (last?.layer.kind === 'text') return { kind: 'text', layer: last.layer };
    if (last) return { kind: 'host', path: last.layer.host, isCopied: true };
    const inBase = findInBase(path);
    // What is built on the machine of whoever deploys may be copied too.
    return isCopied && inBase.kind === 'missing' ? { kind: 'unknown', why: 'it may be copied' } : inBase;
  }

  function findInBase(path: string): Place {
    if (path === '/') return { kind: 'directory' };
    if (!image) return { kind: 'unknown', why: 'the image is not known' };
    if (exists(image.fileSystem, path)) return { kind: 'image' };
    const isKnown =
      image.complete.some((complete) => isInside(path, complete)) &&
      !image.uncertain.some((uncertain) => isInside(path, uncertain));
    return isKnown ? { kind: 'missing' } : { kind: 'unknown', why: 'it may be in the image' };
  }

  return find;
}

const usedUp: Place = { kind: 'unknown', why: 'the containers hold more than is read' };

type SingleLayer = Extract<Layer, { readonly kind: 'file' | 'text' }>;

interface Placed<Kind> {
  readonly layer: Kind;
  /** The later, the larger. */
  readonly at: number;
}

/** Layers of one file each, the last for each path, and all that may reach further, the last first. */
function byReach(layers: readonly Layer[]): {
  readonly single: ReadonlyMap<string, Placed<SingleLayer>>;
  readonly wide: readonly Placed<Exclude<Layer, SingleLayer>>[];
} {
  const single = new Map<string, Placed<SingleLayer>>();
  const wide: Placed<Exclude<Layer, SingleLayer>>[] = [];
  for (const [at, layer] of layers.entries()) {
    if (layer.kind === 'file' || layer.kind === 'text') single.set(layer.target, { layer, at });
    else wide.push({ layer, at });
  }
  return { single, wide: wide.reverse() };
}

/** Every directory that is there because something is put below it. */
function directoriesAbove(targets: readonly string[]): ReadonlySet<string> {
  const above = new Set<string>();
  for (const target of targets) {
    for (let at = target; at !== '/' && !above.has(directoryOf(at)); at = directoryOf(at))
      above.add(directoryOf(at));
  }
  return above;
}

/** Every path at which something is put into the container. */
export function targetsOf({ layers, mounts, top }: ContainerParts): readonly string[] {
  return [...layers, ...mounts, ...top].flatMap((part) => ('target' in part ? [part.target] : []));
}

function exists(fileSystem: FileSystem, path: string): boolean {
  try {
    fileSystem.status(path);
    return true;
  } catch {
    return false;
  }
}
