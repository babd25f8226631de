/** Who built a php-fpm, which decides where it keeps its files. `source` is `make install`, `custom` a unit's own `--fpm-config`. */
export type LayoutName =
  | 'debian'
  | 'rhel'
  | 'remi'
  | 'alpine'
  | 'arch'
  | 'gentoo'
  | 'suse'
  | 'docker'
  | 'plesk'
  | 'cpanel'
  | 'cloudlinux'
  | 'aapanel'
  | 'bitnami'
  | 'homebrew'
  | 'source'
  | 'custom';

/**
 * Where one way of packaging php-fpm puts things. `{version}` stands for a version as `8.2`, `{digits}` for the same as `82`; both stand in
 * one component of a path and mean the same version throughout a row.
 */
export interface LayoutRow {
  readonly layout: LayoutName;
  /** The main file: `php-fpm.conf`. */
  readonly config: string;
  /** `PHP_PREFIX`: relative includes, sockets and logs start there. */
  readonly prefix: string;
  /** `PHP_LOCALSTATEDIR`: a relative `pid` or `error_log` starts there. */
  readonly localstatedir: string;
  readonly ini: string;
  /** The directory whose `*.ini` are read after php.ini. */
  readonly scanDir: string;
  readonly binary: string;
  /** What a path without a placeholder tells of the version. */
  readonly version?: string;
  /** The systemd unit, where the package brings one. */
  readonly unit?: string;
}

/** A row whose files all lie below the prefix, as configure puts them without further options. */
function below(prefix: string, layout: LayoutName, more: Partial<LayoutRow> = {}): LayoutRow {
  return {
    layout,
    config: `${prefix}/etc/php-fpm.conf`,
    prefix,
    localstatedir: `${prefix}/var`,
    ini: `${prefix}/etc/php.ini`,
    scanDir: `${prefix}/etc/php.d`,
    binary: `${prefix}/sbin/php-fpm`,
    ...more,
  };
}

const USR = { prefix: '/usr', localstatedir: '/var' } as const;

/**
 * Where each packaging keeps php-fpm, in the order in which masters are named to people. The sources:
 *
 * - debian: debian/rules and debian/php-fpm.service of php8.2 (`--prefix=/usr --localstatedir=/var`); php5 was Debian 8 and older
 * - rhel, remi (default): php.spec of Fedora, `php-fpm.service`
 * - remi (collections): `php82-php.spec` of git.remirepo.net; php54 to php56 kept their /etc below /opt; rh-php73 is Red Hat's own
 * - alpine: APKBUILD of php82, `_confdir=/etc/php82`, OpenRC service php-fpm82
 * - arch: PKGBUILD of php and php-legacy; gentoo: `dev-lang/php` ebuild; suse: php8.spec
 * - docker: docker-library/php Dockerfiles, `--with-config-file-path=/usr/local/etc/php`, and PHP's own default prefix
 * - plesk: docs.plesk.com, PHP settings; cpanel: ea-php74.spec of CpanelInc (`--prefix=/opt/cpanel/ea-php74/root/usr`)
 * - cloudlinux: docs.cloudlinux.com, alt-php; aapanel: install/php.sh of aaPanel (`--prefix=/www/server/php/82`)
 * - bitnami: bitnami/containers, php-fpm; homebrew: the php formula (`--localstatedir=#{var}`, config in etc/php/8.2)
 * - source: `make install` with a prefix of its own, as LNMP and DirectAdmin (/usr/local/php82) do
 */
