import type { HostInput } from '../load/host-input.ts';
import { fillIn, LAYOUTS, type LayoutName, type LayoutVersion, versionIn } from '../load/php-layouts.ts';

/** Where a version of PHP keeps its things, or would keep them. */
export interface VersionLayout {
  readonly layout: LayoutName;
  readonly version: string;
  /** The program: `/usr/sbin/php-fpm8.3`. */
  readonly binary: string;
  /** The service, where systemd starts it: `php8.3-fpm`. */
  readonly service?: string;
  readonly ini: string;
}

/**
 * The layout of a version: its own where it is installed, else that of another version of the host which leaves room for more
 * than one. `undefined` where neither tells.
 */
export function layoutOf(version: string, { masters }: HostInput): VersionLayout | undefined {
  const own = masters.filter(({ phpVersion }) => phpVersion === version);
  for (const { configPath, service } of [...own, ...masters]) {
    for (const row of LAYOUTS) {
      const known = versionIn(row.config, configPath);
      if (!known || (known.version === undefined && own.length === 0)) continue;
      const filled: LayoutVersion = { version, digits: version.replace('.', '') };
      const isOwn = own.some((master) => master.configPath === configPath);
      const unit = (isOwn ? service?.unit : undefined) ?? (row.unit && fillIn(row.unit, filled));
      return {
        layout: row.layout,
        version,
        binary: fillIn(row.binary, filled),
        ini: fillIn(row.ini, filled),
        ...(unit && { service: unit.replace(/\.service$/, '') }),
      };
    }
  }
  return undefined;
}
