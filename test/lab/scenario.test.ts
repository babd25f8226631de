import { describe, expect, it } from 'vitest';
import type { Tree, TreeEntry } from './plan.ts';
import { parseScenario } from './scenario.ts';
import { parseHunks } from './scenario-lines.ts';
import { applyChanges, resolveOwners } from './tree.ts';

const PAGE = `# The pool moved away

Prose that a reader needs: with a colon, a - and a list of nothing.

base: debian

\`\`\`diff etc/php/8.2/fpm/pool.d/www.conf
-listen = /run/php/php8.2-fpm.sock
+listen = 127.0.0.1:9000
\`\`\`

\`\`\`nginx etc/nginx/conf.d/new.conf bom crlf
server {
}
\`\`\`

\`\`\`js app api
import { createServer } from 'node:http';
\`\`\`

app: api http 127.0.0.1:3001 undeclared
link: etc/a -> /etc/b
owner: etc/a www-data:shop
mode: var/www 0710
boot: run/php/php-fpm.sock -> /run/php/php8.2-fpm.sock
stopped: 8.1

## Requests

- GET http://shop.example.com/ Accept=text/plain x3 -> 200, 502 "shop"
- POST http://shop.example.com/x -> none

## Expect

fault: fastcgi-pass-not-listened or stale-php-version-socket
risk: read-timeout-missing
`;

describe('a scenario page', () => {
  const scenario = parseScenario('sockets/moved', PAGE);

  it('has a title, a base and changes in the order of the text', () => {
    expect(scenario).toMatchObject({ title: 'The pool moved away', base: 'debian', stopped: ['8.1'] });
    expect(scenario.changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'edit /etc/php/8.2/fpm/pool.d/www.conf',
      'write /etc/nginx/conf.d/new.conf',
      'link /etc/a',
      'owner /etc/a',
      'mode /var/www',
    ]);
    expect(scenario.changes[4]).toMatchObject({ mode: 0o710 });
    expect(scenario.boot).toEqual([['/run/php/php-fpm.sock', '/run/php/php8.2-fpm.sock']]);
  });

  it('writes marks and line ends that an editor would lose', () => {
    expect(scenario.changes[1]).toMatchObject({ text: '\uFEFFserver {\r\n}\r\n' });
  });

  it('knows apps, their programs and who is told of them', () => {
    expect(scenario.apps).toEqual([
      {
        name: 'api',
        protocol: 'http',
        address: '127.0.0.1:3001',
        runs: true,
        declared: false,
        program: "import { createServer } from 'node:http';",
      },
    ]);
  });

  it('sends requests of one line together', () => {
    expect(scenario.requests.map(({ plan, status }) => [plan.method, plan.wave, status])).toEqual([
      ['GET', 1, 200],
      ['GET', 1, 502],
      ['GET', 1, 502],
      ['POST', 2, null],
    ]);
    expect(scenario.requests[0]).toMatchObject({
      saying: 'shop',
      plan: { headers: [['Accept', 'text/plain']] },
    });
  });

  it('takes any of several rules for a verdict', () => {
    expect(scenario.verdicts).toEqual([
      { kind: 'fault', rules: ['fastcgi-pass-not-listened', 'stale-php-version-socket'] },
      { kind: 'risk', rules: ['read-timeout-missing'] },
    ]);
  });

  it.each([
    ['# T\n\nhealthy\n', 'needs a title, a base and a verdict'],
    ['# T\n\nbase: x\n\n```nginx\n```\n\nhealthy\n', 'the block names no file'],
    ['# T\n\nbase: x\n\n```nginx a\n', 'the block is never closed'],
    ['# T\n\nbase: x\n\n- GET something\n\nhealthy\n', 'not a request'],
    ['# T\n\nbase: x\n\napp: api smtp 1\n\nhealthy\n', 'not an app'],
  ])('tells its author what to mend: %j', (text, problem) => {
    expect(() => parseScenario('a/b', text)).toThrow(problem);
  });
});

describe('a small diff', () => {
  const file = (text: string) =>
    new Map([['/f', { kind: 'file', text, mode: 0o644, owner: '0:0' }] as const]);
  const edit = (text: string, diff: readonly string[]): string => {
    const entry = applyChanges(file(text), [{ kind: 'edit', path: '/f', hunks: parseHunks(diff) }]).get('/f');
    return entry?.kind === 'file' ? entry.text : '';
  };

  it('replaces lines that stand once', () => {
    expect(edit('a\nb\nc\n', ['-b', '+B'])).toBe('a\nB\nc\n');
  });

  it('uses unchanged lines to tell places apart', () => {
    expect(edit('a\nx\nb\nx\n', [' b', '-x', '+y'])).toBe('a\nx\nb\ny\n');
  });

  it('adds to the end where nothing is taken away', () => {
    expect(edit('a\n', ['+b'])).toBe('a\nb\n');
  });

  it('refuses a place that is not there, or is there twice', () => {
    expect(() => edit('a\n', ['-b', '+c'])).toThrow('0 places');
    expect(() => edit('a\na\n', ['-a', '+c'])).toThrow('2 places');
  });
});

describe('owners', () => {
  const passwd = {
    kind: 'file',
    text: 'root:x:0:0::\nshop:x:1001:1001::\n',
    mode: 0o644,
    owner: 'root',
  } as const;
  const group = { kind: 'file', text: 'root:x:0:\nshop:x:1005:\n', mode: 0o644, owner: 'root' } as const;
  const tree: Tree = new Map<string, TreeEntry>([
    ['/etc/passwd', passwd],
    ['/etc/group', group],
  ]);

  it('are numbers of the host itself, so that a mutant of its users keeps them', () => {
    const home = { kind: 'directory', mode: 0o750, owner: 'shop:shop' } as const;
    expect(resolveOwners(new Map([...tree, ['/home/shop', home]])).get('/home/shop')).toMatchObject({
      owner: '1001:1005',
    });
  });

  it('must be known', () => {
    const home = { kind: 'directory', mode: 0o750, owner: 'ghost' } as const;
    expect(() => resolveOwners(new Map([...tree, ['/home/ghost', home]]))).toThrow('ghost');
  });
});
