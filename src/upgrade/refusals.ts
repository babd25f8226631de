import type { PhpDefine } from '../model/fpm/php-define.ts';
import { removedDirectives } from '../model/fpm/removed-directive.ts';
import type { FpmProblem } from '../syntax/fpm/problem.ts';
import type { PhpDirective } from '../syntax/php-ini/php-ini.ts';
import { removedOnTheWay } from './removed-settings.ts';
import type { Scope } from './scope.ts';
import { stockValues } from './stock-values.ts';
import type { Refusal } from './upgrade.ts';
import { mastersAsIf } from './upgrade-host.ts';

/** What of the old version's files the new php-fpm would refuse, and the new PHP refuse or ignore. */
export function refusalsOf(scope: Scope): readonly Refusal[] {
  return [...fpmRefusals(scope), ...phpRefusals(scope)];
}

/** Reads the old pools as the new php-fpm would: what it says and the old one does not. */
function fpmRefusals({ input, oldMasters, from, to }: Scope): readonly Refusal[] {
  const layouts = input.masters.filter(({ phpVersion }) => phpVersion === from);
  const renewed = mastersAsIf(
    input,
    layouts.map((layout) => ({ ...layout, phpVersion: to })),
  );
  const known = new Set(oldMasters.flatMap(({ problems }) => problems.map(keyOf)));
  return renewed.flatMap(({ problems }) =>
    problems
      .filter((problem) => problem.fatal && !known.has(keyOf(problem)))
      .map(({ message, span, name }) => ({
        name: name ?? span.source.text.slice(span.start, span.end),
        at: span,
        effect: 'refuses' as const,
        why: message,
      })),
  );
}

function keyOf({ kind, span }: FpmProblem): string {
  return `${kind} ${span.start} ${span.source.file}`;
}

function phpRefusals(scope: Scope): readonly Refusal[] {
  const { oldMasters, newMasters, oldPools, newPools, from, to, root } = scope;
  const stock = stockValues(root, from);
  const refusals = new Map<string, Refusal>();
  for (const { phpIni } of [...oldMasters, ...newMasters]) {
    if (!phpIni) continue;
    const fatal = new Set(removedDirectives(phpIni, to).map(({ name }) => name));
    const isNew = newMasters.some((master) => master.phpIni === phpIni);
    for (const directive of phpIni.directives.values()) {
      const isWritten = isNew || !stock.isStock(directive.name, directive.value.text);
      if (isWritten) add(directive, fatal.has(directive.name) ? 'refuses' : 'ignores');
    }
  }
  // What a pool sets comes too late to keep PHP from starting.
  for (const { pool } of [...oldPools.all, ...newPools.all]) {
    for (const define of pool.phpDefines) add(define, 'ignores');
  }
  return [...refusals.values()];

  function add({ name, nameSpan }: PhpDirective | PhpDefine, effect: Refusal['effect']): void {
    const version = removedOnTheWay(name, from, to);
    if (version === undefined) return;
    const key = `${nameSpan.source.file}:${nameSpan.start}`;
    refusals.set(key, { name, at: nameSpan, effect, why: `removed in PHP ${version}` });
  }
}
