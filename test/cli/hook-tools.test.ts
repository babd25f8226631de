import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { version } from '../../src/about.ts';

// The recipes of examples/hooks, followed in a repository of somebody who has the tools: each commit goes through the real one.

const root = fileURLToPath(new URL('../..', import.meta.url));
const tools = fileURLToPath(new URL('hook-tools/node_modules', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'no502-hook-tools-'));
const dist = join(scratch, 'dist');
const hasNpmTools = existsSync(tools);
const hasPreCommit = spawnSync('pre-commit', ['--version']).status === 0;

// Nothing of the person who runs the tests; `CI` keeps the tools from drawing.
const env = {
  PATH: process.env['PATH'] ?? '',
  HOME: scratch,
  PRE_COMMIT_HOME: join(scratch, 'pre-commit'),
  GIT_CONFIG_NOSYSTEM: '1',
  NO_COLOR: '1',
  CI: '1',
};
const pool = 'deploy/root/etc/php/8.1/fpm/pool.d/legacy.conf';

let repository: string;

function run(command: string, ...parameters: readonly string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(command, parameters, {
    cwd: repository,
    env,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

/** Runs what has to succeed. */
function must(command: string, ...parameters: readonly string[]): void {
  const { status, output } = run(command, ...parameters);
  expect(status, `${command} ${parameters.join(' ')}: ${output}`).toBe(0);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(repository, path)), { recursive: true });
  writeFileSync(join(repository, path), text);
}

/** Puts a recipe where it says that it belongs. */
function follow(recipe: string, path: string): void {
  write(path, readFileSync(join(root, 'examples/hooks', recipe), 'utf8'));
}

function commit(): { status: number | null; output: string } {
  must('git', 'add', '--all');
  return run('git', 'commit', '--message', 'x');
}

/** A repository with a healthy host and, as `npm install` leaves them, no502 and the tools. */
function begin(): void {
  repository = mkdtempSync(join(scratch, 'repository-'));
  cpSync(join(root, 'examples/healthy'), join(repository, 'deploy/root'), { recursive: true });
  const bin = join(repository, 'node_modules/.bin');
  mkdirSync(bin, { recursive: true });
  symlinkSync(join(dist, 'cli.js'), join(bin, 'no502'));
  for (const tool of hasNpmTools ? ['husky', 'lint-staged', 'lefthook'] : []) {
    symlinkSync(join(tools, '.bin', tool), join(bin, tool));
  }
  write('.gitignore', 'node_modules/\n');
  must('git', 'init', '--quiet', '.');
  must('git', 'config', 'user.name', 'A Person');
  must('git', 'config', 'user.email', 'a@example.com');
}

/** What every recipe promises; the hook is in place. */
function judgesCommits({ seesRemovals = true } = {}): void {
  test('lets a healthy host in, refuses what breaks another file, and lets its repair through', () => {
    expect(commit()).toMatchObject({ status: 0 });
    const text = readFileSync(join(repository, pool), 'utf8');
    write(pool, text.replace(/^listen = .*$/m, 'listen = /run/php/other.sock'));
    const refused = commit();
    expect(refused.output).toContain('--> deploy/root/etc/nginx/sites-available/legacy:');
    expect(refused.status).toBe(1);
    write(pool, `${text}; repaired\n`);
    expect(commit()).toMatchObject({ status: 0 });
  });

  test('lets a commit through that does not touch what is broken already', () => {
    write(
      pool,
      readFileSync(join(repository, pool), 'utf8').replace(/^listen = .*$/m, 'listen = /run/x.sock'),
    );
    must('git', 'add', '--all');
    must('git', 'commit', '--quiet', '--no-verify', '--message', 'broken');
    write('deploy/root/etc/nginx/conf.d/new.conf', '# new\n');
    expect(commit()).toMatchObject({ status: 0 });
  });

  test('judges what is staged and not what lies in the work tree', () => {
    must('git', 'add', '--all');
    must('git', 'commit', '--quiet', '--no-verify', '--message', 'healthy');
    const text = readFileSync(join(repository, pool), 'utf8');
    write(pool, text.replace(/^listen = .*$/m, 'listen = /run/php/other.sock'));
    must('git', 'add', '--all');
    write(pool, `${text}; whole again, and not staged\n`);
    const refused = run('git', 'commit', '--message', 'x');
    expect(refused.output).toContain('--> deploy/root/etc/nginx/sites-available/legacy:');
    expect(refused.status).toBe(1);
    expect(readFileSync(join(repository, pool), 'utf8')).toMatch(/not staged\n$/);
  });

  test.runIf(seesRemovals)('refuses a commit that only removes what is needed', () => {
    must('git', 'add', '--all');
    must('git', 'commit', '--quiet', '--no-verify', '--message', 'healthy');
    must('git', 'rm', '--quiet', pool);
    const refused = run('git', 'commit', '--message', 'x');
    expect(refused.output).toContain('--> deploy/root/etc/nginx/sites-available/legacy:');
    expect(refused.status).toBe(1);
  });
}

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), dist]);
});
afterAll(() => rmSync(scratch, { recursive: true }));

const leftOut = hasNpmTools ? '' : ' (left out: npm ci --ignore-scripts --prefix test/cli/hook-tools)';

describe.skipIf(!hasNpmTools)(`the real tools of npm${leftOut}`, () => {
  beforeEach(begin);
  afterEach(() => rmSync(repository, { recursive: true }));

  describe('husky', () => {
    beforeEach(() => {
      must('node_modules/.bin/husky');
      follow('husky-pre-commit.sh', '.husky/pre-commit');
    });
    judgesCommits();
  });

  describe('lint-staged', () => {
    beforeEach(() => {
      follow('lint-staged.config.mjs', 'lint-staged.config.mjs');
      const hook = join(repository, '.git/hooks/pre-commit');
      writeFileSync(hook, '#!/bin/sh\nexec node_modules/.bin/lint-staged\n');
      chmodSync(hook, 0o755);
    });
    // What its recipe says.
    judgesCommits({ seesRemovals: false });
  });

  describe('lefthook', () => {
    beforeEach(() => {
      follow('lefthook.yml', 'lefthook.yml');
      must('node_modules/.bin/lefthook', 'install');
    });
    judgesCommits();
  });
});

describe.skipIf(!hasPreCommit)(`pre-commit${hasPreCommit ? '' : ' (left out: it is not installed)'}`, () => {
  // What its recipe names, as far as a hook needs it: pre-commit clones it, and has npm make a package of it.
  beforeAll(() => {
    repository = join(scratch, 'no502');
    mkdirSync(repository);
    cpSync(dist, join(repository, 'dist'), { recursive: true });
    for (const name of ['.pre-commit-hooks.yaml', '.npmrc']) cpSync(join(root, name), join(repository, name));
    const { devDependencies: _, ...published } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    write('package.json', JSON.stringify({ ...published, scripts: { prepare: 'node --version' } }));
    must('git', 'init', '--quiet', '.');
    must('git', 'config', '--global', `url.${repository}.insteadOf`, 'https://github.com/no502/no502');
    must('git', 'add', '--all');
    must('git', '-c', 'user.name=x', '-c', 'user.email=x@example.com', 'commit', '--quiet', '--message', 'x');
    must('git', 'tag', `v${version}`);
  });
  beforeEach(() => {
    begin();
    rmSync(join(repository, 'node_modules'), { recursive: true });
    follow('pre-commit-config.yaml', '.pre-commit-config.yaml');
    must('pre-commit', 'install');
  });
  afterEach(() => rmSync(repository, { recursive: true }));
  judgesCommits();
});
