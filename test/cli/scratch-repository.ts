import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gitProcess } from '../../src/git-process.ts';
import type { Io } from '../../src/io.ts';
import { disk } from '../../src/load/disk.ts';
import { main } from '../../src/main.ts';
import { fakeIo } from './fake-io.ts';

/** A repository on the real disk, of its own for one test. */
export interface ScratchRepository {
  readonly directory: string;
  git(...args: readonly string[]): string;
  write(path: string, text: string): void;
  remove(): void;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Nothing of the person who runs the tests: no hooks, no signatures, no default branch. */
const env = { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
const author = ['-c', 'user.name=A Person', '-c', 'user.email=a@example.com'];

/** A repository whose `deploy/root` is one of the examples, committed; empty without an example. */
export function scratchRepository(example?: string): ScratchRepository {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'no502-git-')));
  const git = (...args: readonly string[]): string =>
    execFileSync('git', [...author, ...args], { cwd: directory, env, encoding: 'utf8', stdio: 'pipe' });
  git('init', '--quiet', '.');
  if (example !== undefined) {
    cpSync(join(root, 'examples', example), join(directory, 'deploy/root'), { recursive: true });
    git('add', '--all');
    git('commit', '--quiet', '--message', example);
  }
  return {
    directory,
    git,
    write(path, text) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    },
    remove: () => rmSync(directory, { recursive: true }),
  };
}

/** The command there, with the real disk and the real git. */
export async function runIn(
  cwd: string,
  ...argv: readonly string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const fake = fakeIo();
  const io: Io = { ...fake.io, fs: disk, cwd, openGit: async () => gitProcess(cwd, env) };
  const code = await main(argv, io);
  return { code, stdout: fake.stdout(), stderr: fake.stderr() };
}
