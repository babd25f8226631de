import { describe, expect, test } from 'vitest';
import { fpmIncluder } from '../../src/load/fpm-include.ts';
import { memoryFileSystem } from '../../src/load/memory-file-system.ts';
import { findMasters } from '../../src/load/php.ts';
import { LAYOUTS, versionIn } from '../../src/load/php-layouts.ts';
import { openRoot, type Root } from '../../src/load/root.ts';
import { serviceState } from '../../src/load/systemd-units.ts';

type Tree = Parameters<typeof memoryFileSystem>[0];

function rootOf(tree: Tree): Root {
  const inside = Object.entries(tree).map(([path, entry]) => [`/host${path}`, entry] as const);
  return openRoot(memoryFileSystem(Object.fromEntries(inside)), '/host', '/host');
}

const unit = (execStart: string, more = ''): string =>
  `[Unit]\nDescription=x\n[Service]\n${more}ExecStart=${execStart}\n`;

describe('masters in the places of the packages', () => {
  test.each([
    ['/etc/php/8.2/fpm/php-fpm.conf', 'debian', '8.2', '/usr', '/etc/php/8.2/fpm/php.ini'],
    ['/etc/php5/fpm/php-fpm.conf', 'debian', '5.6', '/usr', '/etc/php5/fpm/php.ini'],
    ['/etc/php-fpm.conf', 'rhel', undefined, '/usr', '/etc/php.ini'],
    [
      '/etc/opt/remi/php83/php-fpm.conf',
      'remi',
      '8.3',
      '/opt/remi/php83/root/usr',
      '/etc/opt/remi/php83/php.ini',
    ],
    [
      '/opt/remi/php56/root/etc/php-fpm.conf',
      'remi',
      '5.6',
      '/opt/remi/php56/root/usr',
      '/opt/remi/php56/root/etc/php.ini',
    ],
    ['/etc/php82/php-fpm.conf', 'alpine', '8.2', '/usr', '/etc/php82/php.ini'],
    ['/etc/php7/php-fpm.conf', 'alpine', undefined, '/usr', '/etc/php7/php.ini'],
    ['/etc/php/php-fpm.conf', 'arch', undefined, '/usr', '/etc/php/php.ini'],
    ['/etc/php/fpm-php8.2/php-fpm.conf', 'gentoo', '8.2', '/usr/lib64/php8.2', '/etc/php/fpm-php8.2/php.ini'],
    ['/etc/php8/fpm/php-fpm.conf', 'suse', undefined, '/usr', '/etc/php8/fpm/php.ini'],
    ['/usr/local/etc/php-fpm.conf', 'docker', undefined, '/usr/local', '/usr/local/etc/php/php.ini'],
    [
      '/opt/plesk/php/8.1/etc/php-fpm.conf',
      'plesk',
      '8.1',
      '/opt/plesk/php/8.1',
      '/opt/plesk/php/8.1/etc/php.ini',
    ],
    [
      '/opt/cpanel/ea-php81/root/etc/php-fpm.conf',
      'cpanel',
      '8.1',
      '/opt/cpanel/ea-php81/root/usr',
      '/opt/cpanel/ea-php81/root/etc/php.ini',
    ],
    [
      '/opt/alt/php74/etc/php-fpm.conf',
      'cloudlinux',
      '7.4',
      '/opt/alt/php74/usr',
      '/opt/alt/php74/etc/php.ini',
    ],
    [
      '/www/server/php/74/etc/php-fpm.conf',
      'aapanel',
      '7.4',
      '/www/server/php/74',
      '/www/server/php/74/etc/php.ini',
    ],
    [
      '/opt/bitnami/php/etc/php-fpm.conf',
      'bitnami',
      undefined,
      '/opt/bitnami/php',
      '/opt/bitnami/php/lib/php.ini',
    ],
    [
      '/opt/homebrew/etc/php/8.4/php-fpm.conf',
      'homebrew',
      '8.4',
      '/opt/homebrew/opt/php@8.4',
      '/opt/homebrew/etc/php/8.4/php.ini',
    ],
    ['/usr/local/php/etc/php-fpm.conf', 'source', undefined, '/usr/local/php', '/usr/local/php/etc/php.ini'],
    [
      '/usr/local/php83/etc/php-fpm.conf',
      'source',
      '8.3',
      '/usr/local/php83',
      '/usr/local/php83/etc/php.ini',
    ],
  ])('%s', (configPath, layout, phpVersion, prefix, iniFile) => {
    const { masters, unresolved } = findMasters(rootOf({ [configPath]: '[global]\n' }));
    expect(unresolved).toEqual([]);
    expect(masters).toMatchObject([{ configPath, layout, prefix, iniFile }]);
    expect(masters[0]?.phpVersion).toBe(phpVersion);
  });

  test('several versions, in the order of their numbers; other directories are no versions', () => {
    const tree = ['8.10', '8.2', '7.4', 'mods', '8.2.bak'].map(
      (name) => [`/etc/php/${name}/fpm/php-fpm.conf`, ''] as const,
    );
    const { masters } = findMasters(rootOf(Object.fromEntries(tree)));
    expect(masters.map(({ phpVersion }) => phpVersion)).toEqual(['7.4', '8.2', '8.10']);
  });

  test('one file under two names is one master', () => {
    const { masters } = findMasters(
      rootOf({
        '/etc/php/8.2/fpm/php-fpm.conf': '',
        '/etc/php-fpm.conf': { link: '/etc/php/8.2/fpm/php-fpm.conf' },
      }),
    );
    expect(masters).toHaveLength(1);
  });

  test('every row names its paths with one version throughout', () => {
    for (const row of LAYOUTS) {
      const isFree = !row.config.includes('{');
      for (const text of [row.prefix, row.ini, row.scanDir]) if (isFree) expect(text).not.toContain('{');
    }
    expect(versionIn('/opt/cpanel/ea-php{digits}/root/x', '/opt/cpanel/ea-php81/root/x')).toEqual({
      digits: '81',
      version: '8.1',
    });
    expect(versionIn('/usr/sbin/php-fpm{version}', '/usr/sbin/php-fpm8')).toBeUndefined();
  });
});

