import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { normaliseFpmLine, normaliseNginxLine, withoutRepeats } from '../normalise.ts';
import type { DaemonRecord, Observation, RequestRecord, TestResult } from '../observation.ts';
import type { Master, Plan, RequestPlan } from '../plan.ts';
import { startApps } from './apps.ts';
import { finish, type Running, start, until } from './daemon.ts';
import { followLogs, type LogReader } from './logs.ts';
import { type Answer, visit } from './visit.ts';

const PHP_FPM = '/usr/sbin/php-fpm8.2';
const NGINX = '/usr/sbin/nginx';
/** How long a daemon may take to come up or to give up. */
const START_LIMIT_MS = 5_000;
/** A php-fpm that logs no notices counts as started when it still lives after this. */
const QUIET_START_MS = 500;
/** What a daemon printed before it was seen to be ready may still be in its pipe. */
const PIPE_DELAY_MS = 5;

/** A host whose daemons were started. */
export interface Booted {
  /** Absent where the host has no nginx. */
  readonly nginx?: DaemonRecord;
  readonly fpm: Readonly<Record<string, DaemonRecord>>;
  readonly logs: LogReader;
}

/** Starts the host's daemons in the order of a boot, sends the requests, and tells what was seen. */
export async function play(root: string, plan: Plan): Promise<Observation> {
  const { nginx, fpm, logs } = await boot(root, plan);
  if (!nginx) throw new Error('a host that is played alone needs an nginx');
  const requests: RequestRecord[] = [];
  const newLines = (): readonly string[] => tidyNginx(logs.nginx());
  for (const wave of waves(plan.requests)) requests.push(...(await sendWave(wave, visit, newLines)));
  return { nginx, fpm, requests, fpmRuntime: tidyRuntime(logs.fpm()) };
}

/** Lets the daemons test their configuration, and starts them in the order of a boot. */
export async function boot(root: string, plan: Plan): Promise<Booted> {
  const logs = followLogs(root);
  const tests = await Promise.all(
    plan.masters.map(
      async (master): Promise<readonly [Master, TestResult]> => [master, await testFpm(root, master)],
    ),
  );
  const nginxTest = existsSync(join(root, 'etc/nginx')) ? await testNginx(root) : undefined;
  logs.fpm();
  logs.nginx();

  await startApps(root, plan.apps);
  const fpm: Record<string, DaemonRecord> = {};
  for (const [master, test] of tests) fpm[master.name] = { test, ...(await startFpm(root, master, logs)) };
  if (!nginxTest) return { fpm, logs };
  return { nginx: { test: nginxTest, ...(await startNginx(root, logs)) }, fpm, logs };
}

/** Lines of nginx's error log as records hold them. */
export function tidyNginx(lines: readonly string[]): readonly string[] {
  return tidy(lines, normaliseNginxLine);
}

/** What php-fpm wrote after it was ready, as records hold it. */
export function tidyRuntime(lines: readonly string[]): readonly string[] {
  return tidy(lines, normaliseRuntimeLine);
}

/** Lines of php-fpm as it starts, as records hold them. */
export function tidyFpm(lines: readonly string[]): readonly string[] {
  return tidy(lines, normaliseFpmLine);
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

/** The requests by wave, in order. */
export function waves<Request extends RequestPlan>(
  requests: readonly Request[],
): readonly (readonly Request[])[] {
  const numbers = [...new Set(requests.map((request) => request.wave))];
  return numbers.map((wave) => requests.filter((request) => request.wave === wave));
}

/** Sends the requests of one wave at once, and tells the answers with the lines that were written meanwhile. */
export async function sendWave<Request extends RequestPlan>(
  wave: readonly Request[],
  send: (request: Request) => Promise<Answer>,
  newLines: () => readonly string[] | Promise<readonly string[]>,
): Promise<readonly RequestRecord[]> {
  const answers = await Promise.all(wave.map(send));
  const lines = await newLines();
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
