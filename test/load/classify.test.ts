import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classify } from '../../src/load/classify.ts';
import { isForeign } from '../../src/load/walk.ts';
import { decode } from '../../src/syntax/source.ts';

describe('what a file is', () => {
  test.each([
    ['/a/main.conf', 'worker_processes 1;\nevents {\n}\nhttp {\n}\n', 'nginx-main'],
    ['/a/shop', 'server {\n  listen 80; # public\n}\n', 'nginx-site'],
    ['/a/one-line', 'server { listen 80; }', 'nginx-site'],
    ['/a/snippet.conf', 'open_file_cache max=1000;\n', 'nginx-site'],
    ['/a/any.ini', '[www]\nlisten = /run/x.sock\npm = static\n', 'fpm-pool'],
    [
      '/a/docker.conf',
      '[global]\nerror_log = /proc/self/fd/2\n[www]\naccess.log = /proc/self/fd/2\n',
      'fpm-pool',
    ],
    ['/a/php-fpm.conf', '[global]\npid = /run/x.pid\ninclude=/etc/php/8.2/fpm/pool.d/*.conf\n', 'fpm-global'],
    ['/a/php-fpm.conf', '[global]\ndaemonize = no\n[www]\npm = static\nlisten = 9000\n', 'fpm-global'],
    ['/a/fragment', 'pm.max_children = 5\n', 'fpm-pool'],
    ['/a/pool.d/www.conf', '; all of it\n; is a comment\n', 'fpm-pool'],
    ['/a/custom.ini', 'memory_limit = 256M\n', 'php-ini'],
    ['/a/php.ini', '', 'php-ini'],
    ['/etc/passwd', 'root:x:0:0:root:/root:/bin/bash\n', 'passwd'],
    ['/etc/group', 'root:x:0:\n', 'group'],
    ['/a/app.conf', '[program:php-fpm]\ncommand=php-fpm -F\nuser=www-data\n', 'other'],
    ['/a/my.cnf', '[mysqld]\nmax_connections = 100\n', 'other'],
    ['/a/notes.txt', 'the server listens on 80\n', 'other'],
    ['/a/nginx.conf', '[program:nginx]\ncommand=nginx\n', 'other'],
    ['/a/empty', '', 'other'],
  ])('%s: %j is %s', (path, text, kind) => {
    expect(classify(path, text)).toBe(kind);
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof classify('/x.conf', text) === 'string'));
  });
});

const corpus = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));
const hasCorpus = existsSync(`${corpus}labels.jsonl`);

interface Label {
  readonly path: string;
  readonly kind: string;
  readonly verdict: string;
}

describe.skipIf(!hasCorpus)('the corpus (left out where ../shared/corpus is absent)', () => {
  const expected: Readonly<Record<string, readonly string[]>> = {
    nginx: ['nginx-main', 'nginx-site'],
    'fpm-pool': ['fpm-pool', 'fpm-global'],
    'fpm-global': ['fpm-global', 'fpm-pool'],
    'fpm-fragment': ['fpm-pool'],
    'php-ini': ['php-ini'],
  };

  test('at most one file in a hundred is taken for something else', () => {
    const lines = hasCorpus ? readFileSync(`${corpus}labels.jsonl`, 'utf8').trim().split('\n') : [];
    const labels = lines.map((line): Label => JSON.parse(line));
    const wrong = labels.filter(({ path, kind, verdict }) => {
      if (kind === 'nginx' && verdict !== 'ok') return false;
      const text = decode(readFileSync(corpus + path)).text;
      const found = isForeign(path.slice(path.lastIndexOf('/') + 1)) ? 'other' : classify(`/${path}`, text);
      return !(expected[kind] ?? ['other']).includes(found);
    });
    expect(labels.length).toBeGreaterThan(2000);
    expect(wrong.length).toBeLessThan(labels.length / 100);
  });
});
