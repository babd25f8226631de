import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/engine/finding.ts';
import type { Report } from '../../src/engine/summary.ts';
import { pretty } from '../../src/report/pretty.ts';
import type { ReportStyle } from '../../src/report/reporter.ts';
import { findingAt, placeOf, reportOf, sourceOf } from './places.ts';

const plain: ReportStyle = { colors: false, columns: 100, verbosity: 'normal' };

/** The findings alone, without the summary and the links to the documentation. */
function shown(finding: Finding, style: Partial<ReportStyle> = {}): string {
  const text = pretty(reportOf([finding]), { ...plain, ...style });
  return `\n${text.slice(0, text.indexOf('\n\n  docs') + 1)}`;
}

const shop = sourceOf(
  'etc/nginx/sites-available/shop',
  [
    'server {',
    '\tlisten 80;',
    '\tlocation ~ \\.php$ {',
    '\t\tinclude snippets/fastcgi-php.conf;',
    '\t\tfastcgi_pass unix:/run/php/php8.1-fpm.sock;',
    '\t}',
    '}',
    '',
  ].join('\n'),
);
const www = sourceOf(
  'etc/php/8.2/fpm/pool.d/www.conf',
  '[www]\nuser = www-data\n\nlisten = /run/php/php8.2-fpm.sock\n',
);

describe('a finding', () => {
  const finding = findingAt(placeOf(shop, 'unix:/run/php/php8.1-fpm.sock'), {
    rule: 'stale-php-version-socket',
    message: 'no pool listens on unix:/run/php/php8.1-fpm.sock',
    label: 'PHP 8.1 has no pool on this host',
    related: [{ span: placeOf(www, '/run/php/php8.2-fpm.sock'), message: 'PHP 8.2 listens here' }],
    predicts: {
      status: 502,
      log: 'connect() to unix:/run/php/php8.1-fpm.sock failed (2: No such file or directory) while connecting to upstream',
    },
    affects: ['visitors of shop.example.com', 'visitors of www.example.com'],
    help: 'point the pass at the socket of PHP 8.2',
    fix: { safe: true, title: 'fastcgi_pass unix:/run/php/php8.2-fpm.sock;', edits: [] },
  });

  test('shows the cause, what takes part, what will happen and what to do', () => {
    expect(`\n${pretty(reportOf([finding]), plain)}`).toBe(`
error[stale-php-version-socket]: no pool listens on unix:/run/php/php8.1-fpm.sock
 --> etc/nginx/sites-available/shop:5:16
5 |         fastcgi_pass unix:/run/php/php8.1-fpm.sock;
  |                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ PHP 8.1 has no pool on this host
 --> etc/php/8.2/fpm/pool.d/www.conf:4:10
4 | listen = /run/php/php8.2-fpm.sock
  |          ------------------------ PHP 8.2 listens here

  then  visitors of shop.example.com and www.example.com get 502 Bad Gateway
  log   connect() to unix:/run/php/php8.1-fpm.sock failed (2: No such file or directory) while connecting to upstream
  help  point the pass at the socket of PHP 8.2
  fix   fastcgi_pass unix:/run/php/php8.2-fpm.sock;
  docs  https://github.com/no502/no502/blob/main/rules/README.md#stale-php-version-socket

1 server, 1 pass: 1 has a listener; 1 php-fpm master (PHP 8.2), 1 pool
1 error, 0 warnings, 0 infos
`);
  });

  test('says which daemon does not start, and what that takes down', () => {
    const refused = findingAt(placeOf(www, 'www-data'), {
      predicts: {
        status: 502,
        log: "[pool www] cannot get uid for user 'nobody1'",
        writer: 'php-fpm 8.2',
        refusesToStart: true,
      },
      affects: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `visitors of ${name}.example`),
    });
    expect(pretty(reportOf([refused]), plain)).toContain(
      '  then  php-fpm 8.2 refuses to start: from its next reload, restart or reboot on visitors of\n        a.example, b.example, c.example, d.example and 2 more get 502 Bad Gateway\n',
    );
  });

  test('is painted only where colours are wanted', () => {
    const painted = pretty(reportOf([finding]), { ...plain, colors: true });
    expect(painted).toContain('\u001b[31m');
    const escapes = /\u001b\[\d+m/g;
    expect(painted.replace(escapes, '')).toBe(pretty(reportOf([finding]), plain));
  });

  test('of which there are none is a verdict too', () => {
    expect(pretty(reportOf([]), plain)).toMatch(/\nno problem found\n$/);
  });
});

