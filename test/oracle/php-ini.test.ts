import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readPhpIni } from '../../src/syntax/php-ini/php-ini.ts';
import { parseQuantity } from '../../src/syntax/php-ini/quantity.ts';
import { decode } from '../../src/syntax/source.ts';
import { makeDirectory } from './php-fpm.ts';

const binary = 'php8.2';
const isInstalled = spawnSync(binary, ['-n', '-v']).status === 0;
const reason = isInstalled ? '' : ` (left out: ${binary} is not installed)`;

const quantities = `
$warning = null;
set_error_handler(function ($level, $text) use (&$warning) { $warning = $text; return true; });
$answers = [];
foreach (json_decode(stream_get_contents(STDIN)) as $text) {
  $warning = null;
  $answers[] = [(string) ini_parse_quantity($text), $warning];
}
echo json_encode($answers);
`;

describe.skipIf(!isInstalled)(`quantities against ini_parse_quantity()${reason}`, () => {
  it('gives the same number and the same warning', () => {
    const pieces = [
      ...'0123456789',
      ...'kKmMgG',
      ...'xXoObB',
      '-',
      '+',
      ' ',
      '\t',
      '.',
      'f',
      '128M',
      '99999999999',
    ];
    const random = fc.array(fc.constantFrom(...pieces), { maxLength: 7 }).map((parts) => parts.join(''));
    const texts = [
      ...[
        '128M',
        '1G',
        '-1',
        '',
        '0',
        '1.5G',
        '128MB',
        '64 M',
        '0x1f',
        '010',
        '1 0 K',
        '9223372036854775808',
        '8E',
      ],
      ...fc.sample(random, { numRuns: 10_000, seed: 502 }),
    ];
    const { stdout } = spawnSync(binary, ['-n', '-r', quantities], { input: JSON.stringify(texts) });
    const answers: readonly (readonly [string, string | null])[] = JSON.parse(stdout.toString());
    const wrong = texts
      .map((text, i) => {
        const { value, warning = null } = parseQuantity(text);
        return { text, ours: [String(value), warning], theirs: answers[i] };
      })
      .filter(({ ours, theirs }) => JSON.stringify(ours) !== JSON.stringify(theirs));
    expect(wrong).toEqual([]);
  });
});

describe.skipIf(!isInstalled)(`php.ini against get_cfg_var()${reason}`, () => {
  const directory = makeDirectory();
  afterAll(() => rmSync(directory, { recursive: true }));

  const files: readonly (readonly [name: string, text: string])[] = [
    ['plain', 'memory_limit = 256M\n; memory_limit = 1G\nmax_execution_time=60\n'],
    ['sections', '[PHP]\na = 1\n[opcache]\na = 2\nopcache.enable=1\n'],
    ['constants', 'a = E_ALL & ~E_DEPRECATED\nb = M_PI\nc = LOG_DEBUG\nd = PHP_OS\n'],
    ['a value over two lines', 'a = "one\ntwo"\nb = 2\n'],
    ['a syntax error', 'a = 1\nb = x(y\nc = 3\n'],
    ['an open quote', 'a = 1\nb = "x\nc = 3\n'],
    ['references', 'a = 1\nb = ${a}2\nc = "${nosuch}${PATH}"\n'],
    ['per directory', 'a = 1\n[PATH=/www]\na = 2\n[HOST=x]\nb = 2\n[PHP]\nc = 3\n'],
    ['words', 'a = on\nb = Off\nc = none\nd = null\ne = yes ; no\n'],
    ['no newline at its end', 'a = 1\nb = x'],
    ['Windows', 'a = 1\r\nb = "x"\r\n[c]\r\nd = 2\r\n'],
    ['a byte order mark', '\ufeffa = 1\nb = 2\n'],
    ['bare words', 'nothing\na\nb = 1\n'],
  ];

  it.each(files)('%s', (_, text) => {
    const path = join(directory, 'php.ini');
    writeFileSync(path, text);
    const env = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin' };
    const ask = `foreach (range('a', 'e') as $n) $r[$n] = get_cfg_var($n); foreach (['memory_limit', 'max_execution_time', 'opcache.enable'] as $n) $r[$n] = get_cfg_var($n); echo json_encode($r);`;
    const scan = { ...env, PHP_INI_SCAN_DIR: '' };
    const { stdout, stderr } = spawnSync(`/usr/bin/${binary}`, ['-c', path, '-r', ask], { env: scan });
    const theirs: Readonly<Record<string, string | false>> = JSON.parse(stdout.toString());
    const source = { path, file: path, ...decode(Buffer.from(text)) };
    const { directives, problems } = readPhpIni([source], {
      phpVersion: '8.2',
      env: new Map(Object.entries(env)),
    });
    const ours = Object.fromEntries(
      Object.keys(theirs).map((name) => [name, directives.get(name)?.value.text ?? false]),
    );
    // The command line sets its own time limit.
    expect({ ...ours, max_execution_time: 0 }).toEqual({ ...theirs, max_execution_time: 0 });
    const said = stderr
      .toString()
      .split('\n')
      .filter((line) => line.startsWith('PHP:  '));
    expect(problems.map(({ message }) => message)).toEqual(said);
  });
});
