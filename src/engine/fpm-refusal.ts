import type { Deployment } from '../model/deployment.ts';
import type { Master } from '../model/fpm/master.ts';
import type { Host } from '../model/host.ts';
import { visitorsOf } from '../model/nginx/server.ts';
import { serversBehind } from '../model/serves.ts';
import type { FpmProblem, FpmProblemKind } from '../syntax/fpm/problem.ts';
import type { RuleContext, RuleFinding } from './rule.ts';

/** Reports the problems of php-fpm's files that are of one of the kinds. */
export function reportFpmProblems(
  { hosts }: Deployment,
  context: RuleContext,
  kinds: ReadonlySet<FpmProblemKind>,
): void {
  for (const host of hosts) {
    for (const master of host.masters) {
      for (const problem of master.problems) {
        if (kinds.has(problem.kind)) context.report(fpmRefusal(problem, master, host));
      }
    }
  }
}

/**
 * The finding for something php-fpm refuses to start with, its own words to the letter. One bad pool takes the
 * whole master down, so every site of that PHP answers 502.
 */
export function fpmRefusal(problem: FpmProblem, master: Master, host: Host): RuleFinding {
  const { message, span, help, fatal, related = [] } = problem;
  return {
    ...(!fatal && { severity: 'warning' as const }),
    message: withoutPlace(message),
    ...(fatal && {
      label: `${master.title} does not start${problem.seenByTest ? '' : ', though php-fpm -t passes'}`,
    }),
    at: span,
    related: related.map((other) => ({ span: other, message: 'and this' })),
    ...(fatal && {
      predicts: { status: 502, log: message },
      affects: visitorsOf(serversBehind(master, host)),
    }),
    ...(help !== undefined && { help }),
  };
}

/** php-fpm begins with `[/etc/php/8.2/fpm/pool.d/www.conf:10] `; the finding has a better place. */
function withoutPlace(message: string): string {
  return message.replace(/^\[[^\]]*:\d+\] /, '');
}
