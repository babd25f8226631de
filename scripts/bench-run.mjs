// Runs one process to its end and tells what it took.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

// GNU time tells the memory of any process; Node tells only its own.
const time = ['/usr/bin/time'].find((path) => existsSync(path));
const mark = 'no502-bench';

/** Runs a command without a shell. `statuses` are the exit codes that count as done; 0 where left out. */
export function runMeasured({ name, command, parameters, cwd, statuses = [0] }) {
  const wrapped = time
    ? [time, '-q', '-f', `${mark} %U %M`, command, ...parameters]
    : [command, ...parameters];
  const [program, ...rest] = wrapped;
  const start = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(program, rest, { cwd, maxBuffer: 2 ** 30, encoding: 'utf8' });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (error) throw error;
  if (!statuses.includes(status)) throw new Error(`${name} ended with ${status}: ${stderr.slice(-2000)}`);
  const [, user = '0', kilobytes = '0'] = new RegExp(`${mark} ([\\d.]+) (\\d+)`).exec(stderr) ?? [];
  return { ms, userMs: Number(user) * 1000, memoryMb: Number(kilobytes) / 1024 };
}
