import { describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.ts';
import { causesOf, fitsTemplate, messageOf, serverOf } from '../../src/engine/log-match.ts';

const missing =
  'connect() to unix:/run/php/php8.1-fpm.sock failed (2: No such file or directory) while connecting to upstream';

describe('the message of a line', () => {
  it.each([
    [
      'nginx, as it stands in error.log',
      `2026/11/23 07:00:00 [crit] 1234#1234: *56 ${missing}, client: 192.0.2.1, server: shop.example.com, request: "GET / HTTP/1.1", upstream: "fastcgi://unix:/run/php/php8.1-fpm.sock:", host: "shop.example.com"`,
      missing,
    ],
    [
      'nginx, through a journal',
      `Nov 23 07:00:00 web nginx[1]: 2026/11/23 07:00:00 [crit] 7#7: *5 ${missing}, client: ::1`,
      missing,
    ],
    [
      'nginx, as it starts',
      'nginx: [emerg] unknown directive "server_nam" in /etc/nginx/conf.d/shop.conf:3',
      'unknown directive "server_nam"',
    ],
    [
      'php-fpm',
      "[23-Nov-2026 07:00:00] ERROR: [pool www] cannot get uid for user 'shop'",
      "[pool www] cannot get uid for user 'shop'",
    ],
    [
      'php-fpm, through a journal',
      'Nov 23 07:00:00 web php-fpm8.2[99]: [23-Nov-2026 07:00:00] WARNING: [pool www] server reached pm.max_children setting (5), consider raising it',
      '[pool www] server reached pm.max_children setting (5), consider raising it',
    ],
    ['a message alone', missing, missing],
    ['nothing', '', ''],
  ])('%s', (_, line, message) => {
    expect(messageOf(line)).toBe(message);
  });

  it('leaves the server to be asked for', () => {
    expect(serverOf(`${missing}, client: ::1, server: shop.example.com, request: "GET /"`)).toBe(
      'shop.example.com',
    );
    expect(serverOf(`${missing}, client: ::1, server: _, request: "GET /"`)).toBeUndefined();
    expect(serverOf(missing)).toBeUndefined();
  });
});

describe('a template', () => {
  it.each([
    ['connect() to unix:<path> failed (2: No such file or directory)', missing, true],
    ['connect() to unix:<path> failed (13: Permission denied)', missing, false],
    ['no port in upstream "<name>"', 'no port in upstream "php"', true],
    ['no port in upstream "<name>"', 'no port in upstream php', false],
    ['a<b', 'xa<bx', true],
  ])('%s fits %s: %s', (template, message, fits) => {
    expect(fitsTemplate(message, template)).toBe(fits);
  });

  it('takes no longer for lines that nearly fit', () => {
    const long = 'a'.repeat(200_000);
    expect(fitsTemplate(long, '<x>a<y>a<z>a<z>ab')).toBe(false);
  });
});

describe('the causes of a line', () => {
  const idsFor = (line: string): readonly string[] => causesOf(line, rules).map(({ rule }) => rule.id);

  it('begin with the most frequent ones', () => {
    expect(idsFor(missing).slice(0, 2)).toEqual(['fastcgi-pass-not-listened', 'proxy-port-mismatch']);
    expect(idsFor('no live upstreams while connecting to upstream')[0]).toBe('localhost-dual-stack');
  });

  it('include what the kernel writes', () => {
    expect(
      idsFor(
        '[12345.678901] Out of memory: Killed process 4321 (php-fpm8.2) total-vm:412345kB, anon-rss:201234kB',
      ),
    ).toEqual(['max-children-exceeds-memory']);
  });

  it('are none for a line that nobody predicts', () => {
    expect(idsFor('client 192.0.2.1 closed keepalive connection')).toEqual([]);
  });
});
