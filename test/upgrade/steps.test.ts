import { describe, expect, test } from 'vitest';
import { type HostTree, nginx, php, pool, site, upgradeOf, www } from './hosts.ts';

const shop = nginx({ 'sites-enabled/shop': site('shop.example.com', 'unix:/run/php/php8.1-fpm.sock') });
const php81 = php('8.1', { www: www('8.1') });
const php83 = php('8.3', { www: www('8.3') });

/** The steps as `title: command && command`. */
async function steps(
  tree: HostTree,
  asked: Parameters<typeof upgradeOf>[1] = {},
): Promise<readonly string[]> {
  const { steps } = await upgradeOf(tree, asked);
  return steps.map(({ title, commands }) => [title, ...commands].join('\n'));
}

const switchNginx =
  'Point nginx at PHP 8.3\nno502 upgrade --root host --from 8.1 --to 8.3 --fix\nnginx -t && systemctl reload nginx';
const check = 'See that every pass reaches its listener\nno502 --root host';
const stop =
  'Stop PHP 8.1, once the log of nginx has been quiet for a while\nsystemctl disable --now php8.1-fpm';
const start =
  'Test php-fpm of PHP 8.3, then start it beside the old one\nphp-fpm8.3 -t\nsystemctl enable php8.3-fpm\nsystemctl reload-or-restart php8.3-fpm';

describe('the steps', () => {
  test('of an upgrade of which only nginx was forgotten are few', async () => {
    expect(await steps({ ...php83, ...shop })).toEqual([switchNginx, check]);
  });

  test('stop the old version last, where it still runs', async () => {
    expect(await steps({ ...php81, ...php83, ...shop })).toEqual([switchNginx, check, stop]);
  });

  test('install, fill and start the new version before nginx is told of it', async () => {
    const conf = { 'etc/php/8.1/fpm/conf.d/20-mysqli.ini': 'extension=mysqli.so\n' };
    expect(await steps({ ...php81, ...conf, ...shop }, { to: '8.3' })).toEqual([
      'Install PHP 8.3\napt install php8.3-fpm php8.3-mysql',
      "Give PHP 8.3 the pools that only PHP 8.1 has\nsed 's|php8\\.1|php8.3|g' /etc/php/8.1/fpm/pool.d/www.conf > /etc/php/8.3/fpm/pool.d/www.conf",
      start,
      switchNginx,
      check,
      stop,
    ]);
  });

  test('copy a pool as it is where nothing in it names a version, and warn of its address', async () => {
    const old = php('8.1', { www: www('8.1'), shop: pool('shop', '127.0.0.1:9000') });
    const { steps } = await upgradeOf({ ...old, ...php83, ...shop });
    expect(steps[0]?.commands).toEqual([
      'cp -p /etc/php/8.1/fpm/pool.d/shop.conf /etc/php/8.3/fpm/pool.d/shop.conf',
    ]);
    expect(steps[0]?.notes).toEqual([
      'shop: give its copy another address than 127.0.0.1:9000, which PHP 8.1 still holds, and nginx the same',
    ]);
  });

  test('quote what a shell would take for more than a name', async () => {
    const name = "a'; reboot #";
    const { steps } = await upgradeOf({
      ...php('8.1', { [name]: pool('a', '/run/a.sock') }),
      ...php83,
      ...shop,
    });
    expect(steps[0]?.commands[0]).toBe(
      `cp -p '/etc/php/8.1/fpm/pool.d/a'\\''; reboot #.conf' '/etc/php/8.3/fpm/pool.d/a'\\''; reboot #.conf'`,
    );
  });

  test('copy a file with several pools once', async () => {
    const two = `${pool('a', '/run/php/php8.1-a.sock')}${pool('b', '/run/php/php8.1-b.sock')}`;
    const { steps } = await upgradeOf({ ...php('8.1', { two }), ...php83, ...shop });
    expect(steps[0]?.commands).toHaveLength(1);
  });

  test('say where the new php-fpm would not start', async () => {
    const broken = php('8.3', { www: www('8.3', 'pm.max_childrn = 4\n') });
    const all = await upgradeOf({ ...php81, ...broken, ...shop }, { to: '8.3' });
    expect(all.steps.flatMap(({ notes }) => notes)).toContain(
      'it does not start as its files are: no502 tells why',
    );
  });

  test('reload what else was told of the old version', async () => {
    const more = {
      'etc/systemd/system/queue.service': '[Service]\nExecStart=/usr/bin/php8.1 artisan\n',
      'etc/supervisor/conf.d/queue.conf': 'command=/usr/bin/php8.1 artisan\n',
      'etc/alternatives/php': { link: '/usr/bin/php8.1' },
    };
    expect((await steps({ ...php83, ...shop, ...more }))[1]).toBe(
      'Move the rest to PHP 8.3\nsystemctl daemon-reload\nsupervisorctl reread && supervisorctl update\nupdate-alternatives --set php /usr/bin/php8.3',
    );
  });

  test.each([
    [
      'Remi',
      'etc/opt/remi/php81/php-fpm.conf',
      'Install PHP 8.3\ndnf install php83-php-fpm',
      '/opt/remi/php83/root/usr/sbin/php-fpm -t\nsystemctl enable php83-php-fpm\nsystemctl reload-or-restart php83-php-fpm',
    ],
    [
      'Alpine',
      'etc/php81/php-fpm.conf',
      'Install PHP 8.3\napk add php83-fpm',
      '/usr/sbin/php-fpm83 -t\nrc-update add php-fpm83\nrc-service php-fpm83 restart',
    ],
  ])('have the commands of %s', async (_name, path, install, startCommands) => {
    const tree = { [path]: `[global]\n${pool('www', '/run/php81.sock')}`, ...shop };
    const [first, , third] = await steps(tree, { to: '8.3' });
    expect(first).toBe(install);
    expect(third).toBe(`Test php-fpm of PHP 8.3, then start it beside the old one\n${startCommands}`);
  });
});
