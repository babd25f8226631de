import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostRecord } from '../../network/observation.ts';
import type { Container, Mount, Program } from '../../network/plan.ts';
import type { DaemonRecord, TestResult } from '../../observation.ts';
import { until } from '../daemon.ts';
import { tidyFpm, tidyNginx } from '../play.ts';
import { mountRoot, writeEntries } from '../root.ts';
import { realInside } from './inside.ts';
import { somebodyListens } from './listening.ts';
import { serveNames } from './names.ts';
import { runToEnd, startProgram } from './program.ts';
import { fillTemplates } from './templates.ts';

/** How long a program may take until it listens or gives up. */
const START_LIMIT_MS = 5_000;

/** A php-fpm that logs into a file of its own counts as started when it still lives after this. */
const QUIET_START_MS = 500;

/** What the children of php-fpm say when they begin comes within this. */
const CHILDREN_DELAY_MS = 30;

/** What of a container's directories no image has to list. */
const DIRECTORIES = ['/dev', '/etc/ssl', '/proc', '/root', '/run', '/tmp', '/usr', '/var/lib', '/var/log'];

/** A container whose program was started. */
export interface RunningContainer {
  readonly record: Omit<HostRecord, 'fpmRuntime'>;
  /** New lines of nginx since the last look. */
  nginxLines(): readonly string[];
  /** New lines of php-fpm since the last look. */
  fpmLines(): readonly string[];
}

/** Makes the root of a container: /usr of the machine without /usr/local, the tree of its image, and what it mounts. */
export async function buildContainer(root: string, work: string, container: Container): Promise<void> {
  mountRoot(root, DIRECTORIES);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', join(root, 'usr/local')]);
  execFileSync('chmod', ['1777', join(root, 'tmp')]);
  writeEntries(root, container.entries);
  for (const mount of container.mounts) bind(root, work, mount);
  if (container.program?.kind === 'app') {
    borrow(root, process.execPath, 'usr/local/bin/node');
    borrow(root, process.argv[1] ?? '', 'usr/local/lib/lab/guest.mjs');
  }
  // Who shares the machine's network has no name server of its own.
  if (container.names.length > 0) await serveNames(container.names);
  writeFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', '0');
}

function bind(root: string, work: string, { volume, from, to, readOnly }: Mount): void {
  const files = join(work, 'volumes', volume);
  const source = join(files, realInside(files, from));
  if (!existsSync(source)) mkdirSync(source, { recursive: true });
  const target = join(root, realInside(root, to));
  if (statSync(source).isDirectory()) mkdirSync(target, { recursive: true });
  else if (!existsSync(target)) {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, '');
  }
  execFileSync('mount', ['--bind', ...(readOnly ? ['-o', 'ro'] : []), source, target]);
}

/** Node may lie anywhere on the machine; in a container it lies where its image has it, and the lab's own programs beside it. */
function borrow(root: string, file: string, path: string): void {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, '', { mode: 0o755 });
  execFileSync('mount', ['--bind', file, target]);
}

/** Starts the program of a container and waits until it listens or is gone. */
export async function bootContainer(root: string, program: Program | undefined): Promise<RunningContainer> {
  const silent = { nginxLines: () => [], fpmLines: () => [] };
  if (!program) return { record: { fpm: {} }, ...silent };
  if (program.kind === 'nginx') fillTemplates(root, program.environment);
  const test = await testOf(root, program);
  const running = startProgram(root, program);
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
