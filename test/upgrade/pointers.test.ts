import { describe, expect, test } from 'vitest';
import { type HostTree, nginx, php, pool, shown, site, upgradeOf, www } from './hosts.ts';

const php82 = php('8.2', { www: www('8.2') });
const php81 = php('8.1', { www: www('8.1') });
const both = { ...php81, ...php82 };

async function places(tree: HostTree, from = '8.1'): Promise<readonly string[]> {
  return (await upgradeOf(tree, { from, to: '8.2' })).pointers.map(shown);
}

const dead = 'nobody listens here';
const alive = 'served by the pool www of PHP 8.1';

describe('nginx points at the old version', () => {
  test('in a pass, dead or alive', async () => {
    const files = nginx({ 'sites-enabled/shop': site('shop.example.com', 'unix:/run/php/php8.1-fpm.sock') });
    const line = '=> fastcgi_pass unix:/run/php/php8.2-fpm.sock;';
    expect(await places({ ...php82, ...files })).toEqual([`etc/nginx/sites-enabled/shop:4: ${dead} ${line}`]);
    expect(await places({ ...both, ...files })).toEqual([`etc/nginx/sites-enabled/shop:4: ${alive} ${line}`]);
  });

  test('in an upstream, a map, a variable and a snippet, each at its own line and once', async () => {
    const files = nginx({
      'conf.d/php.conf':
        'upstream php {\n    server unix:/var/run/php/php8.1-fpm.sock;\n}\nmap $host $by_name {\n    default unix:/run/php/php8.1-fpm.sock;\n    new.example.com unix:/run/php/php8.2-fpm.sock;\n}\n',
      'snippets/php.conf': 'fastcgi_pass "unix:/run/php/php8.1-fpm.sock";\n',
      'sites-enabled/a': site('a.example.com', 'php').repeat(2),
      'sites-enabled/b': site('b.example.com', '$by_name'),
      'sites-enabled/c':
        'server {\n    server_name c.example.com;\n    set $php unix:/run/php/php8.1-fpm.sock;\n    location ~ \\.php$ {\n        fastcgi_pass $php;\n    }\n}\n',
      'sites-enabled/d':
        'server {\n    server_name d.example.com;\n    location ~ \\.php$ {\n        include snippets/php.conf;\n    }\n    location ~ \\.phtml$ {\n        include snippets/php.conf;\n    }\n}\n',
    });
    expect(await places({ ...php82, ...files })).toEqual([
      `etc/nginx/conf.d/php.conf:2: ${dead} => server unix:/var/run/php/php8.2-fpm.sock;`,
      `etc/nginx/conf.d/php.conf:5: ${dead} => default unix:/run/php/php8.2-fpm.sock;`,
      `etc/nginx/sites-enabled/c:3: ${dead} => set $php unix:/run/php/php8.2-fpm.sock;`,
      `etc/nginx/snippets/php.conf:1: ${dead} => fastcgi_pass "unix:/run/php/php8.2-fpm.sock";`,
    ]);
  });

  test('in an upstream that nothing uses', async () => {
    const files = nginx({
      'conf.d/php.conf': 'upstream old {\n    server unix:/run/php/php8.1-fpm.sock;\n}\n',
    });
    expect(await places({ ...php82, ...files })).toEqual([
      `etc/nginx/conf.d/php.conf:2: ${dead} => server unix:/run/php/php8.2-fpm.sock;`,
    ]);
  });

  test('in what it includes of it', async () => {
    const files = nginx({ 'conf.d/php.conf': 'include /etc/php/8.1/nginx.conf;\n' });
    expect(await places({ ...php82, ...files, 'etc/php/8.1/nginx.conf': '# nothing\n' })).toEqual([
      'etc/nginx/conf.d/php.conf:1: a file of PHP 8.1 -> include /etc/php/8.2/nginx.conf;',
    ]);
  });

  test('in what it cannot include any more, because the version is gone', async () => {
    const files = nginx({ 'conf.d/php.conf': 'include /etc/php/8.1/nginx.conf;\n' });
    expect(await places({ ...php82, ...files })).toEqual([
      'etc/nginx/conf.d/php.conf:1: a file of PHP 8.1 -> include /etc/php/8.2/nginx.conf;',
    ]);
  });

  test('by an address that names no version', async () => {
    const files = nginx({ 'sites-enabled/shop': site('shop.example.com', '127.0.0.1:9000') });
    const old = php('8.1', { shop: pool('shop', '9000') });
    expect(await places({ ...old, ...php82, ...files })).toEqual([
      'etc/nginx/sites-enabled/shop:4: served by the pool shop of PHP 8.1',
    ]);
    const moved = php('8.2', { shop: pool('shop', '127.0.0.1:9082') });
    expect(await places({ ...old, ...moved, ...files })).toEqual([
      'etc/nginx/sites-enabled/shop:4: served by the pool shop of PHP 8.1 -> fastcgi_pass 127.0.0.1:9082;',
    ]);
  });

  test('and is left alone where the pool is not there yet, is elsewhere, or runs as another user', async () => {
    const files = nginx({ 'sites-enabled/shop': site('shop.example.com', 'unix:/run/php/php8.1-shop.sock') });
    const old = php('8.1', { shop: pool('shop', '/run/php/php8.1-shop.sock') });
    const note = async (tree: HostTree) => (await upgradeOf(tree)).pointers.map((pointer) => pointer.note);
    expect(await note({ ...old, ...php82, ...files })).toEqual(['once a pool of PHP 8.2 listens there']);
    const elsewhere = php('8.2', { shop: pool('shop', '/run/shop.sock') });
    expect(await note({ ...old, ...elsewhere, ...files })).toEqual([
      'the pool shop of PHP 8.2 listens there',
    ]);
    const other = php('8.2', {
      shop: pool('shop', '/run/php/php8.2-shop.sock').replace('= www-data', '= shop'),
    });
    expect(await note({ ...old, ...other, ...files })).toEqual([
      'the pool shop of PHP 8.2 runs as shop, that of PHP 8.1 as www-data',
    ]);
  });
});