describe('masters that units start', () => {
  test("a unit's own file, with what its binary has built in", () => {
    const { masters } = findMasters(
      rootOf({
        '/srv/shop/fpm.conf': '[shop]\n',
        '/etc/systemd/system/shop.service': unit(
          '/usr/sbin/php-fpm8.2 --nodaemonize \\\n  --fpm-config /srv/shop/fpm.conf -p /srv/shop',
          'User=shop\n',
        ),
        '/etc/systemd/system/multi-user.target.wants/shop.service': {
          link: '/etc/systemd/system/shop.service',
        },
      }),
    );
    expect(masters).toEqual([
      {
        configPath: '/srv/shop/fpm.conf',
        layout: 'custom',
        phpVersion: '8.2',
        prefix: '/srv/shop',
        localstatedir: '/var',
        iniFile: '/etc/php/8.2/fpm/php.ini',
        scanDir: '/etc/php/8.2/fpm/conf.d',
        binaryHint: '/usr/sbin/php-fpm8.2',
        service: { unit: 'shop.service', state: 'enabled', user: 'shop' },
      },
    ]);
  });

  test.each([
    ['-y /srv/f.conf'],
    ['-y/srv/f.conf'],
    ['--fpm-config=/srv/f.conf'],
    ['-F --fpm-config "/srv/f.conf"'],
  ])('php-fpm %s', (options) => {
    const { masters } = findMasters(
      rootOf({
        '/srv/f.conf': '',
        '/etc/systemd/system/a.service': unit(`-/opt/own/sbin/php-fpm ${options}`),
      }),
    );
    expect(masters).toMatchObject([{ configPath: '/srv/f.conf', binaryHint: '/opt/own/sbin/php-fpm' }]);
  });

  test('an instance of a template that is enabled', () => {
    const { masters } = findMasters(
      rootOf({
        '/etc/php/8.2/fpm/php-fpm-shop.conf': '',
        '/etc/systemd/system/php-fpm@.service': unit(
          '/usr/sbin/php-fpm8.2 -y /etc/php/8.2/fpm/php-fpm-%i.conf',
        ),
        '/etc/systemd/system/multi-user.target.wants/php-fpm@shop.service': {
          link: '/etc/systemd/system/php-fpm@.service',
        },
      }),
    );
    expect(masters).toMatchObject([
      { configPath: '/etc/php/8.2/fpm/php-fpm-shop.conf', service: { state: 'enabled' } },
    ]);
  });

  test('a drop-in replaces the command', () => {
    const { masters } = findMasters(
      rootOf({
        '/etc/php/8.2/fpm/php-fpm.conf': '',
        '/srv/other.conf': '',
        '/usr/lib/systemd/system/php8.2-fpm.service': unit(
          '/usr/sbin/php-fpm8.2 --fpm-config /etc/php/8.2/fpm/php-fpm.conf',
        ),
        '/etc/systemd/system/php8.2-fpm.service.d/override.conf':
          '[Service]\nExecStart=\nExecStart=/usr/sbin/php-fpm8.2 -y /srv/other.conf\n',
      }),
    );
    expect(masters.map(({ configPath }) => configPath)).toEqual([
      '/etc/php/8.2/fpm/php-fpm.conf',
      '/srv/other.conf',
    ]);
  });

  test('a file that is not known leaves the host incomplete', () => {
    const { masters, unresolved } = findMasters(
      rootOf({ '/etc/systemd/system/a.service': unit('/usr/sbin/php-fpm8.2 -y $CONFIG') }),
    );
    expect(masters).toEqual([]);
    expect(unresolved).toEqual([{ place: 'a.service', why: 'its configuration file is $CONFIG' }]);
  });
});

