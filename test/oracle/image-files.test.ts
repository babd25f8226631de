import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { imageFor } from '../../src/load/images/image-for.ts';
import { nginxVersion, openWorkbench, refusalIn, SENTINEL, withoutNginx } from './nginx.ts';
import { askPhpFpm, installedPhpFpm, withoutPhpFpm } from './php-fpm.ts';

const directory = mkdtempSync(join(tmpdir(), 'no502-images-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** Writes the texts of an image below a directory of their own, each path in them as it is there. */
function unpack(reference: string, moved: readonly string[]): string {
  const base = join(directory, reference.replace(/\W/g, '-'));
  const patterns = moved.map((path) => new RegExp(`(?<![\\w/])${path}(?=/)`, 'g'));
  for (const [path, entry] of Object.entries(imageFor(reference)?.tree ?? {})) {
    if (typeof entry !== 'string') continue;
    const file = join(base, path);
    mkdirSync(dirname(file), { recursive: true });
    const text = patterns.reduce((all, pattern) => all.replace(pattern, `${base}$&`), entry);
    // What the container's log is, here is a socket, which cannot be opened.
    writeFileSync(file, text.replaceAll('/proc/self/fd/2', `${base}/log`));
  }
  return base;
}

describe.skipIf(nginxVersion === undefined)(
  `nginx reads what the images are said to hold${nginxVersion === undefined ? ` (${withoutNginx})` : ''}`,
  () => {
    it.each(['nginx:1.25', 'nginxinc/nginx-unprivileged', 'openresty/openresty'])('%s', (reference) => {
      const image = imageFor(reference);
      const main = image?.nginx?.mainFile ?? '';
      const base = unpack(reference, ['/etc/nginx', '/var/log/nginx', '/run', '/tmp']);
      mkdirSync(join(base, 'var/log/nginx'), { recursive: true });
      const bench = openWorkbench();
      // The user of the image is none of this machine.
      const text = String(image?.tree[main])
        .replace('user nginx;', '')
        .replaceAll('/etc/nginx/', `${base}/etc/nginx/`)
        .replaceAll('/var/log/nginx/', `${base}/var/log/nginx/`)
        .replace(' mime.types', ` ${base}${dirname(main)}/mime.types`);
      expect(refusalIn(bench.test(`${text}\n${SENTINEL}\n`))).toBeUndefined();
      bench.close();
    });
  },
);

describe.skipIf(installedPhpFpm === undefined)(
  `php-fpm reads what the images are said to hold${installedPhpFpm === undefined ? ` (left out: ${withoutPhpFpm})` : ''}`,
  () => {
    it.each([
      ['php:8.2.29-fpm', 'and listens on every address, whatever www.conf says', '9000'],
      ['php:8.2.31-fpm', 'and listens where www.conf says', '127.0.0.1:9001'],
      ['php:8.2.31-fpm', 'and listens on every address where www.conf says nothing', undefined],
    ])('%s %s', (reference, _, given) => {
      const base = unpack(reference, ['/usr/local/etc']);
      const www = join(base, 'usr/local/etc/php-fpm.d/www.conf');
      if (given !== undefined) appendFileSync(www, 'listen = 127.0.0.1:9001\n');
      const main = join(base, 'usr/local/etc/php-fpm.conf');
      writeFileSync(main, `[global]\ninclude=${base}/usr/local/etc/php-fpm.d/*.conf\n`);
      const { error, dump } = askPhpFpm(main);
      expect(error).toBeUndefined();
      expect(dump).toContain(`listen = ${given ?? '9000'}`);
      expect(dump).toContain('user = www-data');
      expect(dump).toContain('daemonize = no');
    });
  },
);

const hasEnvsubst = spawnSync('envsubst', ['--version']).status === 0;

describe.skipIf(!hasEnvsubst)('envsubst (left out where it is not installed)', () => {
  it.each([
    ['$PORT ${PORT} $PORTS ${PORT', '80 80 $PORTS ${PORT'],
    ['${PORT:-1} $$PORT \\$PORT "$PORT"', '${PORT:-1} $80 \\80 "80"'],
    ['$host ${NONE} $1 ${1} $', '$host ${NONE} $1 ${1} $'],
  ])('makes of %s what is made of templates', (template, expected) => {
    const { stdout } = spawnSync('envsubst', ['${PORT}'], {
      input: template,
      env: { PORT: '80', PATH: process.env['PATH'] ?? '' },
      encoding: 'utf8',
    });
    expect(stdout).toBe(expected);
  });
});
