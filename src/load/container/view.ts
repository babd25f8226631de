import { systemError } from '../errno.ts';
import type { FileStatus, FileSystem } from '../file-system.ts';
import { isInside, joinPath } from '../path-resolver.ts';
import { changedBy, type Layer, type Mount, mountAt, type TextLayer } from './layer.ts';

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
  readonly host: FileSystem;
  /** Undefined where the image is not known. */
  readonly image: ImageFiles | undefined;
  readonly layers: readonly Layer[];
  readonly mounts: readonly Mount[];
  /** Files and changes of the start, over all others. */
  readonly top: readonly Layer[];
}

/** A container's files, asked for by path. Paths are in normal form and free of links, as a resolver asks for them. */
export interface ContainerView {
  readonly fileSystem: FileSystem;
  find(path: string): Place;
  /** True where all names in a directory are known. */
  isListed(directory: string): boolean;
}

/** Lays the parts over each other. */
export function containerView({ host, image, layers, mounts, top }: ContainerParts): ContainerView {
  const targets = [...layers, ...mounts, ...top].flatMap((part) => ('target' in part ? [part.target] : []));

  const hasBelow = (path: string): boolean =>
    targets.some((target) => target !== path && isInside(target, path));

  function find(path: string): Place {
    const found = findWritten(path);
    return found.kind !== 'host' && found.kind !== 'image' && found.kind !== 'text' && hasBelow(path)
      ? { kind: 'directory' }
      : found;
  }

  function findWritten(path: string): Place {
    const mount = mountAt(mounts, path);
    for (const layer of [...top].reverse()) {
      if (layer.kind === 'text' && layer.target === path) return { kind: 'text', layer };
      if (layer.kind === 'unknown' && isInside(path, layer.target)) return layer;
      if (layer.kind !== 'script') continue;
      // A start that is not understood is not thought to write into what is mounted.
      const effects = mount ? { paths: layer.effects.paths } : layer.effects;
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
    for (const layer of [...layers].reverse()) {
      switch (layer.kind) {
        case 'text':
          if (layer.target === path) return { kind: 'text', layer };
          break;
        case 'file':
          if (layer.target === path) return { kind: 'host', path: layer.host, isCopied: true };
          break;
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
          break;
        }
        default:
          layer satisfies never;
      }
    }
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

  function isListed(directory: string): boolean {
    const mount = mountAt(mounts, directory);
    const touches = (changed: string): boolean =>
      isInside(directory, changed) || isInside(changed, directory);
    for (const layer of top) {
      if (layer.kind === 'unknown' && touches(layer.target)) return false;
      if (layer.kind !== 'script') continue;
      if (layer.effects.paths.some(touches) || (!mount && layer.effects.anything !== undefined)) return false;
    }
    if (mount) return mount.kind === 'bind' || mount.kind === 'empty';
    for (const layer of layers) {
      if (layer.kind === 'unknown' && touches(layer.target)) return false;
      if (layer.kind !== 'script') continue;
      if (layer.effects.anything !== undefined || layer.effects.paths.some(touches)) return false;
    }
    if (!image) return false;
    const isUncertain = image.uncertain.some((path) => path.endsWith('.conf') && touches(path));
    return !isUncertain && image.complete.some((complete) => isInside(directory, complete));
  }

  function namesIn(path: string): readonly string[] {
    const names = new Set<string>();
    const mount = mountAt(mounts, path);
    if (mount?.kind === 'bind') addNames(names, host, mount.host + path.slice(mount.target.length));
    if (!mount || mount.kind === 'volume') {
      if (image) addNames(names, image.fileSystem, path);
      for (const layer of layers) {
        if (layer.kind !== 'tree' || !isInside(path, layer.target)) continue;
        const at = layer.host + path.slice(layer.target === '/' ? 0 : layer.target.length);
        const found = new Set<string>();
        addNames(found, host, at);
        for (const name of found) if (!layer.isIgnored(joinPath(at, name))) names.add(name);
      }
    }
    const prefix = path === '/' ? '/' : `${path}/`;
    for (const target of targets) {
      if (target.startsWith(prefix)) names.add(target.slice(prefix.length).split('/')[0] ?? '');
    }
    names.delete('');
    return [...names].filter((name) => find(joinPath(path, name)).kind !== 'missing');
  }

  const fileSystem: FileSystem = {
    status(path) {
      const place = find(path);
      switch (place.kind) {
        case 'host':
          return place.isCopied ? { ...host.status(place.path), uid: 0, gid: 0 } : host.status(place.path);
        case 'image':
          return image?.fileSystem.status(path) ?? DIRECTORY;
        case 'text':
          return { ...FILE, size: Buffer.byteLength(place.layer.text) };
        case 'directory':
          return DIRECTORY;
        default:
          throw systemError('ENOENT', 'lstat', path);
      }
    },
    readFile(path) {
      const place = find(path);
      if (place.kind === 'text') return Buffer.from(place.layer.text, 'utf8');
      if (place.kind === 'host') return host.readFile(place.path);
      if (place.kind === 'image' && image) return image.fileSystem.readFile(path);
      throw systemError(place.kind === 'directory' ? 'EISDIR' : 'ENOENT', 'open', path);
    },
    readDirectory: namesIn,
    readLink(path) {
      const place = find(path);
      if (place.kind === 'host') return host.readLink(place.path);
      if (place.kind === 'image' && image) return image.fileSystem.readLink(path);
      throw systemError('EINVAL', 'readlink', path);
    },
  };

  return { fileSystem, find, isListed };
}

const DIRECTORY: FileStatus = { kind: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0 };
const FILE: FileStatus = { kind: 'file', mode: 0o644, uid: 0, gid: 0, size: 0 };

function exists(fileSystem: FileSystem, path: string): boolean {
  try {
    fileSystem.status(path);
    return true;
  } catch {
    return false;
  }
}

function addNames(names: Set<string>, fileSystem: FileSystem, path: string): void {
  try {
    for (const name of fileSystem.readDirectory(path)) names.add(name);
  } catch {
    // It is no directory there, or none that may be read.
  }
}
