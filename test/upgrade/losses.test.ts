import { describe, expect, test } from 'vitest';
import { type HostTree, nginx, php, pool, site, upgradeOf, www } from './hosts.ts';

const php81 = php('8.1', { www: www('8.1') });
const php82 = php('8.2', { www: www('8.2') });

describe('pools that only the old version has', () => {
  const anna = pool('anna', '/run/php/php8.1-fpm-$pool.sock').replace(
    '= www-data',
    '= anna\ngroup = www-data',
  );
  const lost = async (tree: HostTree) => (await upgradeOf(tree)).lostPools.map(({ at: _, ...rest }) => rest);

  test('are named with their users, sockets and visitors', async () => {
    const files = nginx({
      'sites-enabled/anna': site('anna.example.com', 'unix:/run/php/php8.1-fpm-anna.sock'),
    });
    expect(await lost({ ...php('8.1', { www: www('8.1'), anna }), ...php82, ...files })).toEqual([
      {
        name: 'anna',
        target: '/etc/php/8.2/fpm/pool.d/anna.conf',
        user: 'anna:www-data',
        listen: '/run/php/php8.1-fpm-anna.sock',
        newListen: '/run/php/php8.2-fpm-anna.sock',
        collides: false,
        affects: ['visitors of anna.example.com'],
      },
    ]);
  });

  test('are none where another one has taken their place', async () => {
    expect(await lost({ ...php81, ...php82 })).toEqual([]);
    const renamed = php('8.2', { main: pool('main', '/run/php/php8.2-fpm.sock') });
    expect(await lost({ ...php81, ...renamed })).toEqual([]);
  });

  test('cannot both hold an address without a version', async () => {
    const shop = pool('shop', '127.0.0.1:9000');
    const [found] = await lost({ ...php('8.1', { shop }), ...php82 });
    expect(found).toMatchObject({ name: 'shop', collides: true });
  });
});

describe('what was changed by hand', () => {
  const changes = async (tree: HostTree) => {
    const { poolChanges, phpValues, phpValuesUnknown } = await upgradeOf(tree, { from: '8.1', to: '8.2' });
    const all = [...poolChanges, ...phpValues].map(
      ({ name, value, now }) => `${name}: ${value} -> ${now?.value ?? 'not set'}`,
    );
    return phpValuesUnknown === undefined ? all : [...all, phpValuesUnknown];
  };

  test('in a pool that both have', async () => {
    const tuned = php('8.1', {
      www: www('8.1', 'php_admin_value[memory_limit] = 512M\n').replace('= 4', '= 50'),
    });
    expect(await changes({ ...tuned, ...php82 })).toEqual([
      'pm.max_children: 50 -> 4',
      'php_admin_value[memory_limit]: 512M -> not set',
    ]);
  });

  test('in php.ini and conf.d, whichever way a value is written', async () => {
    const old = php(
      '8.1',
      { www: www('8.1') },
      'memory_limit = 512M\nexpose_php = Off\ndate.timezone = UTC\n',
    );
    const now = php('8.2', { www: www('8.2') }, 'memory_limit = 128M\nexpose_php = 0\n');
    const extra = { 'etc/php/8.1/fpm/conf.d/99-local.ini': 'post_max_size = 64M\n' };
    expect(await changes({ ...old, ...now, ...extra })).toEqual([
      'memory_limit: 512M -> 128M',
      'date.timezone: UTC -> not set',
      'post_max_size: 64M -> not set',
    ]);
  });

  test('is not what distributions change, or what only names the version', async () => {
    const stock =
      'error_reporting = E_ALL & ~E_DEPRECATED & ~E_STRICT\nlog_errors_max_len = 1024\nmysqli.reconnect = Off\nmail.add_x_header = On\nserialize_precision = 17\n';
    const old = php('8.1', { www: www('8.1') }, `${stock}session.save_path = /var/lib/php/8.1/sessions\n`);
    const now = php(
      '8.2',
      { www: www('8.2') },
      'error_reporting = E_ALL & ~E_DEPRECATED\nmail.add_x_header = Off\nserialize_precision = -1\nsession.save_path = /var/lib/php/8.2/sessions\n',
    );
    expect(await changes({ ...old, ...now })).toEqual([]);
  });

  test("is certain where the package's own php.ini is there, even before the new version is", async () => {
    const old = php('8.1', { www: www('8.1') }, 'memory_limit = 512M\nmax_execution_time = 30\n');
    const reference = {
      'usr/lib/php/8.1/php.ini-production': 'memory_limit = 128M\nmax_execution_time = 30\n',
    };
    const { phpValues } = await upgradeOf({ ...old, ...reference }, { to: '8.4' });
    expect(phpValues.map(({ name }) => name)).toEqual(['memory_limit']);
    expect((await upgradeOf(old, { to: '8.4' })).phpValuesUnknown).toBe(
      'there is no php.ini of PHP 8.4 yet to compare that of PHP 8.1 with',
    );
  });

  test('is not known of a version that is gone', async () => {
    expect(await changes(php82)).toEqual(['the php.ini of PHP 8.1 was not found']);
  });
});