export const LAYOUTS: readonly LayoutRow[] = [
  {
    ...USR,
    layout: 'debian',
    config: '/etc/php/{version}/fpm/php-fpm.conf',
    ini: '/etc/php/{version}/fpm/php.ini',
    scanDir: '/etc/php/{version}/fpm/conf.d',
    binary: '/usr/sbin/php-fpm{version}',
    unit: 'php{version}-fpm.service',
  },
  {
    ...USR,
    layout: 'debian',
    config: '/etc/php5/fpm/php-fpm.conf',
    ini: '/etc/php5/fpm/php.ini',
    scanDir: '/etc/php5/fpm/conf.d',
    binary: '/usr/sbin/php5-fpm',
    unit: 'php5-fpm.service',
    // The last one, which Debian 8 had: what came before it, it knows too.
    version: '5.6',
  },
  {
    ...USR,
    layout: 'rhel',
    config: '/etc/php-fpm.conf',
    ini: '/etc/php.ini',
    scanDir: '/etc/php.d',
    binary: '/usr/sbin/php-fpm',
    unit: 'php-fpm.service',
  },
  {
    layout: 'remi',
    config: '/etc/opt/remi/php{digits}/php-fpm.conf',
    prefix: '/opt/remi/php{digits}/root/usr',
    localstatedir: '/var/opt/remi/php{digits}',
    ini: '/etc/opt/remi/php{digits}/php.ini',
    scanDir: '/etc/opt/remi/php{digits}/php.d',
    binary: '/opt/remi/php{digits}/root/usr/sbin/php-fpm',
    unit: 'php{digits}-php-fpm.service',
  },
  {
    layout: 'remi',
    config: '/opt/remi/php{digits}/root/etc/php-fpm.conf',
    prefix: '/opt/remi/php{digits}/root/usr',
    localstatedir: '/opt/remi/php{digits}/root/var',
    ini: '/opt/remi/php{digits}/root/etc/php.ini',
    scanDir: '/opt/remi/php{digits}/root/etc/php.d',
    binary: '/opt/remi/php{digits}/root/usr/sbin/php-fpm',
    unit: 'php{digits}-php-fpm.service',
  },
  {
    layout: 'rhel',
    config: '/etc/opt/rh/rh-php{digits}/php-fpm.conf',
    prefix: '/opt/rh/rh-php{digits}/root/usr',
    localstatedir: '/var/opt/rh/rh-php{digits}',
    ini: '/etc/opt/rh/rh-php{digits}/php.ini',
    scanDir: '/etc/opt/rh/rh-php{digits}/php.d',
    binary: '/opt/rh/rh-php{digits}/root/usr/sbin/php-fpm',
    unit: 'rh-php{digits}-php-fpm.service',
  },
  {
    ...USR,
    layout: 'suse',
    config: '/etc/php{digits}/fpm/php-fpm.conf',
    ini: '/etc/php{digits}/fpm/php.ini',
    scanDir: '/etc/php{digits}/conf.d',
    binary: '/usr/sbin/php-fpm',
    unit: 'php-fpm.service',
  },
  {
    ...USR,
    layout: 'alpine',
    config: '/etc/php{digits}/php-fpm.conf',
    ini: '/etc/php{digits}/php.ini',
    scanDir: '/etc/php{digits}/conf.d',
    binary: '/usr/sbin/php-fpm{digits}',
  },
  {
    ...USR,
    layout: 'arch',
    config: '/etc/php/php-fpm.conf',
    ini: '/etc/php/php.ini',
    scanDir: '/etc/php/conf.d',
    binary: '/usr/bin/php-fpm',
    unit: 'php-fpm.service',
  },
  {
    ...USR,
    layout: 'arch',
    config: '/etc/php-legacy/php-fpm.conf',
    ini: '/etc/php-legacy/php.ini',
    scanDir: '/etc/php-legacy/conf.d',
    binary: '/usr/bin/php-fpm-legacy',
    unit: 'php-fpm-legacy.service',
  },
  {
    layout: 'gentoo',
    config: '/etc/php/fpm-php{version}/php-fpm.conf',
    prefix: '/usr/lib64/php{version}',
    localstatedir: '/var',
    ini: '/etc/php/fpm-php{version}/php.ini',
    scanDir: '/etc/php/fpm-php{version}/ext-active',
    binary: '/usr/lib64/php{version}/bin/php-fpm',
    unit: 'php-fpm@{version}.service',
  },
  below('/usr/local', 'docker', { ini: '/usr/local/etc/php/php.ini', scanDir: '/usr/local/etc/php/conf.d' }),
  below('/opt/plesk/php/{version}', 'plesk', { unit: 'plesk-php{digits}-fpm.service' }),
  {
    layout: 'cpanel',
    config: '/opt/cpanel/ea-php{digits}/root/etc/php-fpm.conf',
    prefix: '/opt/cpanel/ea-php{digits}/root/usr',
    localstatedir: '/opt/cpanel/ea-php{digits}/root/var',
    ini: '/opt/cpanel/ea-php{digits}/root/etc/php.ini',
    scanDir: '/opt/cpanel/ea-php{digits}/root/etc/php.d',
    binary: '/opt/cpanel/ea-php{digits}/root/usr/sbin/php-fpm',
    unit: 'ea-php{digits}-php-fpm.service',
  },
  below('/opt/alt/php{digits}', 'cloudlinux', {
    prefix: '/opt/alt/php{digits}/usr',
    binary: '/opt/alt/php{digits}/usr/sbin/php-fpm',
    unit: 'alt-php{digits}-fpm.service',
  }),
  below('/www/server/php/{digits}', 'aapanel'),
  below('/opt/bitnami/php', 'bitnami', {
    ini: '/opt/bitnami/php/lib/php.ini',
    scanDir: '/opt/bitnami/php/etc/conf.d',
  }),
  {
    layout: 'homebrew',
    config: '/opt/homebrew/etc/php/{version}/php-fpm.conf',
    prefix: '/opt/homebrew/opt/php@{version}',
    localstatedir: '/opt/homebrew/var',
    ini: '/opt/homebrew/etc/php/{version}/php.ini',
    scanDir: '/opt/homebrew/etc/php/{version}/conf.d',
    binary: '/opt/homebrew/opt/php@{version}/sbin/php-fpm',
  },
  {
    layout: 'homebrew',
    config: '/usr/local/etc/php/{version}/php-fpm.conf',
    prefix: '/usr/local/opt/php@{version}',
    localstatedir: '/usr/local/var',
    ini: '/usr/local/etc/php/{version}/php.ini',
    scanDir: '/usr/local/etc/php/{version}/conf.d',
    binary: '/usr/local/opt/php@{version}/sbin/php-fpm',
  },
  below('/usr/local/php', 'source', { scanDir: '/usr/local/php/conf.d' }),
  below('/usr/local/php{digits}', 'source', { scanDir: '/usr/local/php{digits}/lib/php.conf.d' }),
];

