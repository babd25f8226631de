import { describe, expect, it } from 'vitest';
import { scriptEffects } from '../../../src/load/compose/script-effects.ts';
import { known } from '../../../src/syntax/compose/given.ts';

const source = { path: '/Dockerfile', file: 'Dockerfile', text: '', encoding: 'utf8' } as const;
const values = new Map([['PHP_INI_DIR', known('/usr/local/etc/php', { source, start: 0, end: 0 })]]);

function changed(script: string): string {
  const { paths, removed, anything } = scriptEffects(script, '/var/www/html', values);
  if (anything !== undefined) return `anything: ${anything}`;
  return [...paths, ...removed.map((path) => `-${path}`)].join(' ');
}

describe('what a script may change', () => {
  it.each([
    ['set -eux; true', ''],
    [
      'apt-get update && apt-get install -y git unzip && rm -rf /var/lib/apt/lists/*',
      '/etc/git /etc/unzip -/var/lib/apt/lists/*',
    ],
    ['docker-php-ext-install -j$(nproc) pdo_mysql', '/usr/local/etc/php/conf.d'],
    ['apk add --no-cache $PHPIZE_DEPS && pecl install redis', '/etc/redis /etc/passwd /etc/group /run'],
    ['apt-get install -y php8.2-fpm', '/etc/php8.2-fpm /etc/php /etc/passwd /etc/group /run'],
    [
      'mv "$PHP_INI_DIR/php.ini-production" "$PHP_INI_DIR/php.ini"',
      '/usr/local/etc/php/php.ini-production /usr/local/etc/php/php.ini',
    ],
    [
      'sed -i s/9000/9001/ /usr/local/etc/php-fpm.d/zz-docker.conf',
      '/var/www/html/s/9000/9001 /usr/local/etc/php-fpm.d/zz-docker.conf',
    ],
    ['echo "listen = 9001" > /usr/local/etc/php-fpm.d/zzz.conf', '/usr/local/etc/php-fpm.d/zzz.conf'],
    ['{ echo a; echo b; } | tee php-fpm.conf > /dev/null', '/var/www/html/php-fpm.conf'],
    ['cd /etc/nginx && rm conf.d/default.conf', '-/etc/nginx/conf.d/default.conf'],
    ['rm -f /etc/nginx/conf.d/* /etc/nginx/*.x', '-/etc/nginx/conf.d/* -/etc/nginx/*.x'],
    ['rm -f /etc/*/x', '/etc'],
    ['cp a /etc/a && rm -r /etc/a', '/var/www/html/a /etc/a'],
    ['usermod -u 1000 www-data', '/etc/passwd /etc/group'],
    ['mkdir -p /run/php && chown www-data /run/php', '/run/php'],
    ['chown -R www-data:www-data /var/www', ''],
    ['composer install --no-dev', '/var/www/html'],
    ['sh -c "rm /etc/nginx/nginx.conf"', '/etc/nginx/nginx.conf'],
    ['if [ -f x ]; then rm /etc/a; fi', '/etc/a'],
    ['exec nginx -g "daemon off;"', ''],
    ['envsubst < /t > /etc/nginx/conf.d/default.conf && nginx', '/etc/nginx/conf.d/default.conf'],
    ['./configure && make install', 'anything: it runs "./configure"'],
    ['phpize && ./configure && make && make install', ''],
    ['curl -sL https://deb.nodesource.com/setup_20.x | bash -', '/var/www/html'],
    ['curl -sL https://example.com/setup.sh | bash -', 'anything: it runs the script "-"'],
    ['cd /etc/nginx && tar xzf /tmp/a.tgz', '/etc/nginx /etc/nginx/xzf /tmp/a.tgz'],
    ['cp a $TARGET', 'anything: it writes to "$TARGET"'],
    ['/setup.sh', 'anything: it runs "/setup.sh"'],
    ['bash /setup.sh', 'anything: it runs the script "/setup.sh"'],
  ])('%s', (script, expected) => {
    expect(changed(script)).toBe(expected);
  });

  it('ends on shells in shells', () => {
    let script = 'true';
    for (let depth = 0; depth < 8; depth++) script = `sh -c '${script.replaceAll("'", "'\\''")}'`;
    expect(changed(script)).toContain('anything');
  });
});
