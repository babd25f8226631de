import type { FpmConfig } from '../../syntax/fpm/entry.ts';
import type { FpmProblem } from '../../syntax/fpm/problem.ts';
import type { Span } from '../../syntax/source.ts';
import { isAccessFormat } from './access-format.ts';
import { checkPool, type PoolCheck } from './check-pool.ts';
import type { GlobalSettings } from './global-settings.ts';
import { hashAt } from './meant-listen.ts';
import type { Pool } from './pool.ts';
import { type PoolKind, poolsByKind } from './pool-kind.ts';
import { isPriority } from './priority.ts';
import type { Report } from './report.ts';
import { knownValue, type Setting, spanOf } from './setting.ts';

/** What php-fpm checks once it has read its files. */
export interface Checked {
  readonly config: FpmConfig;
  readonly settings: GlobalSettings;
  readonly pools: readonly Pool[];
  readonly statusPools: readonly Pool[];
  /** False where something was not read: then nothing that is only missing is a problem. */
  readonly complete: boolean;
  /** True where php-fpm runs as root and so must be told a user. */
  readonly needsUser: boolean;
}

/** The least `log_limit` (`ZLOG_MIN_LIMIT` of zlog.h). */
const leastLogLimit = 512;

/**
 * All that php-fpm refuses after reading and that configuration alone decides, in its order.
 *
 * `fpm_conf_post_process` of https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_conf.c
 */
export function checkMaster(checked: Checked): readonly FpmProblem[] {
  const problems: FpmProblem[] = [];
  const { config, settings, pools, statusPools, complete, needsUser } = checked;
  const start: Span = { source: config.main, start: 0, end: 0 };
  const report: Report = (kind, message, span, more) => {
    problems.push({ kind, message, span: span ?? start, fatal: true, seenByTest: true, ...more });
  };
  checkGlobal(settings, report);
  if (pools.length === 0 && complete) {
    const text = 'No pool defined. at least one pool section must be specified in config file';
    report('no-pool', text, config.includes.at(-1)?.span);
  }
  const all = [...pools, ...statusPools];
  checkPools(pools, { complete, needsUser, settings }, report, problems);
  for (const pool of statusPools) checkPool(pool, { complete, needsUser, settings }, report);
  checkAddresses(all, report);
  for (const pool of all) checkAccessFormat(pool, report);
  checkFiles(settings, report);
  for (const pool of all) {
    const { listenAddress } = pool;
    if (listenAddress?.kind !== 'invalid') continue;
    const listen = knownValue(pool.listen) ?? '';
    const kind = /^unix:/i.test(listen) ? 'listen-unix-prefix' : 'listen-address';
    report(kind, listenAddress.message, spanOf(pool.listen), {
      pool: pool.name,
      seenByTest: false,
      help: listenHelp(listen),
    });
  }
  return problems;
}

/** Where php-fpm takes one pool, it takes all of its kind: what they differ in is not what it judges. */
function checkPools(
  pools: readonly Pool[],
  check: PoolCheck,
  report: Report,
  problems: readonly FpmProblem[],
): void {
  const { kindAt } = poolsByKind(pools);
  const fine = new Set<PoolKind>();
  pools.forEach((pool, at) => {
    const kind = kindAt[at];
    if (!kind || fine.has(kind)) return;
    const before = problems.length;
    checkPool(pool, check, report);
    if (problems.length === before) fine.add(kind);
  });
}

function listenHelp(listen: string): string {
  if (/^unix:/i.test(listen)) {
    const path = listen.slice('unix:'.length);
    return `unix: is nginx's way to write it; php-fpm takes the path alone: ${path}`;
  }
  if (hashAt(listen) !== undefined) return 'comments of php-fpm begin with ;';
  if (/^[a-z]+:\/\//i.test(listen)) return 'php-fpm takes host:port without a scheme';
  if (listen.startsWith('/')) return 'with a colon it is a host and a port: take the colon out of the path';
  if (listen.startsWith(':')) return `the port alone means every address: listen = ${listen.slice(1)}`;
  return 'write a path, a port from 1 to 65535, or host:port';
}

/**
 * The most open files that any kernel in use lets a process have, unless a sysctl file raises it: what systemd writes
 * to `fs.nr_open` when it boots a 64-bit host. https://www.man7.org/linux/man-pages/man5/proc_sys_fs.5.html
 */
const mostFiles = 1_073_741_816;

function checkFiles({ rlimitFiles }: GlobalSettings, report: Report): void {
  const files = knownValue(rlimitFiles) ?? 0;
  if (files <= mostFiles) return;
  report(
    'rlimit-files',
    `failed to set rlimit_files for this pool. Please check your system limits or decrease rlimit_files. setrlimit(RLIMIT_NOFILE, ${files}): Operation not permitted (1)`,
    spanOf(rlimitFiles),
    { seenByTest: false, help: 'no kernel allows so many; fs.nr_open is the limit' },
  );
}

function checkGlobal(settings: GlobalSettings, report: Report): void {
  const below = (setting: Setting<number>, least: number) => (knownValue(setting) ?? least) < least;
  if (below(settings.logLimit, leastLogLimit)) {
    report('log-limit', `log_limit must be greater than ${leastLogLimit}`, spanOf(settings.logLimit));
  }
  if (below(settings.processMax, 0)) {
    report('process-max', "process_max can't be negative", spanOf(settings.processMax));
  }
  const priority = knownValue(settings.processPriority);
  if (priority !== undefined && !isPriority(priority)) {
    report('priority', 'process.priority must be included into [-19,20]', spanOf(settings.processPriority));
  }
  const mechanism = knownValue(settings.eventsMechanism);
  if (mechanism !== undefined && !mechanisms.has(mechanism.toLowerCase())) {
    report(
      'events-mechanism',
      `event mechanism '${mechanism}' is not available on this system`,
      spanOf(settings.eventsMechanism),
      { help: 'leave events.mechanism out: php-fpm finds the best one itself' },
    );
  }
}

/** Of all systems: which of them this one has is for the running server to know. */
const mechanisms: ReadonlySet<string> = new Set(['epoll', 'poll', 'select', 'kqueue', 'port', '/dev/poll']);

/** Two pools whose `listen` is the same text. Two texts for one socket pass here and fail when php-fpm binds. */
function checkAddresses(pools: readonly Pool[], report: Report): void {
  const first = new Map<string, Pool>();
  for (const pool of pools) {
    const listen = knownValue(pool.listen);
    if (!listen) continue;
    const other = first.get(listen);
    if (!other) {
      first.set(listen, pool);
      continue;
    }
    const related = spanOf(other.listen);
    report(
      'listen-conflict',
      `[pool ${pool.name}] unable to set listen address as it's already used in another pool '${other.name}'`,
      spanOf(pool.listen),
      { pool: pool.name, ...(related && { related: [related] }) },
    );
  }
}

function checkAccessFormat(pool: Pool, report: Report): void {
  // The default is one that it takes.
  if (!pool.section.sets('access.format')) return;
  const format = knownValue(pool.accessFormat);
  if (!knownValue(pool.accessLog) || format === undefined || isAccessFormat(format)) return;
  report(
    'access-format',
    `[pool ${pool.name}] wrong format for access.format '${format}'`,
    spanOf(pool.accessFormat),
    {
      pool: pool.name,
    },
  );
}
