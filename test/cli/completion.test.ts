import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
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
    ['no502 completion ', ['bash', 'zsh']],
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

test('in zsh reads the same through bashcompinit', async () => {
  expect(await scriptFor('zsh')).toMatch(/^autoload -Uz compinit bashcompinit && compinit && bashcompinit\n/);
});

test.each([
  [['completion'], 'completion needs a shell: bash, zsh'],
  [['completion', 'bsh'], 'the shell cannot be "bsh": it is bash, zsh; did you mean "bash"?'],
  [['completion', 'bash', 'x'], 'completion takes no "x"'],
])('no502 %j is refused', async (argv, message) => {
  const { io, stderr } = fakeIo();
  expect(await main(argv, io)).toBe(2);
  expect(stderr()).toBe(`no502: ${message}\n`);
});
