import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** A command in the host's root, its output kept. */
export interface Running {
  readonly child: ChildProcess;
  /** Whole output until now, both streams in order of arrival. */
  output(): string;
  /** The exit code once it is gone, else undefined; -1 for a signal. */
  exitCode(): number | undefined;
}

const ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/', LANG: 'C.UTF-8' };

/** The soft limit of open files that systemd gives a service, whatever this machine's shell has. */
const OPEN_FILES = '--nofile=1024:';

/** Starts a program inside the host. */
export function start(
  root: string,
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Running {
  let output = '';
  let exitCode: number | undefined;
  const child = spawn('prlimit', [OPEN_FILES, 'chroot', root, command, ...args], {
    env: { ...ENVIRONMENT, ...environment },
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const keep = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  child.on('close', (code) => {
    exitCode = code ?? -1;
  });
  return { child, output: () => output, exitCode: () => exitCode };
}

/** Runs a program inside the host until it ends, for ten seconds at most. */
export async function finish(running: Running): Promise<number> {
  await until(() => running.exitCode() !== undefined, 10_000);
  if (running.exitCode() === undefined) running.child.kill('SIGKILL');
  return running.exitCode() ?? -1;
}

/** Looks again every few milliseconds until the condition holds or the time is over; tells which. */
export async function until(condition: () => boolean | Promise<boolean>, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > end) return false;
    await sleep(4);
  }
  return true;
}
