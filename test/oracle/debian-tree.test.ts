import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { disk } from '../../src/load/disk.ts';
import { main } from '../../src/main.ts';
import { fakeIo } from '../cli/fake-io.ts';

const packages = ['nginx-common', 'php8.2-fpm'];
const parts = ['/etc/nginx', '/etc/php/8.2', '/etc/passwd', '/etc/group', '/etc/hosts'];

/** True where the packages are installed and nobody has touched their configuration. */
function isUntouched(): boolean {
  const { status, stdout } = spawnSync('dpkg', ['-V', ...packages], { encoding: 'utf8' });
  return status === 0 && !/ c \//.test(stdout ?? '') && parts.every((path) => existsSync(path));
}

const root = mkdtempSync(join(tmpdir(), 'no502-debian-'));
afterAll(() => rmSync(root, { recursive: true }));

describe.skipIf(!isUntouched())(
  "Debian's own nginx and php-fpm (left out where they are not installed as they come)",
  () => {
    it('have no error and no warning', async () => {
      for (const path of parts) {
        mkdirSync(join(root, path, '..'), { recursive: true });
        cpSync(path, join(root, path), { recursive: true, verbatimSymlinks: true });
      }
      const world = fakeIo();
      const code = await main(['--root', root, '--fail-on', 'warning', '--memory', '4G'], {
        ...world.io,
        fs: disk,
      });
      expect(world.stdout()).toContain('no problem found');
      expect(code).toBe(0);
    });
  },
);