describe('nginx does not point at the old version', () => {
  test('where only names, comments and logs have it', async () => {
    const files = nginx({
      'conf.d/php81.conf':
        '# was unix:/run/php/php8.1-fpm.sock\nupstream php81 {\n    server unix:/run/php/php8.2-fpm.sock;\n}\n',
      'sites-enabled/shop': site('shop.example.com', 'php81').replace(
        'location',
        'access_log /var/log/nginx/php8.1.log;\n    location',
      ),
    });
    expect(await places({ ...php82, ...files })).toEqual([]);
  });

  test('where the new version listens under the old name', async () => {
    const files = nginx({ 'sites-enabled/shop': site('shop.example.com', 'unix:/run/php/php8.1-fpm.sock') });
    expect(await places({ ...php('8.2', { www: www('8.1') }), ...files })).toEqual([]);
  });

  test('in a site that is not enabled, and in a server that is marked down', async () => {
    const files = nginx({
      'sites-available/shop': site('shop.example.com', 'unix:/run/php/php8.1-fpm.sock'),
      'conf.d/php.conf':
        'upstream php {\n    server unix:/run/php/php8.2-fpm.sock;\n    server unix:/run/php/php8.1-fpm.sock down;\n}\n',
      'sites-enabled/shop': site('shop.example.com', 'php'),
    });
    expect(await places({ ...php82, ...files })).toEqual([]);
  });
});

describe('files of the new version point at the old one', () => {
  test('in an include, a pid file and an extension', async () => {
    const tree = {
      ...php82,
      'etc/php/8.2/fpm/php-fpm.conf':
        '[global]\npid = /run/php/php8.1-fpm.pid\ninclude=/etc/php/8.1/fpm/pool.d/*.conf\ninclude=/etc/php/8.2/fpm/pool.d/*.conf\n',
      'etc/php/8.2/fpm/conf.d/00-ioncube.ini':
        'zend_extension=/usr/lib/php/20210902/ioncube_loader_lin_8.1.so\n',
      'etc/php/8.1/fpm/pool.d/.keep': '',
    };
    expect(await places(tree)).toEqual([
      'etc/php/8.2/fpm/php-fpm.conf:3: PHP 8.2 reads the pools of PHP 8.1 -> include=/etc/php/8.2/fpm/pool.d/*.conf',
      'etc/php/8.2/fpm/php-fpm.conf:2: PHP 8.2 names PHP 8.1 -> pid = /run/php/php8.2-fpm.pid',
      'etc/php/8.2/fpm/conf.d/00-ioncube.ini:1: built for PHP 8.1 -> zend_extension=/usr/lib/php/20220829/ioncube_loader_lin_8.2.so',
    ]);
  });
});

