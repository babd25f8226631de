import { setFlagsFromString } from 'node:v8';
import type { FileSystem } from './load/file-system.ts';

/** A setting of V8, without its dashes, and its value on small and on large hosts. */
interface Setting {
  readonly name: string;
  readonly small: number;
  readonly large: number;
}

/** What helps on large hosts in each version that was measured; on small ones it is as V8 has it. */
const onLargeHosts: readonly Setting[] = [
  // To put many functions into one makes the compiler slow, and a run is over before it pays.
  { name: 'max-inlined-bytecode-size', small: 460, large: 100 },
  // Nearly all that is made stays, and is copied out of the new space whatever its size: a small one fits the processor's cache.
  { name: 'semi-space-growth-factor', small: 2, large: 1 },
  // To look for garbage among it is work for nothing.
  { name: 'heap-growing-percent', small: 0, large: 1000 },
];

const ofNewV8: readonly Setting[] = [
  { name: 'invocation-count-for-turbofan', small: 40_000, large: 3000 },
  ...onLargeHosts,
];

/**
 * The settings of each version of Node whose V8 was measured, by its first number. Others are left as they are: V8 prints a
 * complaint about a setting that it does not know.
 */
const settings: Readonly<Record<string, readonly Setting[]>> = {
  20: [{ name: 'interrupt-budget', small: 1_000_000, large: 200_000 }, ...onLargeHosts],
  22: ofNewV8,
  23: ofNewV8,
  24: ofNewV8,
};

/** https://nodejs.org/docs/latest-v20.x/api/v8.html#v8setflagsfromstringflags */
function set(size: 'small' | 'large'): void {
  const version = process.versions.node.split('.', 1)[0] ?? '';
  for (const setting of settings[version] ?? []) setFlagsFromString(`--${setting.name}=${setting[size]}`);
}

/**
 * Has V8 wait about fifteen times as long as usual until it optimizes a function: on a host of some hundred sites that takes more
 * of the processor than it gives back, half of the whole run.
 *
 * What is compiled and kept before is of no use after, so this comes before all that is kept, and after the modules of Node. What is
 * kept at the end is of use to a later run only if these are the settings then.
 */
export function setForSmallHosts(): void {
  set('small');
}

/** So many names in one directory are those of a large host. */
const LARGE = 1000;

/** The same file system, which sets V8 for a large host once it meets one: ten thousand sites take a fifth less time by that. */
export function settingForLargeHosts(fs: FileSystem): FileSystem {
  let isLarge = false;

  function counted(names: readonly string[]): void {
    if (isLarge || names.length < LARGE) return;
    isLarge = true;
    set('large');
  }

  const { entriesIn } = fs;
  return {
    ...fs,
    readDirectory(path) {
      const names = fs.readDirectory(path);
      counted(names);
      return names;
    },
    ...(entriesIn && {
      entriesIn(path) {
        const entries = entriesIn(path);
        counted(entries.names);
        return entries;
      },
    }),
  };
}
