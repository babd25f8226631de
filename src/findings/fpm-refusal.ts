import type { Fix, Prediction } from '../engine/finding.ts';
import type { RuleContext, RuleFinding } from '../engine/rule.ts';
import { fpmEntryFix } from '../fix/fpm-entry.ts';
import { spareServersFix } from '../fix/process-manager.ts';
import type { Deployment } from '../model/deployment.ts';
import type { Master } from '../model/fpm/master.ts';
import type { Host } from '../model/host.ts';
import { serversBehind } from '../model/links/serves.ts';
import { visitorsOf } from '../model/nginx/server.ts';
import type { FpmProblem, FpmProblemKind } from '../syntax/fpm/problem.ts';

/** Reports the problems of php-fpm's files that are of one of the kinds, in php-fpm's words where a rule has none of its own. */
export function reportFpmProblems(
  { hosts }: Deployment,
  context: RuleContext,
  kinds: ReadonlySet<FpmProblemKind>,
  messageOf?: (written: string) => string,
): void {
  for (const host of hosts) {
    for (const master of host.masters) {
      for (const problem of master.problems) {
        if (!kinds.has(problem.kind)) continue;
        const { source, start, end } = problem.span;
        const written = source.text.slice(start, end);
        context.report({
          ...fpmRefusal(problem, master, host),
          ...(messageOf && { message: messageOf(written) }),
        });
      }
    }
  }
}

/**
 * The finding for something php-fpm refuses to start with, its own words to the letter. One bad pool takes the
 * whole master down, so every site of that PHP answers 502.
 */
function fpmRefusal(problem: FpmProblem, master: Master, host: Host): RuleFinding {
  const { message, span, help, fatal, related = [] } = problem;
  const fix = fatal ? fpmFix(problem, master) : undefined;
  return {
    ...(!fatal && { severity: 'warning' as const }),
    message: withoutPlace(message),
    ...(fatal && {
      label: `${master.title} does not start${problem.seenByTest ? '' : ', though php-fpm -t passes'}`,
    }),
    at: span,
    related: related.map((other) => ({ span: other, message: 'and this' })),
    ...(fatal && {
      predicts: refusalOf(master, message),
      affects: visitorsOf(serversBehind(master, host)),
    }),
    ...(help !== undefined && { help }),
    ...(fix && { fix }),
  };
}

function fpmFix(problem: FpmProblem, { pools }: Master): Fix | undefined {
  if (problem.kind !== 'pm-inconsistent') return fpmEntryFix(problem);
  const pool = pools.find(({ name }) => name === problem.pool);
  return pool && spareServersFix(pool);
}

/**
 * What comes of a master that refuses its configuration. A reload is no better than a restart: the old process starts
 * itself anew and ends. https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_process_ctl.c
 */
export function refusalOf({ phpVersion }: Master, log: string): Prediction {
  const minor = phpVersion?.split('.', 2).join('.');
  const writer = minor === undefined ? 'php-fpm' : `php-fpm ${minor}`;
  return { status: 502, log, writer, refusesToStart: true };
}

/** php-fpm begins with `[/etc/php/8.2/fpm/pool.d/www.conf:10] `; the finding has a better place. */
function withoutPlace(message: string): string {
  return message.replace(/^\[[^\]]*:\d+\] /, '');
}
