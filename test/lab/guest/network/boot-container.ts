import { setTimeout as sleep } from 'node:timers/promises';
import type { Program } from '../../network/plan.ts';
import type { DaemonRecord, TestResult } from '../../observation.ts';
import { until } from '../daemon.ts';
import { tidyFpm, tidyNginx } from '../play.ts';
import { somebodyListens } from './listening.ts';
import { runToEnd, startProgram } from './program.ts';
import type { StartedHost } from './started-host.ts';
import { fillTemplates } from './templates.ts';

/** How long a program may take until it listens or gives up. */
const START_LIMIT_MS = 5_000;

/** A php-fpm that logs into a file of its own counts as started when it still lives after this. */
const QUIET_START_MS = 500;

/** What the children of php-fpm say when they begin comes within this. */
const CHILDREN_DELAY_MS = 30;

/** Starts the program of a container and waits until it listens or is gone. `onEnd` is called when it has ended, with all that it started. */
export async function bootContainer(
  root: string,
  program: Program | undefined,
  onEnd: () => void,
): Promise<StartedHost> {
  const silent = { nginxLines: () => [], fpmLines: () => [] };
  if (!program) return { record: { fpm: {} }, ...silent };
  if (program.kind === 'nginx') fillTemplates(root, program.environment);
  const test = await testOf(root, program);
  const running = startProgram(root, program, onEnd);
  const gone = (): boolean => running.exitCode() !== undefined;
  await until(() => gone() || somebodyListens(), START_LIMIT_MS);
  // php-fpm listens before it is ready, and what ends with an error may have listened for a moment.
  if (program.kind === 'fpm')
    await until(() => gone() || running.output().includes('ready to handle connections'), QUIET_START_MS);
  // Children of php-fpm complain on their own time.
  await sleep(CHILDREN_DELAY_MS);
  const started = !gone();
  switch (program.kind) {
    case 'app':
      return { record: { fpm: {}, ran: started }, ...silent };
    case 'nginx': {
      const nginx: DaemonRecord = { test, started, log: tidyNginx(running.newLines()) };
      return { record: { nginx, fpm: {} }, ...silent, nginxLines: running.newLines };
    }
    case 'fpm': {
      const fpm: DaemonRecord = { test, started, log: [...new Set(tidyFpm(running.newLines()))] };
      return { record: { fpm: { fpm } }, ...silent, fpmLines: () => running.newLines().filter(isNoAccess) };
    }
    default:
      return program.kind satisfies never;
  }
}

/** The image of php-fpm writes its access log among the rest. */
function isNoAccess(line: string): boolean {
  return !/^\S+ - .*"(?:GET|POST|HEAD) /.test(line);
}

async function testOf(root: string, program: Program): Promise<TestResult> {
  if (program.kind === 'app') return { ok: true, output: [] };
  const { code, output } = await runToEnd(root, { ...program, command: [...program.command, '-t'] });
  const lines = output.split('\n');
  return { ok: code === 0, output: program.kind === 'nginx' ? tidyNginx(lines) : tidyFpm(lines) };
}