describe('other programs point at the old version', () => {
  const line = (path: string, text: string) => places({ ...php82, [path]: text });

  test.each([
    [
      'etc/cron.d/shop',
      '* * * * * shop /usr/bin/php8.1 /srv/cron.php',
      '* * * * * shop /usr/bin/php8.2 /srv/cron.php',
    ],
    ['etc/crontab', '0 3 * * * root php8.1 /srv/a.php', '0 3 * * * root php8.2 /srv/a.php'],
    ['var/spool/cron/crontabs/shop', '@daily php8.1 a.php', '@daily php8.2 a.php'],
    [
      'etc/systemd/system/queue.service',
      'ExecStart=/usr/bin/php8.1 artisan',
      'ExecStart=/usr/bin/php8.2 artisan',
    ],
    ['etc/systemd/system/report.timer', 'Unit=php8.1-report.service', 'Unit=php8.2-report.service'],
    ['etc/systemd/system/nginx.service.d/order.conf', 'After=php8.1-fpm.service', 'After=php8.2-fpm.service'],
    ['etc/logrotate.d/pools', '/var/log/php8.1-shop.log {}', '/var/log/php8.2-shop.log {}'],
    ['etc/supervisor/conf.d/queue.conf', 'command=php8.1 artisan', 'command=php8.2 artisan'],
    [
      'etc/sudoers.d/deploy',
      'deploy ALL=NOPASSWD: /bin/systemctl reload php8.1-fpm',
      'deploy ALL=NOPASSWD: /bin/systemctl reload php8.2-fpm',
    ],
    ['usr/local/bin/deploy', 'systemctl reload php8.1-fpm', 'systemctl reload php8.2-fpm'],
  ])('in %s', async (path, text, renamed) => {
    expect(await line(path, `# PHP\n${text}\n`)).toEqual([`${path}:2: names PHP 8.1 -> ${renamed}`]);
  });

  test('by the link that php on the command line is', async () => {
    expect(await places({ ...php82, 'etc/alternatives/php': { link: '/usr/bin/php8.1' } })).toEqual([
      'etc/alternatives/php:1: the link leads to PHP 8.1 -> /usr/bin/php8.2',
    ]);
  });

  test('by a drop-in of its service, unless the new one has the same', async () => {
    const dropIn = 'etc/systemd/system/php8.1-fpm.service.d/limits.conf';
    const tree = { ...php82, [dropIn]: '[Service]\nLimitNOFILE=65536\n' };
    expect(await places(tree)).toEqual([`${dropIn}:2: holds for the service of PHP 8.1 only`]);
    expect(
      await places({ ...tree, [dropIn.replace('8.1', '8.2')]: '[Service]\nLimitNOFILE=65536\n' }),
    ).toEqual([]);
  });

  test('but not by what its packages bring, by comments, by programs and by links to packaged units', async () => {
    expect(
      await places({
        ...php82,
        'etc/logrotate.d/php8.1-fpm': '/var/log/php8.1-fpm.log {\n}\n',
        'etc/cron.d/old': '#* * * * * root php8.1 /srv/a.php\n',
        'etc/systemd/system/php8.1-fpm.service': '[Service]\nExecStart=/usr/sbin/php-fpm8.1\n',
        'etc/systemd/system/shop.service': { link: '/lib/systemd/system/shop.service' },
        'lib/systemd/system/shop.service': '[Unit]\nAfter=php8.1-fpm.service\n',
        'usr/local/bin/tool': Buffer.from('\u007fELF\u0000php8.1'),
        'usr/local/bin/large': 'php8.1\n'.repeat(200_000),
        'etc/cron.d/directory/file': 'php8.1',
      }),
    ).toEqual([]);
  });
});
