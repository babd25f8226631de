import type { Severity } from '../engine/finding.ts';
import type { RuleContext, RuleFinding } from '../engine/rule.ts';
import { replace } from '../fix/lines.ts';
import type { Deployment } from '../model/deployment.ts';
import type { Nginx } from '../model/nginx/nginx.ts';
import type { NginxProblem, NginxProblemKind } from '../syntax/nginx/tree.ts';
import { positionAt } from '../syntax/source.ts';

/** Reports the problems of nginx's files that are of one of the kinds. */
export function reportNginxProblems(
  { hosts }: Deployment,
  context: RuleContext,
  kinds: ReadonlySet<NginxProblemKind>,
): void {
  for (const { nginx } of hosts) {
    for (const problem of nginx?.problems ?? []) {
      if (nginx && kinds.has(problem.kind)) context.report(nginxRefusal(problem, nginx));
    }
  }
}

/** The finding for something nginx refuses to start with, its own words to the letter. */
export function nginxRefusal(problem: NginxProblem, nginx: Nginx): RuleFinding {
  const { message, span, help, fatal } = problem;
  const line = problem.reportedLine ?? positionAt(span.source, span.start).line;
  return {
    severity: severityOf(problem, nginx),
    message,
    at: span,
    ...(fatal && {
      predicts: { status: null, log: `${message} in ${span.source.path}:${line}`, writer: 'nginx' },
      affects: everySite,
    }),
    ...(help !== undefined && { help }),
    ...fixOf(problem),
  };
}

/** Characters that nobody can see belong to no word; any other slip leaves a guess. */
function fixOf({ span, meant }: NginxProblem): Pick<RuleFinding, 'fix'> {
  if (meant === undefined) return {};
  const written = span.source.text.slice(span.start, span.end);
  const safe = written.replace(/[^\x21-\x7e]/g, '') === meant;
  return { fix: { safe, title: `write ${meant}`, edits: [replace(span, meant)] } };
}

/** Who is hit where nginx does not start. */
export const everySite: readonly string[] = ['every site of this nginx'];

function severityOf(problem: NginxProblem, nginx: Nginx): Severity {
  if (!problem.fatal) return 'info';
  // Single site files are read as if they stood in `http`: another place may include them.
  return problem.kind === 'misplaced' && !nginx.complete ? 'warning' : 'error';
}
