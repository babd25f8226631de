import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { disk } from '../../src/load/disk.ts';
import { main } from '../../src/main.ts';
import { fakeIo } from './fake-io.ts';

const scratch = mkdtempSync(join(tmpdir(), 'no502-bad-input-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** A real copy of examples/php-upgrade, in which one site is dead whatever else is wrong. */
function brokenHost(name: string): string {
  const root = join(scratch, name);
  cpSync(fileURLToPath(new URL('../../examples/php-upgrade', import.meta.url)), root, {
    recursive: true,
    verbatimSymlinks: true,
  });
  mkdirSync(join(root, 'etc/nginx/conf.d'));
  return root;
}

async function no502(...call: readonly string[]): Promise<{ code: number; out: string; error: string }> {
  const world = fakeIo();
  const code = await main(call, { ...world.io, fs: disk, cwd: scratch });
  return { code, out: world.stdout(), error: world.stderr() };
}

describe('bad files leave one line each, and all else is linted', () => {
  it('in a tree: a huge file, a binary one, a loop of links', async () => {
    const root = brokenHost('tree');
    writeFileSync(join(root, 'etc/nginx/conf.d/huge.conf'), '#'.repeat(50 * 1024 * 1024));
    writeFileSync(join(root, 'etc/nginx/conf.d/binary.conf'), Buffer.from([1, 0, 2]));
    symlinkSync('loop', join(root, 'etc/nginx/sites-enabled/loop'));
    const { code, out } = await no502('--root', root);
    expect(code).toBe(1);
    expect(out).toMatch(/^not read: tree\/etc\/nginx\/conf\.d\/huge\.conf \(it is larger/m);
    expect(out).toMatch(/^not read: tree\/etc\/nginx\/conf\.d\/binary\.conf \(it is a binary file/m);
    expect(out).toContain(
      'open() "/etc/nginx/sites-enabled/loop" failed (40: Too many levels of symbolic links)',
    );
    expect(out).toContain('unix:/run/php/php8.1-fpm.sock');
  });

  it.each([['etc/nginx/nginx.conf'], ['etc/php/8.2/fpm/php-fpm.conf']])(
    'but %s that is too large leaves a host that is not healthy: exit code 2',
    async (file) => {
      const root = brokenHost(`main-${file.replaceAll('/', '-')}`);
      writeFileSync(join(root, file), '#'.repeat(11 * 1024 * 1024));
      const { code, error } = await no502('--root', root, '--fail-on', 'never', '-f', 'compact');
      expect(error).toContain(`${file}: it is larger than no502 reads (11 MB, the limit is 10 MB)\n`);
      expect(code).toBe(2);
    },
  );

  it('the same in the container of a service', async () => {
    const project = join(scratch, 'service');
    mkdirSync(project);
    const volume = './nginx.conf:/etc/nginx/nginx.conf';
    writeFileSync(
      join(project, 'compose.yaml'),
      `services:\n  web:\n    image: nginx:1.22\n    volumes: ["${volume}"]\n  php:\n    image: php:8.2-fpm\n`,
    );
    writeFileSync(join(project, 'nginx.conf'), '#'.repeat(11 * 1024 * 1024));
    const { code, out } = await no502(project);
    expect(out).toContain('service/nginx.conf (it is larger than no502 reads');
    expect(code).toBe(2);
  });

  it.skipIf(process.getuid?.() === 0)('a file without permission (root may read everything)', async () => {
    const root = brokenHost('denied');
    writeFileSync(join(root, 'etc/nginx/conf.d/secret.conf'), '');
    chmodSync(join(root, 'etc/nginx/conf.d/secret.conf'), 0);
    const { out } = await no502('--root', root);
    expect(out).toContain('not read: denied/etc/nginx/conf.d/secret.conf (Permission denied)');
  });
});

describe('a wrong call is one clear line, and exit code 2', () => {
  it.each([
    [['--root', 'nowhere'], 'no502: --root nowhere: No such file or directory\n'],
    [['nowhere.conf'], 'no502: nowhere.conf: No such file or directory\n'],
    [['--rot', '.'], 'no502: unknown option --rot; did you mean "--root"?\n'],
  ])('%s', async (call, error) => {
    expect(await no502(...call)).toEqual({ code: 2, out: '', error });
  });

  it('also where no502.yaml is no YAML, with the place', async () => {
    writeFileSync(join(scratch, 'bad.yaml'), 'memory: [\n');
    const { code, error } = await no502('--root', brokenHost('yaml'), '--config', 'bad.yaml');
    expect([code, error.split('\n').length]).toEqual([2, 2]);
    expect(error).toMatch(/^no502: bad\.yaml:2:1: /);
  });
});
