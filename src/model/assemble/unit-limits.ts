import type { Root } from '../../load/root.ts';
import { unitSettings } from '../../load/systemd-units.ts';
import { parseMemorySize } from '../../values/memory-size.ts';
import type { UnitLimit } from '../host/unit-limit.ts';

/**
 * How many processes and threads systemd allows a service, where its unit says a number. A share of what the system allows,
 * such as the default of 15 %, is never less than hundreds.
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.resource-control.html#TasksMax=N
 */
export function taskLimitOf(unit: string, root: Root): UnitLimit | undefined {
  return limitOf(unit, root, 'TasksMax', (text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined));
}

/**
 * How much memory all processes of a service may take together, in bytes; a share of that of the host is not looked at.
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.resource-control.html#MemoryMax=bytes
 */
export function memoryLimitOf(unit: string, root: Root): UnitLimit | undefined {
  return limitOf(unit, root, 'MemoryMax', (text) => (/^\d/.test(text) ? parseMemorySize(text) : undefined));
}

/**
 * How many files a process of a service may open, `soft:hard` or one number for both.
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#LimitCPU=
 */
export function fileLimitOf(unit: string, root: Root): UnitLimit | undefined {
  return limitOf(unit, root, 'LimitNOFILE', (text) => {
    const [soft = ''] = text.split(':', 1);
    if (soft === 'infinity') return Number.POSITIVE_INFINITY;
    return /^\d{1,10}$/.test(soft) ? Number(soft) : undefined;
  });
}

function limitOf(
  unit: string,
  root: Root,
  key: string,
  read: (text: string) => number | undefined,
): UnitLimit | undefined {
  const entry = unitSettings(root, unit, 'Service').get(key)?.at(-1);
  const value = entry && read(entry.value);
  return entry && value !== undefined ? { value, span: entry.span } : undefined;
}
