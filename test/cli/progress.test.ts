import { describe, expect, test } from 'vitest';
import type { MemoryEntry } from '../../src/load/memory-file-system.ts';
import { main } from '../../src/main.ts';
import { type FakeWorld, fakeIo } from './fake-io.ts';

const site = (n: number): string => `server {\n    server_name site${n}.example.com;\n}\n`;
const files: Readonly<Record<string, MemoryEntry>> = {
  '/srv/etc/nginx/nginx.conf': 'user www-data;\nevents {}\nhttp { include sites/*; }\n',
  ...Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`/srv/etc/nginx/sites/${n}`, site(n)])),
};

async function run(
  world: FakeWorld,
  ...argv: readonly string[]
): Promise<{ stdout: string; stderr: string }> {
  const { io, stdout, stderr } = fakeIo({ files, ...world });
  await main(['--root', '.', ...argv], io);
  return { stdout: stdout(), stderr: stderr() };
}

describe('progress', () => {
  test('is shown on a terminal once a run takes long, and taken away', async () => {
    const { stderr } = await run({ columns: 80, msEachLook: 60 });
    expect(stderr).toMatch(/^\r\u001b\[K\d+ files read\r\u001b\[K\d+ files read/);
    expect(stderr).toMatch(/ files read\r\u001b\[K$/);
  });

  test.each([
    ['a run that ends soon', { columns: 80, msEachLook: 1 }],
    ['no terminal', { msEachLook: 60 }],
    ['a terminal that can only print', { columns: 80, msEachLook: 60, env: { TERM: 'dumb' } }],
  ])('is not shown for %s', async (_what, world) => {
    expect((await run(world)).stderr).toBe('');
  });
});
