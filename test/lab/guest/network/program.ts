import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, openSync, readFileSync } from 'node:fs';
import type { Program } from '../../network/plan.ts';
import { until } from '../daemon.ts';

/** The program of a container, its errors kept. */
export interface RunningProgram {
  /** All that it wrote to its standard error until now. */
  output(): string;
  /** What of it has not been told yet, whole lines. */
  newLines(): readonly string[];
  /** The exit code once it is gone, else undefined; -1 for a signal. */
  exitCode(): number | undefined;
}

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const TEST_LIMIT_MS = 10_000;

let files = 0;

/**
 * Starts the program of a container. When it ends, all that it started ends with it, as php-fpm does that goes into the
 * background. Its streams are files: images let daemons log to /dev/stderr, and nobody can open Node's own pipes by that name.
 */
export function startProgram(root: string, program: Program, onEnd: () => void): RunningProgram {
  const [child, file] = spawnInside(root, program);
  child.on('close', () => {
    endAll();
    onEnd();
  });
  let told = 0;
  const output = (): string => readFileSync(file.path, 'utf8');
  return {
    output,
    exitCode: file.exitCode,
    newLines: () => {
      const text = output();
      const from = told;
      told = text.lastIndexOf('\n') + 1;
      return told > from ? text.slice(from, told - 1).split('\n') : [];
    },
  };
}

/** Runs a program inside a container until it ends. */
export async function runToEnd(
  root: string,
  program: Program,
): Promise<{ readonly code: number; readonly output: string }> {
  const [child, file] = spawnInside(root, program);
  await until(() => file.exitCode() !== undefined, TEST_LIMIT_MS);
  if (file.exitCode() === undefined) child.kill('SIGKILL');
  return { code: file.exitCode() ?? -1, output: readFileSync(file.path, 'utf8') };
}

/** Ends every other process of this namespace, whose first process this is. */
function endAll(): void {
  if (process.pid !== 1) throw new Error('the first process of a container is 1');
  try {
    process.kill(-1, 'SIGKILL');
  } catch {
    // There is none.
  }
}

interface ErrorFile {
  readonly path: string;
  exitCode(): number | undefined;
}

function spawnInside(
  root: string,
  { command, environment, directory, user }: Program,
): readonly [ChildProcess, ErrorFile] {
  const [out, path] = [`${root}.${files}.out`, `${root}.${files++}.err`];
  const streams = [openSync(out, 'a'), openSync(path, 'a')];
  const [uid = '0', gid = uid] = user.split(':');
  for (const file of [out, path]) chownSync(file, Number(uid), Number(gid));
  const args = [`--userspec=${user}`, root, '/usr/bin/env', '-C', directory, ...command];
  const child = spawn('chroot', args, {
    env: { PATH, HOME: '/root', ...environment },
    stdio: ['ignore', ...streams],
  });
  let exitCode: number | undefined;
  child.on('close', (code) => {
    exitCode = code ?? -1;
  });
  child.on('error', () => {
    exitCode = -1;
  });
  return [child, { path, exitCode: () => exitCode }];
}