describe('settings that the new version does not take', () => {
  const refusals = async (tree: HostTree, from = '7.4', to = '8.2') =>
    (await upgradeOf(tree, { from, to })).refusals.map(
      ({ name, effect, why }) => `${name} ${effect}: ${why}`,
    );

  test('of php.ini are refused where PHP says so, and ignored else', async () => {
    const old = php(
      '7.4',
      { www: www('7.4') },
      'track_errors = On\nmbstring.func_overload = 2\nmemory_limit = 1G\n',
    );
    expect(await refusals({ ...old, ...php82 })).toEqual([
      'track_errors refuses: removed in PHP 8.0',
      'mbstring.func_overload ignores: removed in PHP 8.0',
    ]);
  });

  test('of pools are ignored', async () => {
    const old = php('7.4', { www: www('7.4', 'php_admin_flag[track_errors] = on\n') });
    expect(await refusals({ ...old, ...php82 })).toEqual(['track_errors ignores: removed in PHP 8.0']);
  });

  test('are only those of the way between the two', async () => {
    const old = php('8.1', { www: www('8.1') }, 'track_errors = On\nmysqli.reconnect = On\n');
    expect(await refusals({ ...old, ...php82 }, '8.1')).toEqual([
      'mysqli.reconnect ignores: removed in PHP 8.2',
    ]);
  });

  test('are what php-fpm itself would refuse, in its words', async () => {
    const newer = php('8.2', { www: www('8.2', 'pm.status_listen = 127.0.0.1:9001\n') });
    const older = php('7.4', { www: www('7.4') });
    expect(await refusals({ ...newer, ...older }, '8.2', '7.4')).toEqual([
      "pm.status_listen refuses: [/etc/php/8.2/fpm/pool.d/www.conf:7] unknown entry 'pm.status_listen'",
    ]);
  });
});

describe('extensions', () => {
  const load = (version: string, ...names: readonly string[]): HostTree => ({
    [`etc/php/${version}/fpm/conf.d/20-all.ini`]: names.map((name) => `extension=${name}\n`).join(''),
  });
  const missing = async (tree: HostTree, to: string) =>
    (await upgradeOf(tree, { from: '7.4', to })).extensions.map(({ at: _, ...rest }) => rest);

  test('that are missing are named with their packages', async () => {
    const php74 = {
      ...php('7.4', { www: www('7.4') }),
      ...load('7.4', 'pdo_mysql.so', 'curl', 'redis.so', 'json.so'),
    };
    expect(await missing({ ...php74, ...php82, ...load('8.2', 'curl.so') }, '8.2')).toEqual([
      { name: 'pdo_mysql', package: 'php8.2-mysql' },
      { name: 'redis', package: 'php8.2-redis' },
    ]);
  });

  test('that come with every php-fpm are not named before it is installed', async () => {
    const php74 = { ...php('7.4', { www: www('7.4') }), ...load('7.4', 'ctype.so', 'gd.so') };
    expect(await missing(php74, '8.2')).toEqual([{ name: 'gd', package: 'php8.2-gd' }]);
    expect(await missing({ ...php74, ...php82 }, '8.2')).toEqual([
      { name: 'ctype', package: 'php8.2-common' },
      { name: 'gd', package: 'php8.2-gd' },
    ]);
  });

  test('that PHP no longer brings say so', async () => {
    const php74 = { ...php('7.4', { www: www('7.4') }), ...load('7.4', 'imap.so') };
    expect(await missing(php74, '8.4')).toEqual([
      {
        name: 'imap',
        package: 'php8.4-imap',
        note: 'no part of PHP since 8.4: it is a package of its own',
      },
    ]);
  });
});
