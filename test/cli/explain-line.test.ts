import { describe, expect, test } from 'vitest';
import { main } from '../../src/main.ts';
import { fakeIo } from './fake-io.ts';

const missing =
  'connect() to unix:/run/php/php8.1-fpm.sock failed (2: No such file or directory) while connecting to upstream';

/** A host with a site that still passes to PHP 8.1. */
const files: Readonly<Record<string, { content: string }>> = {
  '/srv/root/etc/nginx/nginx.conf': {
    content: 'user www-data;\nevents {}\nhttp {\n    include sites-enabled/*;\n}\n',
  },
  '/srv/root/etc/nginx/sites-enabled/shop': {
    content:
      'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        fastcgi_pass unix:/run/php/php8.1-fpm.sock;\n    }\n}\n',
  },
  '/srv/root/etc/php/8.2/fpm/php-fpm.conf': {
    content: '[global]\ninclude=/etc/php/8.2/fpm/pool.d/*.conf\n',
  },
  '/srv/root/etc/php/8.2/fpm/pool.d/www.conf': {
    content:
      '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n',
  },
};

async function run(argv: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const world = fakeIo({ files });
  const code = await main(argv, world.io);
  return { code, stdout: world.stdout(), stderr: world.stderr() };
}

describe('no502 explain "LINE"', () => {
  test('begins with the findings of the configuration that write the line', async () => {
    const line = `2026/11/23 07:00:00 [crit] 7#7: *5 ${missing}, client: 192.0.2.1, server: shop.example.com, request: "GET / HTTP/1.1"`;
    const { code, stdout } = await run(['explain', '--root', 'root', line]);
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(0, 8)).toEqual([
      missing,
      '',
      'In root',
      '',
      '  error[stale-php-version-socket]: no pool listens on unix:/run/php/php8.1-fpm.sock',
      '    root/etc/nginx/sites-enabled/shop:4:22',
      '    point it at unix:/run/php/php8.2-fpm.sock, where the pool www of PHP 8.2 listens',
      '',
    ]);
    expect(stdout).toMatch(/What writes it, the most frequent first\n\n {2}fastcgi-pass-not-listened: /);
  });

  test('says so where nothing in the configuration writes it', async () => {
    const { stdout } = await run(['explain', '--root', 'root', missing.replace('8.1', '7.4')]);
    expect(stdout).toContain('Nothing that no502 finds in root writes this line.');
    expect(stdout).toContain('stale-php-version-socket');
  });

  test('needs no host', async () => {
    const { code, stdout, stderr } = await run(['explain', 'no live upstreams while connecting to upstream']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('upstream-all-down');
    expect(stdout).not.toContain('Nothing that no502 finds');
  });

  test('knows no cause of a line that nobody predicts', async () => {
    const { code, stdout } = await run(['explain', 'the moon is full']);
    expect(code).toBe(0);
    expect(stdout).toContain('No rule predicts this line.');
  });

  test.each([
    [
      '2026/11/23 07:00:00 [emerg] 7#7: invalid number of arguments in "proxy_pass" directive in /etc/nginx/sites-enabled/shop:4',
      'The documentation of proxy_pass\n\n  https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass\n' +
        '  https://nginx.org/en/docs/stream/ngx_stream_proxy_module.html#proxy_pass\n',
    ],
    [
      'nginx: [emerg] unknown directive "more_set_headers" in /etc/nginx/nginx.conf:9',
      'The documentation of more_set_headers\n\n  https://github.com/openresty/headers-more-nginx-module\n',
    ],
    [
      '[warn] 7#7: the "aio_write" directive is of no use here',
      'The documentation of aio_write\n\n  https://nginx.org/en/docs/http/ngx_http_core_module.html#aio_write\n',
    ],
  ])('ends with the documentation of the directive: %s', async (line, end) => {
    const { stdout } = await run(['explain', line]);
    expect(stdout.slice(-end.length)).toBe(end);
  });

  test('links nothing for a directive that no module has', async () => {
    const { stdout } = await run(['explain', 'unknown directive "constructor" in /etc/nginx/nginx.conf:1']);
    expect(stdout).toContain('nginx-unknown-directive');
    expect(stdout).not.toContain('documentation');
  });

  test('never hands control characters on', async () => {
    const { stdout } = await run(['explain', `no live \u001b[31mupstreams while connecting to upstream`]);
    expect(stdout).not.toContain('\u001b');
  });

  test('is refused where the root is not there', async () => {
    const { code, stderr } = await run(['explain', '--root', 'nowhere', missing]);
    expect(code).toBe(2);
    expect(stderr).toContain('nowhere');
  });
});