describe('a frame', () => {
  test('holds several places of one file in the order of its lines', () => {
    const finding = findingAt(placeOf(shop, 'fastcgi_pass'), {
      label: 'this pass',
      related: [
        { span: placeOf(shop, '80'), message: 'the port' },
        { span: placeOf(shop, 'listen'), message: 'the directive' },
        { span: placeOf(shop, 'location'), message: 'the location' },
      ],
    });
    expect(shown(finding)).toBe(`
error[some-rule]: something is wrong
 --> etc/nginx/sites-available/shop:5:3
2 |     listen 80;
  |     ------ -- the port
  |     |
  |     the directive
3 |     location ~ \\.php$ {
  |     -------- the location
4 |         include snippets/fastcgi-php.conf;
5 |         fastcgi_pass unix:/run/php/php8.1-fpm.sock;
  |         ^^^^^^^^^^^^ this pass
`);
  });

  test('folds the middle of a long span', () => {
    const finding = findingAt(placeOf(shop, shop.text.trim()), { label: 'this server' });
    expect(shown(finding)).toBe(`
error[some-rule]: something is wrong
 --> etc/nginx/sites-available/shop:1:1
1 | server {
  | ^^^^^^^^
2 |     listen 80;
  |     ^^^^^^^^^^
...
7 | }
  | ^ this server
`);
  });

  test('keeps the marks below wide characters', () => {
    const source = sourceOf('a.conf', 'add_header X "日本語"; fastcgi_pass x; # é');
    expect(shown(findingAt(placeOf(source, 'fastcgi_pass')))).toBe(`
error[some-rule]: something is wrong
 --> a.conf:1:21
1 | add_header X "日本語"; fastcgi_pass x; # é
  |                        ^^^^^^^^^^^^
`);
  });

  test('cuts long lines around the mark', () => {
    const source = sourceOf('a.conf', `${'x '.repeat(500)}listen 80;${' y'.repeat(500)}`);
    expect(shown(findingAt(placeOf(source, 'listen')), { columns: 44 })).toBe(`
error[some-rule]: something is wrong
 --> a.conf:1:1001
1 | ... x x x listen 80; y y y y y y y y ...
  |           ^^^^^^
`);
  });

  test('takes no longer for a line of ten million characters', () => {
    const source = sourceOf('a.conf', `${'x'.repeat(5_000_000)}HERE${'y'.repeat(5_000_000)}`);
    const before = performance.now();
    expect(shown(findingAt(placeOf(source, 'HERE')))).toContain('...x');
    expect(performance.now() - before).toBeLessThan(1000);
  });

  test('points behind the end of a file that ends too early', () => {
    const source = sourceOf('a.conf', 'server {\n');
    const end = source.text.length;
    expect(shown(findingAt({ source, start: end, end }))).toBe(`
error[some-rule]: something is wrong
 --> a.conf:2:1
2 |
  | ^
`);
  });

  test('of a file without text is its name', () => {
    const source = sourceOf('a.conf', '');
    expect(shown(findingAt({ source, start: 0, end: 0 }, { label: 'cannot be read' }))).toBe(`
error[some-rule]: something is wrong
 --> a.conf: cannot be read
`);
  });

  test('breaks a label that does not fit', () => {
    const finding = findingAt(placeOf(www, '/run/php/php8.2-fpm.sock'), {
      label: 'this socket belongs to root and nginx runs as www-data',
    });
    expect(shown(finding, { columns: 60 })).toBe(`
error[some-rule]: something is wrong
 --> etc/php/8.2/fpm/pool.d/www.conf:4:10
4 | listen = /run/php/php8.2-fpm.sock
  |          ^^^^^^^^^^^^^^^^^^^^^^^^
  |          this socket belongs to root and nginx runs as
  |          www-data
`);
  });
});

describe('what steers terminals', () => {
  const hostile = '\u001b]0;title\u0007 \u001b[2J \u009b31m \u202egnp.exe \u0000 \ufeff \u200b \r x';
  const harmful = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

  test('is shown as escapes wherever it comes from', () => {
    const source = sourceOf(`etc/${hostile}`, `listen ${hostile};`);
    const at = placeOf(source, 'listen');
    const finding = findingAt(at, {
      message: hostile,
      label: hostile,
      help: hostile,
      affects: [hostile],
      predicts: { status: 502, log: hostile, writer: hostile },
      fix: { safe: true, title: hostile, edits: [] },
      related: [{ span: at, message: hostile }],
    });
    const report = reportOf([finding], {
      reading: {
        files: [{ file: hostile, as: 'nginx' }],
        unread: [{ file: hostile, reason: hostile, named: false }],
        masters: [{ name: hostile, file: hostile, pools: [hostile] }],
        passes: [{ at, pass: hostile, link: 'unknown', because: hostile, unanswered: [] }],
      },
    });
    const text = pretty(report, { ...plain, verbosity: 'verbose' });
    expect(text).not.toMatch(harmful);
    expect(text).toContain(
      '\\x1b]0;title\\x07 \\x1b[2J \\x9b31m \\u202egnp.exe \\x00 \\ufeff \\u200b \\x0d x',
    );
  });
});

