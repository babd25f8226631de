import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { disk } from '../../src/load/disk.ts';
import type { LoadedFile } from '../../src/load/included.ts';
import { type LoadedNginx, loadNginx } from '../../src/load/nginx.ts';
import { openRoot } from '../../src/load/root.ts';
import type { Directive } from '../../src/syntax/nginx/tree.ts';

const hasNginx = spawnSync('nginx', ['-v']).status === 0;
const directory = realpathSync(mkdtempSync(join(tmpdir(), 'no502-includes-')));
afterAll(() => rmSync(directory, { recursive: true }));

type Tree = Readonly<Record<string, string | { readonly link: string }>>;

/** Writes a configuration; each case has a directory of its own, since a loaded one is never read again. */
function write(name: string, tree: Tree): string {
  const prefix = join(directory, name);
  for (const [path, entry] of Object.entries(tree)) {
    const target = join(prefix, path);
    mkdirSync(dirname(target), { recursive: true });
    if (typeof entry === 'string') writeFileSync(target, entry);
    else symlinkSync(entry.link, target);
  }
  writeFileSync(
    join(prefix, 'nginx.conf'),
    `pid ${prefix}/pid; error_log stderr; events { } ${tree['nginx.conf'] ?? ''}`,
  );
  return prefix;
}

/** What nginx opens, each path once and in its order, and what it refuses. */
function ask(prefix: string): { opened: readonly string[]; refusal?: string } {
  // A loop of includes must end before the stack does.
  const command = `ulimit -n 200 && exec nginx -T -p ${prefix} -c ${prefix}/nginx.conf`;
  const { stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
  const opened = [...stdout.matchAll(/^# configuration file (.*):$/gm)].map(([, path = '']) => path);
  const refusal = /\[(?:emerg|crit)\] (?:\d+#\d+: )?(.*?)(?: in \S+:\d+)?$/m.exec(stderr)?.[1];
  return { opened, ...(refusal !== undefined && { refusal }) };
}

/** The same from what was loaded. */
function loadedFrom(prefix: string): { opened: readonly string[]; refusal?: string } {
  const loaded = loadNginx(openRoot(disk, '/', '/'), join(prefix, 'nginx.conf'));
  if ('kind' in loaded) return { opened: [], refusal: loaded.message };
  const opened = new Set<string>();
  const refusals: string[] = [];
  visit(loaded, opened, refusals);
  const [refusal] = refusals;
  return refusal === undefined ? { opened: [...opened] } : { opened: [], refusal };
}

function visit({ main, included }: LoadedNginx, opened: Set<string>, refusals: string[]): void {
  const visitFile = ({ path, parsed }: LoadedFile): void => {
    opened.add(path);
    parsed.directives.forEach(visitDirective);
  };
  const visitDirective = (directive: Directive): void => {
    directive.block?.forEach(visitDirective);
    const found = included(directive.statement, directive.source);
    if (found === undefined) return;
    if (found.kind !== 'files') refusals.push('message' in found ? found.message : found.why);
    else {
      found.files.forEach(visitFile);
      for (const failed of found.failed) refusals.push('message' in failed ? failed.message : failed.why);
    }
  };
  if (main) visitFile(main);
}

const server = 'server { listen unix:/tmp/no502-never.sock; }\n';

const cases: Readonly<Record<string, Tree>> = {
  order: {
    'nginx.conf': 'http { include conf.d/*.conf; include sites/*; }',
    'conf.d/b.conf': '',
    'conf.d/a.conf': '',
    'conf.d/Z.conf': '',
    'conf.d/10.conf': '',
    'conf.d/9.conf': '',
    'conf.d/é.conf': '',
    'conf.d/.hidden.conf': 'broken',
    'conf.d/a.conf.bak': 'broken',
    'sites/shop': `${server}include snippets/*.conf;`,
    'sites/link': { link: '../conf.d/a.conf' },
    'snippets/x.conf': '',
  },
  directories: {
    'nginx.conf': 'http { include */x; include [s-t]ites*/?*; include sites-enabled/../sites-enabled//*; }',
    'sites/x': '',
    'sites-enabled/x': '',
    'sites.d/x': '',
    'other/y': '',
    file: '',
  },
  classes: {
    'nginx.conf':
      'http { include d/[!ab]; include d/[[:digit:]]?; include d/[]x]*; include "d/\\*"; include d/?; }',
    'd/a': '',
    'd/c': '',
    'd/1z': '',
    'd/]': '',
    'd/*': '',
    'd/é': '',
  },
  'empty-patterns': {
    'nginx.conf': 'http { include none/*; include none*/x; include [; include file/*; }',
    file: '',
  },
  missing: { 'nginx.conf': 'http { include none.conf; }' },
  variable: { 'nginx.conf': 'http { include $host.conf; }' },
  'not-a-directory': { 'nginx.conf': 'http { include file/x; }', file: '' },
  'a-directory': { 'nginx.conf': 'http { include d; }', 'd/x': '' },
  'a-directory-in-a-pattern': { 'nginx.conf': 'http { include d/*; }', 'd/x/y': '' },
  'a-link-to-nowhere': { 'nginx.conf': 'http { include d/*; }', 'd/x': { link: '/nowhere' } },
  'a-loop-of-links': { 'nginx.conf': 'http { include d/*; }', 'd/x': { link: 'x' } },
  'no-braces': { 'nginx.conf': 'http { include "d/{a,b}"; }', 'd/a': '', 'd/b': '' },
  'includes-itself': { 'nginx.conf': 'http { include a; }', a: 'include a;' },
  'a-circle': { 'nginx.conf': 'http { include a; }', a: 'include b;', b: 'include a;' },
};

describe.skipIf(!hasNginx)('includes, as the real nginx follows them (left out without nginx)', () => {
  test.each(Object.entries(cases))('%s', (name, tree) => {
    const prefix = write(name, tree);
    const { opened, refusal } = ask(prefix);
    const ours = loadedFrom(prefix);
    expect(ours.refusal).toBe(refusal);
    if (refusal === undefined) expect(ours.opened).toEqual(opened);
  });

  test('random names and patterns', () => {
    const random = generator(502);
    const pick = (from: string): string => from.charAt(Math.floor(random() * from.length));
    const word = (from: string, most: number): string =>
      Array.from({ length: 1 + Math.floor(random() * most) }, () => pick(from)).join('');
    const files = Object.fromEntries(
      Array.from({ length: 60 }, () => [`${word('ab-', 2)}.d/${word('abAB-.]1', 4)}f`, '']),
    );
    const patterns = Array.from({ length: 60 }, () => `${word('ab-*?', 2)}.d/${word('ab*?[]!-1A.', 7)}*`);
    const includes = patterns.map((pattern) => `include "${pattern}";`).join('\n');
    const prefix = write('random', { ...files, 'nginx.conf': `http { ${includes} }` });
    expect(loadedFrom(prefix)).toEqual(ask(prefix));
  });
});

/** Numbers from 0 to 1, the same in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31;
  };
}
