import { defineRule, type Rule } from '../../src/engine/rule.ts';
import type { Report } from '../../src/engine/summary.ts';
import type { ReportStyle, RunSettings } from '../../src/report/reporter.ts';
import { findingAt, placeOf, reportOf, sourceOf } from './places.ts';

export const plain: ReportStyle = { colors: false, columns: 100, verbosity: 'normal' };

function rule(id: string, severity: Rule['severity']): Rule {
  return defineRule({
    id,
    title: `Something about ${id}`,
    severity,
    reads: ['nginx'],
    docs: {
      what: 'Compares `listen` with passes.',
      why: 'It is a 502.',
      fine: 'Elsewhere.',
      fix: 'Repair it.',
    },
    references: ['https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_pass'],
    examples: [],
    check() {},
  });
}

/** A run of four rules: two that find something, one that cannot judge, one with nothing to say. */
export const run: RunSettings = {
  rules: [
    rule('dead-socket', 'error'),
    rule('slow-script', 'warning'),
    rule('memory', 'warning'),
    rule('silent', 'info'),
  ],
  failOn: 'error',
};

export const site = sourceOf(
  'etc/nginx/sites-available/my shop',
  'server {\n    fastcgi_pass unix:/run/php8.1.sock;\n    fastcgi_pass unix:/run/php8.1.sock;\n}\n',
);
const pool = sourceOf('/etc/php/8.2/fpm/pool.d/www.conf', '[www]\nlisten = /run/php8.2.sock\n');

const socket = placeOf(site, 'unix:/run/php8.1.sock');

/** One finding with everything, one of several lines, and things that were not judged. */
export const report: Report = sampleReport();

function sampleReport(): Report {
  const findings = [
    findingAt(socket, {
      rule: 'dead-socket',
      message: 'no pool listens on unix:/run/php8.1.sock',
      related: [{ span: placeOf(pool, '/run/php8.2.sock'), message: 'PHP 8.2 listens here' }],
      predicts: {
        status: 502,
        log: 'connect() to unix:/run/php8.1.sock failed (2: No such file or directory)',
      },
      affects: ['visitors of shop.example.com'],
      help: 'point it at the socket of PHP 8.2',
      fix: {
        safe: true,
        title: 'fastcgi_pass unix:/run/php8.2.sock;',
        edits: [{ span: socket, text: 'unix:/run/php8.2.sock' }],
      },
    }),
    findingAt(placeOf(site, '\n    fastcgi_pass unix:/run/php8.1.sock;\n}'), {
      rule: 'slow-script',
      severity: 'warning',
      message: 'nginx waits 60 seconds',
    }),
    findingAt(placeOf(pool, 'listen'), {
      rule: 'slow-script',
      severity: 'info',
      message: '100% & more: <a, b>',
    }),
  ];
  const { summary, reading, ...rest } = reportOf(findings);
  return {
    ...rest,
    summary: { ...summary, skipped: [{ rule: 'memory', reason: 'give --memory 4G' }] },
    reading: {
      ...reading,
      unread: [{ file: 'etc/nginx/big.conf', reason: 'larger than 10 MB', named: false }],
    },
  };
}

/** What a hostile file may put into names, messages and values: the syntax of every format, and of terminals. */
export const hostileTexts: readonly string[] = [
  '"\'><script>alert(1)</script>&amp;&#0;]]>',
  '</failure></testcase><!-- <![CDATA[ ',
  '\u0000\u0001\u000b\u001b[31m\u007f\u009b\ufffe\uffff\ud800 \u202e\u2028',
  'a\n::error file=x::forged\r\n##[error]forged',
  '%0A::stop-commands::x,title=y:z',
  '[click](http://evil.example) ![x](http://evil.example/y.png) <http://evil.example> www.evil.example',
  '``` \n```\n# heading\n- item\n1. one\n> quote\n| a | b |\n|---|---|\n@everyone #1 GH-1 owner/repo#2 `x` ``y',
  '\\[x](1) {0} {{1}} [here](2) **bold** __b__ ~~s~~ $x$ :tada:',
];

/** A report in which every text that can come from a file is this one. */
export function hostileReport(text: string): Report {
  const source = sourceOf(`etc/${text}`, `listen ${text};`);
  const at = { source, start: 0, end: source.text.length };
  const finding = findingAt(at, {
    rule: 'dead-socket',
    message: `no "${text}"`,
    label: text,
    help: text,
    affects: [text],
    predicts: { status: 502, log: text, writer: text, when: text },
    fix: { safe: true, title: text, edits: [{ span: at, text }] },
    related: [{ span: at, message: text }],
  });
  const { reading, summary, ...rest } = reportOf([finding, finding]);
  return {
    ...rest,
    summary: { ...summary, skipped: [{ rule: 'memory', reason: text }] },
    baseline: {
      file: text,
      gone: [{ rule: text, file: text, severity: 'error', message: text, fingerprint: '0'.repeat(32) }],
    },
    reading: {
      ...reading,
      unread: [{ file: text, reason: text, named: false }],
      passes: [{ at, pass: text, link: 'unknown', because: text, unanswered: [] }],
      masters: [{ name: text, file: text, pools: [text] }],
    },
  };
}
