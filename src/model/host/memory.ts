import { sourceAt } from '../../load/readable.ts';
import type { Root } from '../../load/root.ts';
import type { Span } from '../../syntax/source.ts';

/** How much memory a host has, and how that is known. */
export interface MemoryFact {
  readonly bytes: number;
  /** `given`: the user said so. `meminfo`: the machine's RAM. `cgroup`: a container's limit, below the machine's RAM. */
  readonly from: 'given' | 'meminfo' | 'cgroup';
  /** As a person would name the place: `--memory`, `MemTotal in /proc/meminfo`. */
  readonly label: string;
  /** Where it is set, for a container of a compose project. */
  readonly span?: Span;
}

function textOf(root: Root, path: string): string | undefined {
  return sourceAt(root, path)?.text;
}

/** `MemTotal`, which the kernel gives in KiB whatever its `kB` says. https://www.kernel.org/doc/html/latest/filesystems/proc.html#meminfo */
export function memTotalBytes(meminfo: string): number | undefined {
  const line = meminfo.split('\n', 64).find((text) => text.startsWith('MemTotal:'));
  const kibibytes = Number(line?.slice('MemTotal:'.length).replace('kB', '').trim());
  return Number.isSafeInteger(kibibytes) && kibibytes > 0 ? kibibytes * 1024 : undefined;
}

/**
 * The limit of the control group at the top of what a container sees, version 2 first; on a plain host there is none.
 * https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files
 */
const CGROUP_LIMITS = ['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes'] as const;

function cgroupLimit(root: Root): { readonly bytes: number; readonly path: string } | undefined {
  for (const path of CGROUP_LIMITS) {
    const text = textOf(root, path)?.trim();
    if (text === undefined) continue;
    const bytes = Number(text);
    return Number.isFinite(bytes) && bytes > 0 ? { bytes, path } : undefined;
  }
  return undefined;
}

/**
 * The memory of a host: the smaller of its RAM and its container's limit. Of a tree that is not the live host it is known only where someone
 * put `/proc/meminfo` into the tree.
 */
export function readMemory(root: Root): MemoryFact | undefined {
  const total = memTotalBytes(textOf(root, '/proc/meminfo') ?? '');
  const limit = cgroupLimit(root);
  if (limit && (total === undefined || limit.bytes < total)) {
    return { bytes: limit.bytes, from: 'cgroup', label: `the limit in ${limit.path}` };
  }
  return total === undefined
    ? undefined
    : { bytes: total, from: 'meminfo', label: 'MemTotal in /proc/meminfo' };
}
