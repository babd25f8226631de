import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { LintOptions } from '../../src/engine/options.ts';
import type { Report } from '../../src/engine/summary.ts';
import { lint } from '../../src/lint.ts';
import { memoryFileSystem } from '../../src/load/memory-file-system.ts';
import { positionAt } from '../../src/syntax/source.ts';
import { baseHost } from '../rules/base-host.ts';

const stale = 'stale-php-version-socket';
const site = 'etc/nginx/sites-enabled/shop';
const pools = 'etc/php/8.2/fpm/pool.d/www.conf';

/** A site of these lines inside a server, which begins at line 2. */
function siteOf(...lines: readonly string[]): string {
  return `server {\n${lines.join('\n')}\n}\n`;
}

const pass = (version: string): string =>
  `location ~ \\.php${version}$ { include fastcgi.conf; fastcgi_read_timeout 60s; fastcgi_pass unix:/run/php/php${version}-fpm.sock; }`;

interface Given {
  readonly files: Readonly<Record<string, string>>;
  readonly options?: LintOptions;
  readonly paths?: readonly string[];
}

function lintHost({ files, options = {}, paths = [] }: Given): Promise<Report> {
  const tree = Object.entries({ ...baseHost, ...files }).map(([path, text]) => [`/host/${path}`, text]);
  const fs = memoryFileSystem(Object.fromEntries(tree));
  const root = paths.length === 0 ? { root: '/host' } : {};
  return lint({ fs, cwd: '/host', ...root, paths, exclude: [], options, rules });
}

/** Rules that other rules to come shall not disturb. */
const watched = new Set([
  stale,
  'nginx-unknown-directive',
  'pool-user-missing',
  'suppression-unknown-rule',
  'suppression-unused',
  'suppression-without-reason',
]);

/** `line: rule` of every finding of these rules, and how many were left out. */
async function outcome(given: Given): Promise<{ found: readonly string[]; suppressed: number }> {
  const { findings, summary } = await lintHost(given);
  const found = findings
    .filter(({ rule }) => watched.has(rule))
    .map(({ rule, at }) => `${positionAt(at.source, at.start).line}: ${rule}`);
  return { found, suppressed: summary.suppressed };
}

describe('a comment in an nginx file', () => {
  test('leaves out the findings of the next line of configuration', async () => {
    const text = siteOf(
      `# no502-disable-next-line ${stale} -- gone on Friday,`,
      '# and nobody visits it until then',
      '',
      pass('8.1'),
      pass('8.0'),
    );
    expect(await outcome({ files: { [site]: text } })).toEqual({ found: [`6: ${stale}`], suppressed: 1 });
  });

  test('may be one of several for the same line', async () => {
    const text = siteOf(
      `# no502-disable-next-line ${stale} -- gone on Friday`,
      '# no502-disable-next-line nginx-unknown-directive -- our own module',
      `frobnicate_all on; ${pass('8.1')}`,
    );
    expect(await outcome({ files: { [site]: text } })).toEqual({ found: [], suppressed: 2 });
  });

  test('leaves out those of its own line', async () => {
    const text = siteOf(pass('8.0'), `${pass('8.1')} # no502-disable-line ${stale} -- gone on Friday`);
    expect(await outcome({ files: { [site]: text } })).toEqual({ found: [`2: ${stale}`], suppressed: 1 });
  });

  test('leaves out those of a block', async () => {
    const text = siteOf(
      pass('7.0'),
      `# no502-disable ${stale} -- the old shop`,
      pass('7.1'),
      pass('7.2'),
      `# no502-enable ${stale}`,
      pass('7.3'),
      `# no502-disable ${stale} -- to the end`,
      pass('7.4'),
    );
    expect(await outcome({ files: { [site]: text } })).toEqual({
      found: [`2: ${stale}`, `7: ${stale}`],
      suppressed: 3,
    });
  });

  test('ends every block where it names no rule', async () => {
    const text = siteOf(
      `# no502-disable ${stale}, nginx-unknown-directive -- the old shop`,
      'frobnicate_all on;',
      pass('7.1'),
      '# no502-enable',
      pass('7.3'),
    );
    expect(await outcome({ files: { [site]: text } })).toEqual({ found: [`6: ${stale}`], suppressed: 2 });
  });

  test('leaves out those of the whole file and of no other', async () => {
    const files = {
      [site]: siteOf(pass('8.1'), pass('8.0'), `# no502-disable-file ${stale} -- the old shop`),
      'etc/nginx/sites-enabled/tea': siteOf('listen 8081;', pass('8.1')),
    };
    expect(await outcome({ files })).toEqual({ found: [`3: ${stale}`], suppressed: 2 });
  });

  test('counts where the cause stands, not at a related place', async () => {
    const files = {
      'etc/nginx/conf.d/php.conf': 'upstream php {\n    server unix:/run/php/php7.4-fpm.sock;\n}\n',
      [site]: siteOf(
        'location ~ \\.php$ {',
        'fastcgi_read_timeout 60s;',
        'include fastcgi.conf;',
        `fastcgi_pass php; # no502-disable-line ${stale} -- not here`,
        '}',
      ),
    };
    expect(await outcome({ files })).toEqual({
      found: [`2: ${stale}`, '5: suppression-unused'],
      suppressed: 0,
    });
  });

  test('is no comment in quotes or in the middle of a word', async () => {
    const text = siteOf(
      `add_header X-Note "# no502-disable-file ${stale} -- no";`,
      `add_header X-Note a#no502-disable-file;`,
      pass('8.1'),
    );
    expect(await outcome({ files: { [site]: text } })).toEqual({ found: [`4: ${stale}`], suppressed: 0 });
  });
});

