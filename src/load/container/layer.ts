import { directoryOf } from '../../syntax/path-parts.ts';
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

/** The part of a script's effects that makes what is there unknown. */
type Changes = Pick<ScriptEffects, 'paths'> & { readonly anything?: string | undefined };

/** Why a script may have changed what is at a path; undefined where it has not. */
export function changedBy(effects: Changes, why: string, path: string): string | undefined {
  const isNamed = effects.paths.some((changed) => isInside(path, changed));
  if (isNamed) return why;
  return effects.anything === undefined ? undefined : `${why}: ${effects.anything}`;
}

/** True where a script leaves nothing at a path. */
export function isRemovedBy({ removed }: ScriptEffects, path: string): boolean {
  return removed.some((pattern) => {
    const star = pattern.indexOf('*');
    if (star === -1) return isInside(path, pattern);
    const directory = pattern.slice(0, pattern.lastIndexOf('/') + 1);
    if (!path.startsWith(directory)) return false;
    // As a shell's pattern, it does not match what begins with a period.
    const name = path.slice(directory.length).split('/')[0] ?? '';
    const before = pattern.slice(directory.length, star);
    const after = pattern.slice(star + 1);
    const isLong = name.length >= before.length + after.length;
    return (
      isLong && name.startsWith(before) && name.endsWith(after) && !(name.startsWith('.') && before === '')
    );
  });
}

/** Tells the mount that a path is in: the deepest one counts, and of two at one target the later. */
export function mountFinder(mounts: readonly Mount[]): (path: string) => Mount | undefined {
  const byTarget = new Map(mounts.map((mount) => [mount.target, mount]));
  return (path) => {
    for (let at = path; ; at = directoryOf(at)) {
      const mount = byTarget.get(at);
      if (mount || at === '/') return mount;
    }
  };
}
