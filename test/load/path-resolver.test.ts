import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MemoryEntry, memoryFileSystem } from '../../src/load/memory-file-system.ts';
import { openRoot } from '../../src/load/root.ts';

const name = fc.constantFrom('a', 'b', 'c');
const path = fc
  .array(fc.constantFrom('a', 'b', 'c', '..', '.', ''), { maxLength: 6 })
  .map((names) => names.join('/'));

/** Files and links at the top of a root and one directory down, leading anywhere. */
const tree = fc.dictionary(
  fc.oneof(
    name,
    fc.tuple(name, name).map(([directory, file]) => `d${directory}/${file}`),
  ),
  fc.oneof(
    fc.constant(''),
    fc
      .oneof(
        path,
        path.map((target) => `/${target}`),
        path.map((target) => `d${target}`),
      )
      .map((target) => ({ link: target || '.' })),
  ),
);

describe('whatever links a root holds', () => {
  it('a path leads to one inside of it, and that one to itself', () => {
    fc.assert(
      fc.property(tree, path, (entries, asked) => {
        const files: Record<string, MemoryEntry> = { '/outside/a': 'secret', '/root': { directory: true } };
        for (const [at, entry] of Object.entries(entries)) files[`/root/${at}`] = entry;
        const memory = memoryFileSystem(files);
        const seen: string[] = [];
        const status = (at: string) => {
          seen.push(at);
          return memory.status(at);
        };
        const root = openRoot({ ...memory, status }, '/root', '/');
        const found = root.resolve(`/${asked}`);
        expect(seen.filter((each) => each !== '/root' && !each.startsWith('/root/'))).toEqual([]);
        expect(found.path).toMatch(/^\//);
        if (found.kind === 'found') {
          expect(found.path.split('/')).not.toContain('..');
          expect(root.resolve(found.path)).toEqual(found);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