describe('a comment in a pool', () => {
  const pool = (...lines: readonly string[]): string =>
    `[www]\nlisten = /run/php/php8.2-fpm.sock\n${lines.join('\n')}\n`;
  const rest = ['listen.owner = www-data', 'pm = static', 'pm.max_children = 4'];

  test('leaves out what is on the next line, or on its own', async () => {
    const next = pool(
      '; no502-disable-next-line pool-user-missing -- made by the deploy',
      'user = shop',
      ...rest,
    );
    expect(await outcome({ files: { [pools]: next } })).toEqual({ found: [], suppressed: 1 });
    const own = pool('user = shop ; no502-disable-line pool-user-missing -- made by the deploy', ...rest);
    expect(await outcome({ files: { [pools]: own } })).toEqual({ found: [], suppressed: 1 });
  });

  test('begins with a semicolon, outside of quotes', async () => {
    const quoted = pool('user = shop', 'env[NOTE] = "; no502-disable-file pool-user-missing -- no"', ...rest);
    expect(await outcome({ files: { [pools]: quoted } })).toEqual({
      found: ['3: pool-user-missing'],
      suppressed: 0,
    });
  });
});

describe('a comment that does nothing', () => {
  const healthy = (comment: string): Given => ({ files: { [site]: siteOf(comment, pass('8.2')) } });
  const broken = (comment: string): Given => ({ files: { [site]: siteOf(comment, pass('8.1')) } });

  test('is reported, once for each rule', async () => {
    const comment = `# no502-disable-next-line ${stale}, pool-user-missing -- gone`;
    expect(await outcome(broken(comment))).toEqual({ found: ['2: suppression-unused'], suppressed: 1 });
    expect((await outcome(healthy(comment))).found).toEqual([
      '2: suppression-unused',
      '2: suppression-unused',
    ]);
  });

  test('is reported where another one said the same before', async () => {
    const text = siteOf(
      `# no502-disable-file ${stale} -- the old shop`,
      `# no502-disable-file ${stale} -- the old shop, again`,
      pass('8.1'),
    );
    expect(await outcome({ files: { [site]: text } })).toEqual({
      found: ['3: suppression-unused'],
      suppressed: 1,
    });
  });

  test('is reported where it ends nothing', async () => {
    expect((await outcome(healthy('# no502-enable'))).found).toEqual(['2: suppression-unused']);
    expect((await outcome(healthy(`# no502-enable ${stale}`))).found).toEqual(['2: suppression-unused']);
  });

  test('is not reported where its rule was off, or could not judge', async () => {
    const off: LintOptions = { ruleLevels: new Map([[stale, 'off']]) };
    const comment = `# no502-disable-next-line ${stale} -- gone`;
    expect((await outcome({ ...healthy(comment), options: off })).found).toEqual([]);
    expect((await outcome({ ...healthy(comment), paths: [site] })).found).toEqual([]);
    const memory = '# no502-disable-next-line max-children-exceeds-memory -- measured';
    expect((await outcome(healthy(memory))).found).toEqual([]);
  });

  test('leaves nothing out without a reason', async () => {
    for (const comment of [
      `# no502-disable-next-line ${stale}`,
      `# no502-disable-next-line ${stale} --`,
      `# no502-disable-next-line ${stale} because it is old`,
    ]) {
      expect(await outcome(broken(comment))).toEqual({
        found: ['2: suppression-without-reason', `3: ${stale}`],
        suppressed: 0,
      });
    }
  });

  test.each([
    [
      `# no502-disable-next-line ${stale}s -- gone`,
      `there is no rule "${stale}s"`,
      `did you mean "${stale}"?`,
    ],
    [
      '# no502-disable-file -- gone',
      '"no502-disable-file" names no rule, so it leaves nothing out',
      undefined,
    ],
    [
      `# no502-disable-nextline ${stale} -- gone`,
      'no502 does not know "no502-disable-nextline"',
      'did you mean "no502-disable-next-line"?',
    ],
  ])('is told what is wrong with it: %s', async (comment, message, help) => {
    const { findings } = await lintHost(healthy(comment));
    expect(findings).toMatchObject([{ rule: 'suppression-unknown-rule', message, severity: 'warning' }]);
    if (help !== undefined) expect(findings[0]?.help).toBe(help);
  });

  test('can itself be left out', async () => {
    const text = siteOf(
      '# no502-disable-file suppression-unused -- shared by hosts of two versions',
      `# no502-disable-next-line ${stale} -- only where 8.1 runs`,
      pass('8.2'),
    );
    expect(await outcome({ files: { [site]: text } })).toEqual({ found: [], suppressed: 1 });
  });

  test('is not read where no502 is only mentioned', async () => {
    const comments = ['# checked with no502-disable in mind', '# see no502-notes.md', '# no502 knows'];
    expect((await outcome({ files: { [site]: siteOf(...comments, pass('8.2')) } })).found).toEqual([]);
  });
});

test('a snippet included twice gives its comments once', async () => {
  const include = siteOf('include snippets/php.conf;');
  const files = {
    'etc/nginx/snippets/php.conf': `# no502-disable ${stale} -- the old shop\n${pass('8.1')}\n# no502-enable\n`,
    [site]: include,
    'etc/nginx/sites-enabled/tea': include,
  };
  expect(await outcome({ files })).toEqual({ found: [], suppressed: 1 });
});

test('thirty thousand comments take no time', async () => {
  const many = `# no502-disable-next-line ${stale} -- x\n`.repeat(30_000);
  const started = performance.now();
  const { suppressed } = await outcome({ files: { [site]: siteOf(many + pass('8.1')) } });
  expect(suppressed).toBe(1);
  expect(performance.now() - started).toBeLessThan(5_000);
});
