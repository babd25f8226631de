import type { PhpDirective } from '../syntax/php-ini/php-ini.ts';
import { removedOnTheWay } from './removed-settings.ts';
import type { Scope } from './scope.ts';
import { isSameValue, stockValues } from './stock-values.ts';
import type { ValueChange } from './upgrade.ts';

/** The values of php.ini and its conf.d that the new version does not have, or why that cannot be told. */
export interface PhpChanges {
  readonly values: readonly ValueChange[];
  readonly unknown?: string;
}

/**
 * Compares both versions' php.ini, conf.d included. What the packages set themselves is left out: exactly where their own
 * php.ini-production is in the tree, else as far as it is known.
 */
export function phpChanges(scope: Scope): PhpChanges {
  const { from, to, root, oldMasters, newMasters, text } = scope;
  const old = oldMasters.find(({ phpIni }) => phpIni)?.phpIni;
  if (!old) return { values: [], unknown: `the php.ini of PHP ${from} was not found` };
  const now = newMasters.find(({ phpIni }) => phpIni)?.phpIni;
  const stock = stockValues(root, from);
  if (!now && !stock.isCertain) {
    return {
      values: [],
      unknown: `there is no php.ini of PHP ${to} yet to compare that of PHP ${from} with`,
    };
  }
  const values: ValueChange[] = [];
  for (const [name, { value, span, nameSpan }] of old.directives) {
    const theirs = now?.directives.get(name);
    // An empty value that is gone is mostly PHP's own.
    if (removedOnTheWay(name, from, to) !== undefined || stock.isStock(name, value.text)) continue;
    if (theirs ? isSameValue(text.rename(value.text), theirs.value.text) : value.text === '') continue;
    values.push({
      name,
      value: writtenIn(span, value),
      at: span.end > span.start ? span : nameSpan,
      ...(theirs && { now: { value: writtenIn(theirs.span, theirs.value), at: theirs.span } }),
    });
  }
  return { values };
}

/** As a person wrote it: an expression such as `E_ALL & ~E_NOTICE` would be a number else. */
function writtenIn({ source, start, end }: PhpDirective['span'], value: PhpDirective['value']): string {
  return end > start ? source.text.slice(start, end).trim() : value.text;
}
