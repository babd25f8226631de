import { comparePhpVersions } from '../model/php-version.ts';
import { baseName } from '../syntax/path-parts.ts';
import type { PhpDirective, PhpIni } from '../syntax/php-ini/php-ini.ts';
import { layoutOf } from './layout.ts';
import type { Scope } from './scope.ts';
import type { MissingExtension } from './upgrade.ts';

/**
 * Debian's and sury's packages that bring more than the extension of their own name: debian/control and debian/rules.d of
 * https://salsa.debian.org/php-team/php
 */
const packages: Readonly<Record<string, readonly string[]>> = {
  common: [
    ...['calendar', 'ctype', 'exif', 'ffi', 'fileinfo', 'ftp', 'gettext', 'iconv', 'pdo', 'phar', 'posix'],
    ...['shmop', 'sockets', 'sysvmsg', 'sysvsem', 'sysvshm', 'tokenizer'],
  ],
  interbase: ['pdo_firebird'],
  mysql: ['mysqlnd', 'mysqli', 'pdo_mysql'],
  odbc: ['pdo_odbc'],
  pgsql: ['pdo_pgsql'],
  sqlite3: ['pdo_sqlite'],
  sybase: ['pdo_dblib'],
  xml: ['dom', 'simplexml', 'xmlreader', 'xmlwriter', 'xsl'],
};

/** The PHP that no longer brings an extension itself: the migration guides of https://www.php.net/manual/en/appendices.php */
const unbundledIn: Readonly<Record<string, string>> = {
  mcrypt: '7.2',
  interbase: '7.4',
  recode: '7.4',
  wddx: '7.4',
  xmlrpc: '8.0',
  imap: '8.4',
  oci8: '8.4',
  pdo_oci: '8.4',
  pspell: '8.4',
};

/** The PHP that has an extension built in, so that nothing loads it: https://www.php.net/manual/en/migration80.php */
const builtInSince: Readonly<Record<string, string>> = { json: '8.0', opcache: '8.5' };

/** The extensions that the old version loads and the new one does not. Where nothing is known of the new one, all of them. */
export function missingExtensions({
  oldMasters,
  newMasters,
  text,
  from,
  to,
  input,
}: Scope): readonly MissingExtension[] {
  const known = new Set(loadedBy(newMasters).map(({ name }) => name));
  const isDebian = layoutOf(to, input)?.layout === 'debian';
  const missing = new Map<string, MissingExtension>();
  for (const { name, at } of loadedBy(oldMasters)) {
    const builtIn = builtInSince[name];
    if (known.has(text.rename(name)) || (builtIn !== undefined && comparePhpVersions(to, builtIn) >= 0))
      continue;
    const unbundled = unbundledIn[name];
    const brought = isDebian ? packageOf(name) : undefined;
    // What every php-fpm of Debian depends on comes by itself.
    if (newMasters.length === 0 && brought === 'common') continue;
    const isUnbundled =
      unbundled !== undefined &&
      comparePhpVersions(from, unbundled) < 0 &&
      comparePhpVersions(to, unbundled) >= 0;
    missing.set(name, {
      name,
      at,
      ...(brought !== undefined && /^\w+$/.test(name) && { package: `php${to}-${brought}` }),
      ...(isUnbundled && { note: `no part of PHP since ${unbundled}: it is a package of its own` }),
    });
  }
  return [...missing.values()];
}

function packageOf(extension: string): string {
  const shared = Object.entries(packages).find(([, extensions]) => extensions.includes(extension));
  return shared?.[0] ?? extension;
}

interface Loaded {
  readonly name: string;
  readonly at: PhpDirective['span'];
}

function loadedBy(masters: readonly { readonly phpIni?: PhpIni }[]): readonly Loaded[] {
  return masters.flatMap(({ phpIni }) =>
    (phpIni?.extensions ?? []).map(({ value, span }) => ({ name: extensionName(value.text), at: span })),
  );
}

/** `pdo_mysql` of `extension=pdo_mysql.so`, `xdebug` of `zend_extension=/usr/lib/php/20210902/xdebug.so`. */
function extensionName(value: string): string {
  const file = baseName(value);
  return file.replace(/\.so$/, '').replace(/^php_/, '').toLowerCase();
}