test('a directory that may not be listed leaves the host incomplete', () => {
  const memory = memoryFileSystem({ '/etc/php/8.2/fpm/php-fpm.conf': '' });
  const readDirectory = (path: string): readonly string[] => {
    if (path === '/etc/php') throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    return memory.readDirectory(path);
  };
  expect(findMasters(openRoot({ ...memory, readDirectory }, '/', '/'))).toMatchObject({
    masters: [],
    unresolved: [{ place: '/etc/php', why: 'Permission denied' }, { place: '/etc/php' }],
  });
});

describe('whether a service runs', () => {
  const library = { '/usr/lib/systemd/system/cron.service': '' };

  test.each([
    ['masked', { '/etc/systemd/system/php8.1-fpm.service': { link: '/dev/null' } }],
    ['disabled', { '/usr/lib/systemd/system/php8.1-fpm.service': '' }],
    [
      'enabled',
      {
        '/usr/lib/systemd/system/php8.1-fpm.service': '',
        '/etc/systemd/system/multi-user.target.wants/php8.1-fpm.service': { link: '/x' },
      },
    ],
    ['missing', {}],
  ] as const)('%s', (state, tree) => {
    expect(serviceState(rootOf({ ...library, ...tree }), 'php8.1-fpm.service')).toBe(state);
  });

  test('without any units nothing is known', () => {
    expect(serviceState(rootOf({ '/etc/php/8.1/fpm/php-fpm.conf': '' }), 'php8.1-fpm.service')).toBe(
      'unknown',
    );
  });

  test('units of /lib are those of /usr/lib', () => {
    const tree = { '/usr/lib/systemd/system/php8.1-fpm.service': '', '/lib': { link: 'usr/lib' } };
    expect(serviceState(rootOf(tree), 'php8.1-fpm.service')).toBe('disabled');
  });
});

describe("php-fpm's includes", () => {
  const from = { path: '/x', file: 'x', text: '', encoding: 'utf8' } as const;
  const include = (tree: Tree, pattern: string) =>
    fpmIncluder(rootOf({ '/usr/bin/x': '', ...tree })).include(pattern, from);

  test('files in order, directories passed over', () => {
    const found = include({ '/e/b.conf': 'b', '/e/a.conf': 'a', '/e/dir.conf/x': '' }, '/e/*.conf');
    expect(found).toMatchObject({ kind: 'files', sources: [{ text: 'a' }, { text: 'b' }] });
  });

  test('nothing matches, or the directory is not there', () => {
    expect(include({ '/e/x': '' }, '/e/*.conf')).toEqual({ kind: 'no-match' });
    expect(include({}, '/none/x.conf')).toEqual({ kind: 'no-match' });
    expect(include({}, '/none/*.conf')).toEqual({ kind: 'glob-error', ret: 2 });
    expect(include({ '/e/x': '' }, '/e/x/*.conf')).toEqual({ kind: 'no-match' });
  });

  test('a link that leads nowhere cannot be opened', () => {
    expect(include({ '/e/a.conf': { link: '/gone' } }, '/e/*.conf')).toEqual({
      kind: 'unreadable',
      path: '/e/a.conf',
      errno: 2,
      message: 'No such file or directory',
    });
  });

  test('what only no502 cannot read is kept apart', () => {
    const includer = fpmIncluder(rootOf({ '/e/a.conf': { denied: true }, '/e/b.conf': 'b' }));
    expect(includer.include('/e/*.conf', from)).toMatchObject({ kind: 'files', sources: [{ text: 'b' }] });
    expect(includer.unread).toMatchObject([{ kind: 'denied', path: '/e/a.conf' }]);
  });

  test('outside of what was given nothing is proved', () => {
    const includer = fpmIncluder(rootOf({ '/etc/php/8.2/fpm/php-fpm.conf': '' }));
    expect(includer.include('/srv/pools/*.conf', from)).toMatchObject({ kind: 'unknown' });
    expect(includer.include('/srv/pools/x.conf', from)).toMatchObject({ kind: 'unknown' });
  });
});
