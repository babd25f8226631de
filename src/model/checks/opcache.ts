import type { Span } from '../../syntax/source.ts';
import type { Master } from '../fpm/master.ts';
import { booleanOf, fatalLogOf, numberOf, phpIniSetting } from '../fpm/php-setting.ts';
import { knownValue, spanOf } from '../fpm/setting.ts';
import type { Host } from '../host.ts';
import { comparePhpVersions } from '../php-version.ts';

/** What keeps the OPcache of a master, and with it the master, from starting. */
export interface OpcacheRefusal {
  readonly master: Master;
  readonly kind: 'user-unset' | 'user-unknown' | 'file-missing';
  readonly span: Span;
  /** The file or the user. */
  readonly text: string;
  /** What PHP logs. */
  readonly log: string;
  /** False where a directory service may know the user. */
  readonly certain: boolean;
}

/** Shared memory that is larger than what there is. */
export interface OpcacheMemory {
  readonly master: Master;
  readonly span: Span;
  readonly bytes: number;
  /** True where no machine has so much address space. */
  readonly certain: boolean;
}

/** What x86-64 gives a process, in bytes: https://docs.kernel.org/arch/x86/x86_64/mm.html */
const addressSpace = 2 ** 47;

/**
 * Judges `opcache.preload` of every master. The file is read once when the master starts, whatever its pools say, and by
 * a user that a master of root must be told.
 *
 * https://www.php.net/manual/en/opcache.preloading.php
 */
export function preloadRefusals(host: Host): readonly OpcacheRefusal[] {
  return host.masters.flatMap((master) => refusalOf(master, host) ?? []);
}

function refusalOf(master: Master, { users, paths }: Host): OpcacheRefusal | undefined {
  const { phpIni, phpVersion } = master;
  if (!phpIni || !usesOpcache(master)) return undefined;
  if (phpVersion !== undefined && comparePhpVersions(phpVersion, '7.4') < 0) return undefined;
  const preload = phpIniSetting(phpIni, 'opcache.preload');
  const user = phpIniSetting(phpIni, 'opcache.preload_user');
  const span = spanOf(preload);
  const file = knownValue(preload);
  if (!span || !file || user.kind === 'unknown') return undefined;
  if (user.value === '') {
    if (!master.isRoot) return undefined;
    const log = 'Fatal Error "opcache.preload_user" has not been defined';
    return { master, kind: 'user-unset', span, text: file, log, certain: true };
  }
  if (master.isRoot && users && !users.user(user.value)) {
    const log = `Fatal Error Preloading failed to getpwnam("${user.value}")`;
    const at = spanOf(user) ?? span;
    return { master, kind: 'user-unknown', span: at, text: user.value, log, certain: users.complete };
  }
  if (!file.startsWith('/') || paths.at(file).kind !== 'absent') return undefined;
  const log = fatalLogOf(phpIni, `Failed opening required '${file}' (include_path='${includePath(master)}')`);
  return { master, kind: 'file-missing', span, text: file, log, certain: true };
}

/** The masters whose `opcache.memory_consumption`, in megabytes, is more than the host has. */
export function opcacheOverflows({ masters, memory }: Host): readonly OpcacheMemory[] {
  return masters.flatMap((master) => {
    if (!master.phpIni || !usesOpcache(master)) return [];
    const setting = phpIniSetting(master.phpIni, 'opcache.memory_consumption');
    const megabytes = knownValue(numberOf(setting)) ?? 0;
    const span = spanOf(setting);
    const bytes = megabytes * 2 ** 20;
    if (!span || bytes >= 2 ** 64) return [];
    const certain = bytes >= addressSpace;
    return certain || (memory && bytes > memory.bytes) ? [{ master, span, bytes, certain }] : [];
  });
}

/** Whether OPcache is loaded and on: PHP has it built in since 8.5, before that a line of php.ini loads it. */
function usesOpcache({ phpIni, phpVersion }: Master): boolean {
  if (!phpIni || knownValue(booleanOf(phpIniSetting(phpIni, 'opcache.enable'))) === false) return false;
  const isBuiltIn = phpVersion !== undefined && comparePhpVersions(phpVersion, '8.5') >= 0;
  return isBuiltIn || phpIni.extensions.some(({ value }) => /(?:^|[/_])opcache(?:\.so)?$/.test(value.text));
}

/** As php.ini says, else as the package is built: https://www.php.net/manual/en/ini.core.php#ini.include-path */
function includePath({ phpIni, configPath }: Master): string {
  const written = phpIni?.directives.get('include_path')?.value.text;
  if (written !== undefined) return written;
  if (configPath.startsWith('/usr/local/')) return '.:/usr/local/lib/php';
  return configPath === '/etc/php-fpm.conf' ? '.:/usr/share/pear:/usr/share/php' : '.:/usr/share/php';
}
