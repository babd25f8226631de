import type { FpmProblem, FpmProblemKind } from '../../syntax/fpm/problem.ts';
import type { Span } from '../../syntax/source.ts';
import { atoi } from '../../syntax/zend/value.ts';
import type { GlobalSettings } from './global-settings.ts';
import { defaultBacklog, type Pool } from './pool.ts';
import { isPriority } from './priority.ts';
import type { Report } from './report.ts';
import { knownValue, type Setting, spanOf } from './setting.ts';

/** What the check of a pool must know besides the pool. */
export interface PoolCheck {
  /** False where lines of the pool may stand in files that were not read. */
  readonly complete: boolean;
  /** True where php-fpm runs as root and so must be told a user. */
  readonly needsUser: boolean;
  readonly settings: GlobalSettings;
}

/**
 * What php-fpm refuses in one pool, in its order.
 *
 * `fpm_conf_process_all_pools` of https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_conf.c
 */
export function checkPool(pool: Pool, check: PoolCheck, reportAny: Report): void {
  const header = pool.headers[0];
  const report: Report = (kind, message, span, more) =>
    reportAny(kind, `[pool ${pool.name}] ${message}`, span ?? header, { pool: pool.name, ...more });
  if (check.complete && check.needsUser && pool.user.kind === 'default') {
    report('user-missing', 'user has not been defined', header, {
      help: 'name the user the workers run as: user = www-data',
    });
  }
  if (isMissing(pool.listen, check)) {
    report('listen-missing', 'no listen address have been defined!', spanOf(pool.listen));
  }
  const priority = knownValue(pool.processPriority);
  if (priority !== undefined && !isPriority(priority)) {
    report('priority', 'process.priority must be included into [-19,20]', spanOf(pool.processPriority));
  }
  if (check.complete && pool.pm.kind === 'default' && pool.pm.value === undefined) {
    report('pm-missing', 'the process manager is missing (static, dynamic or ondemand)', header);
  }
  if (isJudged(pool.maxChildren, check) && lessThan(pool.maxChildren, 1)) {
    report('max-children', 'pm.max_children must be a positive value', spanOf(pool.maxChildren));
  }
  checkWorkers(pool, check, report);
  checkStatus(pool, report);
  checkPing(pool, report);
  checkSlowlog(pool, check, report);
  const chroot = knownValue(pool.chroot);
  if (chroot?.includes('$prefix') && !chroot.startsWith('/')) {
    reportAny('chroot', "'$prefix' must be use at the beginning of the value", spanOf(pool.chroot), {
      pool: pool.name,
    });
  }
}

/** Where nothing sets it, only a whole configuration shows that nothing does. */
function isJudged(setting: Setting<unknown>, check: PoolCheck): boolean {
  return setting.kind === 'given' || (setting.kind === 'default' && check.complete);
}

function isMissing(setting: Setting<string | undefined>, check: PoolCheck): boolean {
  return isJudged(setting, check) && !knownValue(setting);
}

function lessThan(setting: Setting<number>, least: number): boolean {
  return (knownValue(setting) ?? least) < least;
}

function checkWorkers(pool: Pool, check: PoolCheck, report: Report): void {
  switch (knownValue(pool.pm)) {
    case 'dynamic':
      checkDynamic(pool, check, report);
      break;
    case 'ondemand':
      checkOnDemand(pool, check, report);
      break;
  }
}

function checkDynamic(pool: Pool, check: PoolCheck, report: Report): void {
  const { minSpareServers, maxSpareServers, maxChildren, startServers } = pool;
  const numbers = [minSpareServers, maxSpareServers, maxChildren];
  if (numbers.some((setting) => !isJudged(setting, check))) return;
  const min = knownValue(minSpareServers) ?? 0;
  const max = knownValue(maxSpareServers) ?? 0;
  const children = knownValue(maxChildren) ?? 0;
  // The value itself is already replaced where it is not positive.
  const start = startServers.kind === 'given' ? atoi(startServers.text) : 0;
  const inconsistent = (message: string, cause: Setting<number>, others: readonly Setting<number>[]) =>
    report('pm-inconsistent', message, spanOf(cause) ?? spanOf(pool.pm), {
      related: others.flatMap((other) => spanOf(other) ?? []),
    });
  if (min <= 0) {
    inconsistent(`pm.min_spare_servers(${min}) must be a positive value`, minSpareServers, []);
  } else if (max <= 0) {
    inconsistent(`pm.max_spare_servers(${max}) must be a positive value`, maxSpareServers, []);
  } else if (children >= 1 && (min > children || max > children)) {
    const text = `pm.min_spare_servers(${min}) and pm.max_spare_servers(${max}) cannot be greater than pm.max_children(${children})`;
    inconsistent(text, max > children ? maxSpareServers : minSpareServers, [maxChildren]);
  } else if (max < min) {
    const text = `pm.max_spare_servers(${max}) must not be less than pm.min_spare_servers(${min})`;
    inconsistent(text, maxSpareServers, [minSpareServers]);
  } else if (startServers.kind !== 'unknown' && start <= 0) {
    const middle = knownValue(startServers);
    if (check.complete) {
      const text = `pm.start_servers is not set. It's been set to ${middle}.`;
      report('start-servers-default', text, spanOf(startServers) ?? spanOf(pool.pm), { fatal: false });
    }
  } else if (startServers.kind !== 'unknown' && (start < min || start > max)) {
    const text = `pm.start_servers(${start}) must not be less than pm.min_spare_servers(${min}) and not greater than pm.max_spare_servers(${max})`;
    inconsistent(text, startServers, [minSpareServers, maxSpareServers]);
  }
  if (lessThan(pool.maxSpawnRate, 1)) {
    report('pm-inconsistent', 'pm.max_spawn_rate must be a positive value', spanOf(pool.maxSpawnRate));
  }
}

