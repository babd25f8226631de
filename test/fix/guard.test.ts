import { expect, test } from 'vitest';
import type { Fixable } from '../../src/fix/edits.ts';
import { writingGuard } from '../../src/fix/guard.ts';
import { type MemoryEntry, memoryFileSystem } from '../../src/load/memory-file-system.ts';
import type { Source } from '../../src/syntax/source.ts';
import { findingAt } from '../report/places.ts';

/** What the guard says of a fix in a file that was read as `text`, in a host below `/srv/host`. */
function refusal(
  file: string,
  tree: Readonly<Record<string, MemoryEntry>>,
  {
    text = 'one',
    encoding = 'utf8',
    put = 'two',
    root = 'host',
  }: Partial<Record<'text' | 'put' | 'root', string>> & {
    readonly encoding?: Source['encoding'];
  } = {},
): string | undefined {
  const source: Source = { path: `/${file}`, file, text, encoding };
  const span = { source, start: 0, end: 3 };
  const fix: Fixable = { ...findingAt(span), fix: { safe: true, title: '', edits: [{ span, text: put }] } };
  return writingGuard({ fs: memoryFileSystem(tree), cwd: '/srv', ...(root !== '' && { root }) })(fix);
}

const inside = { '/srv/host/etc/a.conf': 'one' };

test('a file of the host may be changed', () => {
  expect(refusal('host/etc/a.conf', inside)).toBeUndefined();
  expect(refusal('/srv/host/etc/a.conf', inside, { root: '' })).toBeUndefined();
});

test('a file outside of the root may not', () => {
  const tree = { ...inside, '/srv/no502.yaml': 'one', '/srv/host-b/a.conf': 'one' };
  expect(refusal('no502.yaml', tree)).toBe('no502.yaml is no file of the host');
  expect(refusal('host-b/a.conf', tree)).toBe('host-b/a.conf is no file of the host');
});

test('nor one behind a link that was put there since, wherever it leads', () => {
  const tree = { '/srv/host/etc': { link: '/srv/other' }, '/srv/other/a.conf': 'one' };
  expect(refusal('host/etc/a.conf', tree)).toMatch(/No such file/);
  const within = { '/srv/host/etc': { link: '/else' }, '/srv/host/else/a.conf': 'one' };
  expect(refusal('host/etc/a.conf', within)).toBe('host/etc/a.conf lies behind a link by now');
});

test('nor what is no file, is gone or has changed', () => {
  expect(refusal('host/etc/a.conf', { '/srv/host/etc/a.conf': { socket: true } })).toBe(
    'host/etc/a.conf is not a regular file',
  );
  expect(refusal('host/etc/a.conf', { '/srv/host/etc/b.conf': 'one' })).toMatch(/No such file/);
  expect(refusal('host/etc/a.conf', { '/srv/host/etc/a.conf': 'other' })).toBe(
    'host/etc/a.conf has changed since it was read',
  );
});

test('nor one that is not UTF-8 with text of which the encoding is not known', () => {
  const tree = { '/srv/host/etc/a.conf': Buffer.from('on\xe9', 'latin1') };
  const latin = { text: 'on\xe9', encoding: 'latin1' } as const;
  expect(refusal('host/etc/a.conf', tree, latin)).toBeUndefined();
  expect(refusal('host/etc/a.conf', tree, { ...latin, put: 'caf\xe9' })).toBe(
    'host/etc/a.conf is not UTF-8 and cannot hold the new text',
  );
});
