import { fullPath } from '../../syntax/fpm/path.ts';
import { mapSetting, type Setting, spanOf, type UnknownSetting } from './setting.ts';

/** The directories a php-fpm was built with or started with; absent where they are not known. */
export interface FpmDirectories {
  /** What relative paths are under: the `-p` option, else the build's `--prefix`. */
  readonly prefix?: string | undefined;
  /** What relative `pid` and `error_log` are under: the `-p` option, else the build's `--localstatedir`. */
  readonly localstatedir?: string | undefined;
}

/** A path setting in full: under the pool's prefix, which itself is under php-fpm's. */
export function underPrefix(
  setting: Setting<string | undefined>,
  poolPrefix: Setting<string | undefined>,
  prefix: string | undefined,
): Setting<string | undefined> {
  if (setting.kind === 'unknown' || setting.value === undefined || setting.value === '') return setting;
  if (setting.value.startsWith('/')) return setting;
  if (poolPrefix.kind === 'unknown') return { ...poolPrefix, text: setting.value };
  const path = inFull(setting.value, poolPrefix.value, prefix);
  return path === undefined ? withoutPrefix(setting, setting.value) : mapSetting(setting, () => path);
}

/** A relative path, where nobody knows what it is relative to. */
export function withoutPrefix(setting: Setting<unknown>, text: string): UnknownSetting {
  const span = spanOf(setting);
  return { kind: 'unknown', why: 'the prefix of this php-fpm is not known', text, ...(span && { span }) };
}

/** The path under the pool's prefix, else under php-fpm's; `undefined` where that is not known. */
export function inFull(
  path: string,
  poolPrefix: string | undefined,
  prefix: string | undefined,
): string | undefined {
  const nearer = fullPath(path, poolPrefix ?? prefix);
  return nearer === undefined ? undefined : fullPath(nearer, prefix);
}
