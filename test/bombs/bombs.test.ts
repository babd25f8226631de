import { describe, expect, it } from 'vitest';
import type { MemoryEntry } from '../../src/load/memory-file-system.ts';
import { main } from '../../src/main.ts';
import { fakeIo } from '../cli/fake-io.ts';
import { bombs, quietHost } from './bombs.ts';
import { projectBombs, quietProject } from './project-bombs.ts';

// What has no limit does not end before the test's own.
describe('a tree that grows without end is answered', () => {
  it.each(bombs)('$title', async ({ files, says }) => {
    const tree: Record<string, MemoryEntry> = {};
    for (const [path, entry] of Object.entries({ ...quietHost, ...files })) tree[`/srv/host${path}`] = entry;
    const { io, stdout, stderr } = fakeIo({ files: tree });
    const code = await main(['--root', 'host', '--format', 'compact'], io);
    expect(code).toBeLessThan(2);
    expect(stdout() + stderr()).toMatch(says);
  });

  it.each(projectBombs)('$title', async ({ files, says }) => {
    const tree: Record<string, MemoryEntry> = {};
    for (const [path, entry] of Object.entries({ ...quietProject, ...files })) tree[`/srv/${path}`] = entry;
    const { io, stdout, stderr } = fakeIo({ files: tree });
    const code = await main(['.', '--verbose'], io);
    expect(code).toBeLessThan(2);
    expect(stdout() + stderr()).toMatch(says);
  });
});
