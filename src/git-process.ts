import { spawnSync } from 'node:child_process';
import type { RunGit } from './load/git.ts';

/**
 * What a hook's environment says about where the repository is: `git commit -a` and `git commit FILE` prepare another
 * index than `.git/index`. https://git-scm.com/docs/git#_environment_variables
 */
const kept: ReadonlySet<string> = new Set([
  ...['GIT_DIR', 'GIT_WORK_TREE', 'GIT_COMMON_DIR', 'GIT_INDEX_FILE', 'GIT_CEILING_DIRECTORIES'],
  ...['GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_QUARANTINE_PATH'],
]);

/** Settings of a repository can name programs to run and places to fetch from. */
const harmless = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'protocol.allow=never',
];

/** git of this machine in a directory: it only reads, takes no lock, runs nothing else and fetches nothing. */
export function gitProcess(cwd: string, env: Readonly<Record<string, string | undefined>>): RunGit {
  const own = Object.entries(env).filter(([name]) => !name.startsWith('GIT_') || kept.has(name));
  const safe = {
    ...Object.fromEntries(own),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
  return (args, input = '') => {
    const { status, stdout, stderr, error } = spawnSync('git', ['--no-pager', ...harmless, ...args], {
      cwd,
      env: safe,
      input,
      maxBuffer: Number.POSITIVE_INFINITY,
      windowsHide: true,
    });
    const isStarted = error === undefined && status !== null;
    return {
      status: isStarted ? status : undefined,
      stdout: stdout ?? Buffer.alloc(0),
      stderr: isStarted ? stderr.toString('utf8') : (error?.message ?? 'git was stopped by a signal'),
    };
  };
}
