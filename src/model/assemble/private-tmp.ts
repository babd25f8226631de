import type { Root } from '../../load/root.ts';
import { hasService, serviceSettings, unitSettings } from '../../load/systemd-units.ts';

/**
 * Whether systemd gives a service a /tmp and a /var/tmp that no other service sees; `undefined` where its unit was not read
 * and no drop-in says so.
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#PrivateTmp=
 */
export function privateTmpOf(unit: string, root: Root): boolean | undefined {
  const settings = serviceSettings(root, unit);
  if (unitSettings(root, unit, 'Unit').has('JoinsNamespaceOf')) return undefined;
  const told = settings.get('PrivateTmp')?.at(-1)?.toLowerCase();
  if (told === undefined && !hasService(root, unit)) return undefined;
  const value = told ?? 'no';
  return !['no', 'false', 'off', '0', 'n', 'f'].includes(value);
}
