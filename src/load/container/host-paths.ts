import { isInside } from '../path-resolver.ts';
import type { Layer, Mount } from './layer.ts';

/** The paths of the machine that a container sees at or below one of its own, as far as they were put there on purpose. */
export function hostPathsBelow(
  path: string,
  { layers, mounts }: { readonly layers: readonly Layer[]; readonly mounts: readonly Mount[] },
): readonly string[] {
  return [...layers, ...mounts].flatMap((part): readonly string[] => {
    if (part.kind !== 'file' && part.kind !== 'tree' && part.kind !== 'bind') return [];
    if (isInside(part.target, path)) return [part.host];
    if (!isInside(path, part.target)) return [];
    return [part.host + path.slice(part.target === '/' ? 0 : part.target.length)];
  });
}
