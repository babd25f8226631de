import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { normaliseFpmLine, normaliseNginxLine, withoutRepeats } from '../normalise.ts';
import type { DaemonRecord, Observation, RequestRecord, TestResult } from '../observation.ts';
import type { Master, Plan, RequestPlan } from '../plan.ts';
import { startApps } from './apps.ts';
import { finish, type Running, start, until } from './daemon.ts';
import { followLogs, type LogReader } from './logs.ts';
import { visit } from './visit.ts';

const PHP_FPM = '/usr/sbin/php-fpm8.2';
const NGINX = '/usr/sbin/nginx';
/** How long a daemon may take to come up or to give up. */
const START_LIMIT_MS = 5_000;
/** A php-fpm that logs no notices counts as started when it still lives after this. */
const QUIET_START_MS = 500;
/** What a daemon printed before it was seen to be ready may still be in its pipe. */
const PIPE_DELAY_MS = 5;

/** Starts the host's daemons in the order of a boot, sends the requests, and tells what was seen. */
export async function play(root: string, plan: Plan): Promise<Observation> {
  const logs = followLogs(root);
  const tests = await Promise.all(
    plan.masters.map(
      async (master): Promise<readonly [Master, TestResult]> => [master, await testFpm(root, master)],
    ),
  );
  const nginxTest = await testNginx(root);
  logs.fpm();
  logs.nginx();

  await startApps(root, plan.apps);
  const fpm: Record<string, DaemonRecord> = {};
  for (const [master, test] of tests) fpm[master.name] = { test, ...(await startFpm(root, master, logs)) };
  const nginx = { test: nginxTest, ...(await startNginx(root, logs)) };

  const requests: RequestRecord[] = [];
  for (const wave of waves(plan.requests)) requests.push(...(await sendWave(wave, logs)));
  return { nginx, fpm, requests, fpmRuntime: tidy(logs.fpm(), normaliseRuntimeLine) };
}

function tidy(lines: readonly string[], normalise: (line: string) => string | undefined): readonly string[] {
  return withoutRepeats(lines.flatMap((line) => normalise(line) ?? []));
}

/** Children come and go a moment sooner or later; what the master says about requests is what counts. */
function normaliseRuntimeLine(line: string): string | undefined {
  const message = normaliseFpmLine(line);
  return message === undefined || /^NOTICE: |\bexited on signal\b/.test(message) ? undefined : message;
}

function fpmCommand(master: Master): {
  readonly args: readonly string[];
  readonly environment: Record<string, string>;
} {
  const directory = dirname(master.file);
  return {
    args: ['--fpm-config', master.file, '-c', directory],
    environment: { PHP_INI_SCAN_DIR: join(directory, directory === '/etc' ? 'php.d' : 'conf.d') },
  };
}

async function testFpm(root: string, master: Master): Promise<TestResult> {
  const { args, environment } = fpmCommand(master);
  const running = start(root, PHP_FPM, ['-t', ...args], environment);
  const code = await finish(running);
  return { ok: code === 0, output: tidy(running.output().split('\n'), normaliseFpmLine) };
}

async function testNginx(root: string): Promise<TestResult> {
  const running = start(root, NGINX, ['-t']);
  const code = await finish(running);
  return { ok: code === 0, output: tidy(running.output().split('\n'), normaliseNginxLine) };
}

async function startFpm(
  root: string,
  master: Master,
  logs: LogReader,
): Promise<Pick<DaemonRecord, 'started' | 'log'>> {
  const { args, environment } = fpmCommand(master);
  const running = start(root, PHP_FPM, ['--nodaemonize', ...args], environment);
  const lines: string[] = [];
  const ready = (): boolean => {
    lines.push(...logs.fpm());
    return running.exitCode() !== undefined || lines.some(saysReady) || saysReady(running.output());
  };
  if (!(await until(ready, QUIET_START_MS)) && !speaksNotices(running)) await until(ready, QUIET_START_MS);
  await sleep(PIPE_DELAY_MS);
  lines.push(...logs.fpm());
  const printed = tidy(running.output().split('\n'), normaliseFpmLine);
  const logged = tidy(lines, normaliseFpmLine).filter((line) => !printed.includes(line));
  return { started: running.exitCode() === undefined, log: [...printed, ...logged] };
}

function saysReady(text: string): boolean {
  return text.includes('ready to handle connections');
}

function speaksNotices(running: Running): boolean {
  return running.output().includes('NOTICE');
}

async function startNginx(root: string, logs: LogReader): Promise<Pick<DaemonRecord, 'started' | 'log'>> {
  const running = start(root, NGINX, ['-g', 'daemon off;']);
  const pidFile = join(root, 'run/nginx.pid');
  const ready = (): boolean =>
    running.exitCode() !== undefined || (statSync(pidFile, { throwIfNoEntry: false })?.size ?? 0) > 0;
  await until(ready, START_LIMIT_MS);
  await sleep(PIPE_DELAY_MS);
  const printed = tidy(running.output().split('\n'), normaliseNginxLine);
  const logged = tidy(logs.nginx(), normaliseNginxLine).filter((line) => !printed.includes(`nginx: ${line}`));
  return { started: running.exitCode() === undefined, log: [...printed, ...logged] };
}

function waves(requests: readonly RequestPlan[]): readonly (readonly RequestPlan[])[] {
  const numbers = [...new Set(requests.map((request) => request.wave))];
  return numbers.map((wave) => requests.filter((request) => request.wave === wave));
}

async function sendWave(wave: readonly RequestPlan[], logs: LogReader): Promise<readonly RequestRecord[]> {
  const answers = await Promise.all(wave.map(visit));
  const lines = tidy(logs.nginx(), normaliseNginxLine);
  // Requests of one wave race: their answers are told worst last, their lines sorted, all with the first of them.
  const sorted = wave.length > 1 ? answers.sort((a, b) => (a.status ?? 999) - (b.status ?? 999)) : answers;
  const log = wave.length > 1 ? [...new Set(lines)].sort() : lines;
  return wave.map((request, at): RequestRecord => {
    const { status = null, body = '' } = sorted[at] ?? {};
    const text = (body.split('\n')[0] ?? '').trim().slice(0, 60);
    return {
      request: `${request.method} ${request.url}`,
      status,
      ...(text === '' || text.startsWith('<') ? {} : { body: text }),
      log: at === 0 ? log : [],
    };
  });
}
