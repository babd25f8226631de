import { describe, expect, it } from 'vitest';
import { hostOf } from '../host-of.ts';

const pool = (name: string, listen: string): string =>
  `[${name}]\nuser = www-data\nlisten = ${listen}\nlisten.owner = www-data\npm = static\npm.max_children = 1\n`;

/** The state of the first pass of a server that holds these lines, with the pool listening as told. */
async function linkOf(location: string, listen: string, more: Record<string, string> = {}): Promise<string> {
  const host = await hostOf({
    'etc/nginx/sites-enabled/shop': `server {\n  ${location}\n}\n`,
    'etc/php/8.2/fpm/pool.d/www.conf': pool('www', listen),
    ...more,
  });
  return host.links[0]?.state ?? 'no link';
}

const php = (target: string): string => `location ~ \\.php$ { fastcgi_pass ${target}; }`;

describe('a FastCGI pass for PHP', () => {
  it.each([
    ['unix:/run/php/www.sock', '/run/php/www.sock'],
    ['unix:/var/run/php/www.sock', '/run/php/www.sock'],
    ['unix:/run//php/./www.sock', '/var/run/php/www.sock'],
    ['unix:/run/php/www.sock', '/run/php/$pool.sock'],
    ['unix:/run/php/www.sock', '"/run/php/www.sock"'],
    ['127.0.0.1:9000', '9000'],
    ['[::1]:9000', '9000'],
    ['127.0.0.1:9000', '0.0.0.0:9000'],
    ['127.0.0.1:9000', '[::]:9000'],
    ['localhost:9000', '127.0.0.1:9000'],
    ['LOCALHOST:9000', '127.0.0.1:9000'],
    ['127.0.0.1:9000', '127.0.0.1:9000'],
  ])('%s reaches listen = %s', async (target, listen) => {
    expect(await linkOf(php(target), listen)).toBe('found');
  });

  it.each([
    ['unix:/run/php/www.sock', '/run/php/other.sock'],
    ['unix:/run/php/www.sock', '127.0.0.1:9000'],
    ['127.0.0.1:9000', '127.0.0.1:9001'],
    ['[::1]:9000', '0.0.0.0:9000'],
    ['127.0.0.1:9000', '[::1]:9000'],
  ])('%s misses listen = %s', async (target, listen) => {
    expect(await linkOf(php(target), listen)).toBe('missing');
  });

  it.each([
    '10.0.0.5:9000',
    'php.internal:9000',
    '$upstream',
    'unix:/run/fcgiwrap.socket',
    '127.0.0.1:$port',
  ])('%s is not judged', async (target) => {
    expect(await linkOf(php(target), '/run/php/www.sock')).toBe('unknown');
  });

  it('follows a name of the hosts file', async () => {
    const hosts = { 'etc/hosts': '127.0.0.1 localhost php.local\n' };
    expect(await linkOf(php('php.local:9000'), '127.0.0.1:9000', hosts)).toBe('found');
    expect(await linkOf(php('php.local:9000'), '127.0.0.1:9001', hosts)).toBe('missing');
  });

  it('reaches what Debian offers as php-fpm.sock: the www.conf of the highest version', async () => {
    expect(await linkOf(php('unix:/run/php/php-fpm.sock'), '/run/php/php8.2-fpm.sock')).toBe('found');
  });

  it('of an upstream is found only where every server in use is', async () => {
    const upstream = (servers: string) => ({ 'etc/nginx/conf.d/php.conf': `upstream php { ${servers} }\n` });
    expect(await linkOf(php('php'), '9000', upstream('server 127.0.0.1:9000;'))).toBe('found');
    expect(
      await linkOf(php('php'), '9000', upstream('server 127.0.0.1:9000; server 127.0.0.1:9001 down;')),
    ).toBe('found');
    expect(await linkOf(php('php'), '9000', upstream('server 127.0.0.1:9000; server 127.0.0.1:9001;'))).toBe(
      'missing',
    );
  });
});

describe('a pass for another FastCGI program', () => {
  it('is not judged, whatever the masters of php-fpm say', async () => {
    expect(await linkOf('location /cgi/ { fastcgi_pass 127.0.0.1:9010; }', '9000')).toBe('unknown');
  });
});

describe('a proxied pass', () => {
  it('reaches declared apps and servers of nginx itself', async () => {
    const host = await hostOf(
      {
        'etc/nginx/sites-enabled/app':
          'server { listen 8081; }\nserver {\n  location /a { proxy_pass http://127.0.0.1:3001; }\n  location /b { proxy_pass http://127.0.0.1:8081/; }\n  location /c { proxy_pass http://unix:/run/app.sock:/; }\n}\n',
      },
      {
        apps: [
          { name: 'api', protocol: 'http', address: { kind: 'tcp', host: '*', port: 3001 } },
          { name: 'app', protocol: 'http', address: { kind: 'unix', path: '/run/app.sock' } },
        ],
      },
    );
    expect(host.links.map(({ state }) => state)).toEqual(['found', 'found', 'found']);
  });
});
