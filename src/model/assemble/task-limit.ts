import type { Root } from '../../load/root.ts';
import { serviceSettings } from '../../load/systemd-units.ts';

/**
 * How many processes and threads systemd allows a service, where its unit says a number. A share of what the system allows,
 * such as the default of 15 %, is never less than hundreds.
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.resource-control.html#TasksMax=N
 */
export function taskLimitOf(unit: string, root: Root): number | undefined {
  const text = serviceSettings(root, unit).get('TasksMax')?.at(-1);
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
