import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { commandDescriptions } from '../../src/commands/descriptions.ts';
import { main } from '../../src/main.ts';
import { formatNames } from '../../src/report/formats.ts';
import { fakeIo } from './fake-io.ts';

async function scriptFor(shell: string): Promise<string> {
  const { io, stdout } = fakeIo();
  expect(await main(['completion', shell], io)).toBe(0);
  return stdout();
}

const hasBash = spawnSync('bash', ['-c', 'true']).status === 0;

describe.skipIf(!hasBash)('completion in bash (left out: bash is not installed)', () => {
  /** What bash offers behind a line; its words are split as readline splits them, at = too. */
  async function offers(line: string): Promise<readonly string[]> {
    const words = line.split(/ |(=)/).filter((word) => word !== undefined);
    const quoted = words.map((word) => `'${word}'`).join(' ');
    const { stdout, stderr, status } = spawnSync(
      'bash',
      [
        '--noprofile',
        '--norc',
        '-uc',
        `${await scriptFor('bash')}\nCOMP_WORDS=(${quoted}) COMP_CWORD=${words.length - 1}\n_no502 2>&1\n((\${#COMPREPLY[@]})) && printf '%s\\n' "\${COMPREPLY[@]}"\ntrue`,
      ],
      { encoding: 'utf8' },
    );
    expect([stderr, status]).toEqual(['', 0]);
    return stdout.split('\n').filter((word) => word !== '');
  }

  test.each([
    ['no502 ex', ['explain']],
    ['no502 ', commandDescriptions.map(({ name }) => name)],
    ['no502 --ro', ['--root']],
    ['no502 check --fix', ['--fix', '--fix-unsafe', '--fix-dry-run']],
    ['no502 --root deploy upgrade --fr', ['--from']],
    ['no502 -f ', formatNames],
    ['no502 --format=s', ['sarif']],
    ['no502 --format=', formatNames],
    ['no502 rules -f ', ['pretty', 'json']],
    ['no502 --rule read-timeout-m', ['read-timeout-missing=']],
    ['no502 explain ', rules.map(({ id }) => id)],
    ['no502 explain fastcgi-pass-not', ['fastcgi-pass-not-listened']],
    ['no502 completion ', ['bash', 'zsh', 'fish']],
    ['no502 --rule read-timeout-missing=', ['off', 'info', 'warning', 'error']],
    ['no502 --rule=read-timeout-missing=w', ['warning']],
    // Nothing of ours: bash offers files.
    ['no502 --root ', []],
    ['no502 --root=d', []],
    ['no502 sites/a ', []],
  ])('%s', async (line, expected) => {
    expect(await offers(line)).toEqual(expected);
  });

  test('is registered for no502', async () => {
    const { stdout } = spawnSync('bash', [
      '--noprofile',
      '--norc',
      '-c',
      `${await scriptFor('bash')}\ncomplete -p no502`,
    ]);
    expect(String(stdout)).toBe('complete -o default -F _no502 no502\n');
  });
});

/** What is offered alike in the shells that show what each word means. */
const offered: readonly (readonly [line: string, words: readonly string[]])[] = [
  ['no502 expl', ['explain']],
  ['no502 --roo', ['--root']],
  ['no502 upgrade --fr', ['--from']],
  ['no502 -f ', formatNames],
  ['no502 --fail-on ', ['error', 'info', 'never', 'warning']],
  ['no502 rules --format ', ['json', 'pretty']],
  ['no502 explain fpm-socket', ['fpm-socket-owner-unset', 'fpm-socket-permission']],
  ['no502 --root deploy explain fastcgi-pass-not', ['fastcgi-pass-not-listened']],
  ['no502 completion ', ['bash', 'fish', 'zsh']],
];

const hasZsh = spawnSync('zsh', ['-fc', 'true']).status === 0;

describe.skipIf(!hasZsh)('completion in zsh (left out: zsh is not installed)', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'no502-zsh-'));
  beforeAll(async () => writeFileSync(join(scratch, '_no502'), await scriptFor('zsh')));
  afterAll(() => rmSync(scratch, { recursive: true }));

  /** What zsh offers in a terminal of its own, without the words for its groups. */
  function offers(line: string): readonly string[] {
    const script = fileURLToPath(new URL('zsh-offers.zsh', import.meta.url));
    const { stdout, stderr, status } = spawnSync('zsh', ['-f', script, join(scratch, '_no502'), line], {
      encoding: 'utf8',
      env: { ...process.env, HOME: scratch, ZDOTDIR: scratch, TERM: 'xterm' },
    });
    expect([stderr, status]).toEqual(['', 0]);
    return [...new Set(stdout.split('\n').filter((word) => word !== ''))].sort();
  }

  test.each([
    ...offered,
    ['no502 --rule read-timeout-miss', ['read-timeout-missing']],
    ['no502 --rule read-timeout-missing=', ['error', 'info', 'off', 'warning']],
    ['no502 --rule=read-timeout-missing=w', ['warning']],
    ['no502 --format=js', ['json']],
  ] as const)('%s', (line, words) => expect(offers(line)).toEqual([...words].sort()));

  test('offers commands and files where both may come', () => {
    expect(offers('no502 ')).toEqual(expect.arrayContaining(commandDescriptions.map(({ name }) => name)));
  });
});

const hasFish = spawnSync('fish', ['--no-config', '-c', 'true']).status === 0;

describe.skipIf(!hasFish)('completion in fish (left out: fish is not installed)', () => {
  async function offers(line: string): Promise<readonly string[]> {
    const { stdout, stderr, status } = spawnSync(
      'fish',
      ['--no-config', '-c', `${await scriptFor('fish')}\ncomplete --do-complete '${line}'`],
      { encoding: 'utf8' },
    );
    expect([stderr, status]).toEqual(['', 0]);
    const words = stdout.split('\n').filter((word) => word !== '');
    return words.map((word) => word.replace(/\t.*/, '')).sort();
  }

  test.each([
    ...offered,
    ['no502 --rule read-timeout-miss', ['read-timeout-missing=']],
    [
      'no502 --rule read-timeout-missing=',
      ['error', 'info', 'off', 'warning'].map((level) => `read-timeout-missing=${level}`),
    ],
    ['no502 --rule=read-timeout-missing=w', ['--rule=read-timeout-missing=warning']],
    ['no502 --format=js', ['--format=json']],
  ] as const)('%s', async (line, words) => expect(await offers(line)).toEqual([...words].sort()));
});

test.each([
  [['completion'], 'completion needs a shell: bash, zsh, fish'],
  [['completion', 'bsh'], 'the shell cannot be "bsh": it is bash, zsh, fish; did you mean "bash"?'],
  [['completion', 'bash', 'x'], 'completion takes no "x"'],
])('no502 %j is refused', async (argv, message) => {
  const { io, stderr } = fakeIo();
  expect(await main(argv, io)).toBe(2);
  expect(stderr()).toBe(`no502: ${message}\n`);
});
