import { systemError } from '../errno.ts';
import type { FileStatus, FileSystem } from '../file-system.ts';
import { containerNames } from './names.ts';
import { type ContainerParts, type Place, placeFinder } from './places.ts';

/** A container's files, asked for by path. Paths are in normal form and free of links, as a resolver asks for them. */
export interface ContainerView {
  readonly fileSystem: FileSystem;
  find(path: string): Place;
  /** True where all names in a directory are known. */
  isListed(directory: string): boolean;
}

/** Lays the parts over each other. */
export function containerView(parts: ContainerParts): ContainerView {
  const { host, image } = parts;
  const find = placeFinder(parts);
  const { namesIn, isListed } = containerNames(parts, find);

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
    readFile(path, most) {
      const place = find(path);
      if (place.kind === 'text') return Buffer.from(place.layer.text, 'utf8');
      if (place.kind === 'host') return host.readFile(place.path, most);
      if (place.kind === 'image' && image) return image.fileSystem.readFile(path, most);
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