function checkOnDemand(pool: Pool, check: PoolCheck, report: Report): void {
  const mechanism = knownValue(check.settings.eventsMechanism)?.toLowerCase();
  if (mechanism === 'poll' || mechanism === 'select') {
    report(
      'events-mechanism',
      'ondemand process manager can ONLY be used when events.mechanism is either epoll (Linux) or kqueue (*BSD).',
      spanOf(check.settings.eventsMechanism),
      { related: [spanOf(pool.pm)].flatMap((span) => span ?? []) },
    );
  }
  if (lessThan(pool.processIdleTimeout, 1)) {
    const text = `pm.process_idle_timeout(${knownValue(pool.processIdleTimeout)}s) must be greater than 0s`;
    report('idle-timeout', text, spanOf(pool.processIdleTimeout));
  }
  const backlog = pool.listenBacklog.kind === 'given' ? atoi(pool.listenBacklog.text) : defaultBacklog;
  if (backlog < defaultBacklog) {
    const text = `listen.backlog(${backlog}) was too low for the ondemand process manager. I updated it for you to ${defaultBacklog}.`;
    report('backlog-raised', text, spanOf(pool.listenBacklog), { fatal: false });
  }
}

function checkStatus(pool: Pool, report: Report): void {
  const path = knownValue(pool.statusPath);
  if (!path || pool.statusPath.kind !== 'given') return;
  const mayBeRoot = pool.isStatusPool || pool.statusListen.kind !== 'default';
  checkUrlPath('status', 'status-path', path, mayBeRoot, spanOf(pool.statusPath), report);
}

function checkPing(pool: Pool, report: Report): void {
  const path = knownValue(pool.pingPath);
  if (!path) return;
  checkUrlPath('ping', 'ping-path', path, false, spanOf(pool.pingPath), report);
  if (knownValue(pool.pingResponse) === '') {
    report('ping-response', `the ping response page '' is not long enough`, spanOf(pool.pingResponse));
  }
}

function checkUrlPath(
  name: string,
  kind: FpmProblemKind,
  path: string,
  mayBeRoot: boolean,
  span: Span | undefined,
  report: Report,
): void {
  if (!path.startsWith('/')) report(kind, `the ${name} path '${path}' must start with a '/'`, span);
  else if (path === '/' && !mayBeRoot) report(kind, `the ${name} path '${path}' is not long enough`, span);
  else if (!/^[A-Za-z0-9/_.~-]*$/.test(path)) {
    report(
      kind,
      `the ${name} path '${path}' must contain only the following characters '[alphanum]/_-.~'`,
      span,
    );
  }
}

function checkSlowlog(pool: Pool, check: PoolCheck, report: Report): void {
  const { slowlog, slowlogTimeout, slowlogTraceDepth, terminateTimeout } = pool;
  const timeout = knownValue(slowlogTimeout) ?? 0;
  const needsLog = (setting: string, cause: Setting<number>, more: Partial<FpmProblem> = {}) =>
    report('slowlog', `'slowlog' must be specified for use with '${setting}'`, spanOf(cause), more);
  if (timeout !== 0 && isMissing(slowlog, check)) needsLog('request_slowlog_timeout', slowlogTimeout);
  const terminate = knownValue(terminateTimeout) ?? 0;
  if (timeout !== 0 && terminate !== 0 && timeout > terminate) {
    const text = `'request_slowlog_timeout' (${timeout}) can't be greater than 'request_terminate_timeout' (${terminate})`;
    report('slowlog-timeout', text, spanOf(slowlogTimeout), {
      related: [spanOf(terminateTimeout)].flatMap((span) => span ?? []),
    });
  }
  if (slowlogTraceDepth.kind !== 'given' || atoi(slowlogTraceDepth.text) === 0) return;
  if (isMissing(slowlog, check) && timeout === 0) needsLog('request_slowlog_trace_depth', slowlogTraceDepth);
  if (slowlogTraceDepth.value <= 0) {
    const text = `'request_slowlog_trace_depth' (${slowlogTraceDepth.value}) must be a positive value`;
    report('slowlog', text, spanOf(slowlogTraceDepth));
  }
}
