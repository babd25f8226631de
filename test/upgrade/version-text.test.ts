import { describe, expect, test } from 'vitest';
import { versionText } from '../../src/upgrade/version-text.ts';

const text = versionText('8.1', '8.3');

describe('a text in another version', () => {
  test.each([
    ['unix:/run/php/php8.1-fpm.sock', 'unix:/run/php/php8.3-fpm.sock'],
    ['/var/run/php/php8.1-fpm-anna.sock', '/var/run/php/php8.3-fpm-anna.sock'],
    ['/var/opt/remi/php81/run/php-fpm/www.sock', '/var/opt/remi/php83/run/php-fpm/www.sock'],
    ['php81-php-fpm.service', 'php83-php-fpm.service'],
    ['/tmp/php-cgi-81.sock', '/tmp/php-cgi-83.sock'],
    ['/etc/php/8.1/fpm/pool.d/*.conf', '/etc/php/8.3/fpm/pool.d/*.conf'],
    ['/opt/plesk/php/8.1/bin/php', '/opt/plesk/php/8.3/bin/php'],
    ['ea-php81', 'ea-php83'],
    ['/run/php-fpm-8.1.sock', '/run/php-fpm-8.3.sock'],
    ['/run/php8-1.sock', '/run/php8-3.sock'],
    ['/opt/homebrew/opt/php@8.1', '/opt/homebrew/opt/php@8.3'],
    ['/opt/php8.1.27/bin/php', '/opt/php8.3.27/bin/php'],
    ['/usr/lib/php/20210902/ioncube_loader_lin_8.1.so', '/usr/lib/php/20230831/ioncube_loader_lin_8.3.so'],
    [
      '/usr/bin/php8.1 /srv/a.php; /usr/bin/php8.1 /srv/b.php',
      '/usr/bin/php8.3 /srv/a.php; /usr/bin/php8.3 /srv/b.php',
    ],
    ['PHP8.1', 'PHP8.3'],
  ])('%s', (old, renamed) => {
    expect(text.rename(old)).toBe(renamed);
  });

  test.each([
    '/run/php/php8.2-fpm.sock',
    '/run/php/php8.10-fpm.sock',
    '/run/php/php811.sock',
    '/run/php/php-fpm.sock',
    'php8',
    '127.0.0.1:8181',
    '192.168.1.8.1',
    'version 8.1 of something else',
    '/var/backups/20210902.tar',
  ])('leaves %s alone', (other) => {
    expect(text.mentions(other)).toEqual([]);
    expect(text.rename(other)).toBe(other);
  });

  test('takes two digits of a minor version, and the way back', () => {
    expect(versionText('7.4', '8.10').rename('php7.4-fpm, php74')).toBe('php8.10-fpm, php810');
    expect(versionText('8.3', '7.4').rename('/run/php/php8.3-fpm.sock')).toBe('/run/php/php7.4-fpm.sock');
  });

  test('costs no more than its length, whatever it holds', () => {
    const long = 'php-fpm-php/_@'.repeat(20_000);
    const before = performance.now();
    expect(text.mentions(long)).toEqual([]);
    expect(performance.now() - before).toBeLessThan(1000);
  });
});
