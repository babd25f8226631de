import type { ScriptEffects } from '../compose/script-effects.ts';
import { isInside } from '../path-resolver.ts';

/** One thing that put files into a container's root, in the order in which they came. Targets are absolute paths in the container. */
export type Layer =
  /** A file of the machine. */
  | { readonly kind: 'file'; readonly target: string; readonly host: string }
  /** What a directory of the machine holds, but for what is kept out. */
  | {
      readonly kind: 'tree';
      readonly target: string;
      readonly host: string;
      isIgnored(host: string): boolean;
    }
  | TextLayer
  /** Something that is not known, at and below a path. */
  | { readonly kind: 'unknown'; readonly target: string; readonly why: string }
  /** A script ran and may have changed something. */
  | { readonly kind: 'script'; readonly effects: ScriptEffects; readonly why: string };

/** A text that stands in no file of its own. */
export interface TextLayer {
  readonly kind: 'text';
  readonly target: string;
  readonly text: string;
  /** Where a person finds it. */
  readonly shown: string;
}

/** Something mounted over the container's root. */
export type Mount =
  | { readonly kind: 'bind'; readonly target: string; readonly host: string; readonly isReadOnly: boolean }
  | { readonly kind: 'empty'; readonly target: string }
  /** A volume that begins as what the image has there, and of which nobody knows what else it holds. */
  | { readonly kind: 'volume'; readonly target: string }
  /** `isDirectory`: at least that it is a directory is known. */
  | {
      readonly kind: 'unknown';
      readonly target: string;
      readonly why: string;
      readonly isDirectory: boolean;
    };

/** Why a script may have changed what is at a path; undefined where it has not. */
export function changedBy(effects: ScriptEffects, why: string, path: string): string | undefined {
  const isNamed = effects.paths.some((changed) => isInside(path, changed));
  if (isNamed) return why;
  return effects.anything === undefined ? undefined : `${why}: ${effects.anything}`;
}

/** The mount that a path is in: the deepest one counts. */
export function mountAt(mounts: readonly Mount[], path: string): Mount | undefined {
  let deepest: Mount | undefined;
  for (const mount of mounts) {
    if (!isInside(path, mount.target)) continue;
    if (!deepest || mount.target.length >= deepest.target.length) deepest = mount;
  }
  return deepest;
}
