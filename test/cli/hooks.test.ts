import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { version } from '../../src/about.ts';
import { parseCall } from '../../src/commands/call.ts';
import { type ScratchRepository, scratchRepository } from './scratch-repository.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'no502-hooks-'));
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const [manifest] = parse(textOf('.pre-commit-hooks.yaml'));
const options = '--root deploy/root --memory 4G';

// As the package would be installed: in the path, where pre-commit, husky and lint-staged have it, and in `node_modules/.bin`.
beforeAll(() => {
  const dist = join(scratch, 'dist');
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), dist]);
  mkdirSync(join(scratch, 'bin'));
  symlinkSync(join(dist, 'cli.js'), join(scratch, 'bin/no502'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

/** The command of each recipe, as its tool runs it in a commit. */
async function commandOf(recipe: string, staged: readonly string[], directory: string): Promise<string> {
  const text = textOf(`examples/hooks/${recipe}`);
  switch (recipe) {
    case 'husky-pre-commit.sh':
      return text;
    case 'lefthook.yml':
      return parse(text)['pre-commit'].jobs[0].run;
    case 'lint-staged.config.mjs': {
      const config = await import(pathToFileURL(join(root, 'examples/hooks', recipe)).href);
      const files = staged.map((file) => join(directory, file));
      return [config.default['deploy/root/**'], ...files].join(' ');
    }
    case 'pre-commit-config.yaml': {
      const [{ hooks, rev }] = parse(text).repos;
      expect(rev).toBe(`v${version}`);
      expect(hooks[0].id).toBe(manifest.id);
      const files = staged.filter((file) => new RegExp(manifest.files, 'u').test(file));
      return [manifest.entry, ...hooks[0].args, ...files].join(' ');
    }
    default:
      throw new Error(`no test knows how ${recipe} is run`);
  }
}

describe.each(readdirSync(join(root, 'examples/hooks')))('the hook of %s', (recipe) => {
  let repository: ScratchRepository;
  afterEach(() => repository.remove());

  /** Commits what is staged, through the hook. */
  async function commit(...staged: readonly string[]): Promise<{ status: number | null; output: string }> {
    const hook = join(repository.directory, '.git/hooks/pre-commit');
    mkdirSync(join(repository.directory, 'node_modules'), { recursive: true });
    rmSync(join(repository.directory, 'node_modules/.bin'), { force: true });
    symlinkSync(join(scratch, 'bin'), join(repository.directory, 'node_modules/.bin'));
    writeFileSync(hook, `#!/bin/sh -e\n${await commandOf(recipe, staged, repository.directory)}\n`);
    chmodSync(hook, 0o755);
    const env = { PATH: `${join(scratch, 'bin')}:${process.env['PATH']}`, GIT_CONFIG_GLOBAL: '/dev/null' };
    const { status, stdout, stderr } = spawnSync(
      'git',
      ['-c', 'user.name=A Person', '-c', 'user.email=a@example.com', 'commit', '--message', 'x'],
      { cwd: repository.directory, env, encoding: 'utf8' },
    );
    return { status, output: stdout + stderr };
  }

  const pool = 'deploy/root/etc/php/8.1/fpm/pool.d/legacy.conf';

  test('refuses a commit that breaks another file, and lets its repair through', async () => {
    repository = scratchRepository('healthy');
    const text = readFileSync(join(repository.directory, pool), 'utf8');
    repository.write(pool, text.replace(/^listen = .*$/m, 'listen = /run/php/other.sock'));
    repository.git('add', '--all');
    const refused = await commit(pool);
    expect(refused.output).toContain('--> deploy/root/etc/nginx/sites-available/legacy:');
    expect(refused.status).toBe(1);
    repository.write(pool, `${text}; repaired\n`);
    repository.git('add', '--all');
    expect(await commit(pool)).toMatchObject({
      status: 0,
      output: expect.stringContaining('no problem found'),
    });
  });

  test('lets a commit through that has nothing to do with what is broken already', async () => {
    repository = scratchRepository('php-upgrade');
    repository.write('deploy/root/etc/nginx/conf.d/new.conf', '# new\n');
    repository.git('add', '--all');
    const { status, output } = await commit('deploy/root/etc/nginx/conf.d/new.conf');
    expect(output).toMatch(/\nnot shown: \d findings? that the change does not cause\n/);
    expect(status).toBe(0);
  });

  test('calls no502 with options that there are, and says how to get it', async () => {
    repository = scratchRepository();
    const command = await commandOf(recipe, [], repository.directory);
    const call = command.trim().split('\n').at(-1) ?? '';
    expect(call.replace('node_modules/.bin/', '')).toBe(`no502 --staged ${options}`);
    expect(parseCall(call.replace(/^\S+ /, '').split(' ')).has('staged')).toBe(true);
    const isPreCommit = recipe.startsWith('pre-commit');
    expect(textOf(`examples/hooks/${recipe}`)).toContain(isPreCommit ? `v${version}` : ` no502@${version}\n`);
  });
});

describe('.pre-commit-hooks.yaml', () => {
  test.each([
    'deploy/root/etc/nginx/nginx.conf',
    'nginx/sites-available/shop',
    'docker/nginx.prod.conf',
    'roles/web/files/php-fpm.d/www.conf',
    'php/8.2/fpm/pool.d/www.conf',
    'sites-enabled/default',
    'etc/passwd',
    'no502.yaml',
    'docker/php.ini',
  ])('%s is judged', (path) => expect(path).toMatch(new RegExp(manifest.files, 'u')));

  test.each(['src/index.php', 'README.md', 'docs/betc/x', 'my-pool.d/x', 'web/phpinfo.php'])(
    '%s is not',
    (path) => expect(path).not.toMatch(new RegExp(manifest.files, 'u')),
  );
});