describe('the summary', () => {
  const at = placeOf(shop, 'fastcgi_pass');
  const coverage = { hosts: 1, servers: 2, passes: 5, linked: 1, unknown: 4, masters: 0, pools: 0 };
  const counts = { errors: 0, warnings: 0, infos: 0, suppressed: 2 };
  const report: Report = {
    findings: [],
    summary: {
      ...coverage,
      ...counts,
      skipped: [{ rule: 'max-children-exceeds-memory', reason: 'the memory is not known; give --memory 4G' }],
    },
    reading: {
      files: [{ file: 'etc/nginx/nginx.conf', as: 'nginx' }],
      unread: [{ file: 'etc/nginx/big.conf', reason: 'larger than 10 MB', named: false }],
      masters: [],
      passes: [
        {
          at,
          pass: 'fastcgi_pass unix:/run/a.sock',
          link: 'found',
          because: 'pool www of PHP 8.2',
          unanswered: [],
        },
        ...['$a', '$b', '$c', '$d'].map((pass) => ({
          at,
          pass: `fastcgi_pass ${pass}`,
          link: 'unknown' as const,
          because: 'the address comes from the request',
          unanswered: [],
        })),
      ],
    },
  };

  test('names what could not be judged', () => {
    expect(`\n${pretty(report, plain)}`).toBe(`
2 servers, 5 passes: 1 has a listener, 4 could not be judged; 0 php-fpm masters, 0 pools
not judged: fastcgi_pass $a at etc/nginx/sites-available/shop:5:3 (the address comes from the
  request)
not judged: fastcgi_pass $b at etc/nginx/sites-available/shop:5:3 (the address comes from the
  request)
not judged: fastcgi_pass $c at etc/nginx/sites-available/shop:5:3 (the address comes from the
  request)
not judged: 1 more pass (--verbose names them)
not checked: max-children-exceeds-memory (the memory is not known; give --memory 4G)
not read: etc/nginx/big.conf (larger than 10 MB)
no problem found in what could be read (2 suppressed)
`);
  });

  test('of --verbose lists what was read and who answers', () => {
    const text = pretty(report, { ...plain, verbosity: 'verbose' });
    expect(text).toContain('read 1 file:\n  nginx  etc/nginx/nginx.conf\n');
    expect(text).toContain(
      '  linked   etc/nginx/sites-available/shop:5:3  fastcgi_pass unix:/run/a.sock  pool www',
    );
    expect(text).toContain('  unknown  etc/nginx/sites-available/shop:5:3  fastcgi_pass $d');
  });

  test('says which findings can be repaired, where what was linted can be changed', () => {
    const safe = findingAt(at, { fix: { safe: true, title: 'a', edits: [] } });
    const unsafe = findingAt(at, { fix: { safe: false, title: 'b', edits: [] } });
    const printed = (...findings: readonly Finding[]): string =>
      pretty(reportOf(findings), { ...plain, canFix: true });
    expect(printed(safe, safe, unsafe)).toContain('\nfixable: 2 with --fix, 1 more with --fix-unsafe\n');
    expect(printed(unsafe)).toContain('\nfixable: 1 with --fix-unsafe\n');
    expect(printed(unsafe)).toContain('\n  fix   b (--fix-unsafe)\n');
    expect(printed(findingAt(at))).not.toContain('fixable');
    expect(pretty(reportOf([safe]), plain)).not.toContain('fixable');
  });

  test('of --quiet is nothing, and only errors are left', () => {
    const quiet = { ...plain, verbosity: 'quiet' } as const;
    expect(pretty(report, quiet)).toBe('');
    expect(pretty(reportOf([findingAt(at, { severity: 'warning' })]), quiet)).toBe('');
    expect(pretty(reportOf([findingAt(at)]), quiet)).toMatch(/^error\[some-rule\]/);
  });
});