/** What the two placeholders of a row stand for. */
export interface LayoutVersion {
  readonly digits: string;
  /** `8.2`; absent where the digits name a major version only (`php7`). */
  readonly version?: string;
}

/** Puts a version into one of a row's texts. */
export function fillIn(text: string, { version, digits }: LayoutVersion): string {
  return text.replaceAll('{version}', version ?? digits).replaceAll('{digits}', digits);
}

const VERSION = /^[1-9]\.[0-9]{1,2}$/;
const DIGITS = /^[1-9][0-9]{0,2}$/;

/** Reads the version out of a text that a row's text describes; nothing where they do not fit. */
export function versionIn(pattern: string, text: string): LayoutVersion | undefined {
  const open = pattern.indexOf('{');
  if (open === -1) return pattern === text ? { digits: '' } : undefined;
  const close = pattern.indexOf('}', open);
  const head = pattern.slice(0, open);
  const tail = pattern.slice(close + 1);
  if (!text.startsWith(head)) return undefined;
  const slash = text.indexOf('/', open);
  const component = text.slice(open, slash === -1 ? text.length : slash);
  const sameComponent = tail.includes('/') ? tail.slice(0, tail.indexOf('/')) : tail;
  const name = component.slice(0, component.length - sameComponent.length);
  const found = readVersion(pattern.slice(open, close + 1), name);
  return found && fillIn(pattern, found) === text ? found : undefined;
}

function readVersion(placeholder: string, name: string): LayoutVersion | undefined {
  if (placeholder === '{version}') {
    return VERSION.test(name) ? { digits: name.replace('.', ''), version: name } : undefined;
  }
  if (!DIGITS.test(name)) return undefined;
  return name.length === 1
    ? { digits: name }
    : { digits: name, version: `${name.slice(0, 1)}.${name.slice(1)}` };
}
