import type { Io, Output } from '../io.ts';

// Without a terminal: what log viewers of CI systems show without a scroll bar.
const defaultColumns = 100;
const fewestColumns = 40;

/** Whether to paint: https://no-color.org, https://force-color.org, else only on a terminal that can. */
export function wantsColors({ isTerminal }: Output, env: Io['env']): boolean {
  if (isSet(env['NO_COLOR'])) return false;
  const forced = env['FORCE_COLOR'];
  if (isSet(forced)) return forced !== '0' && forced !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}

/** The width to print for, in cells. */
export function columnsOf({ columns }: Output, env: Io['env']): number {
  const told = columns ?? Number(env['COLUMNS']);
  return Number.isSafeInteger(told) && told > 0 ? Math.max(fewestColumns, told) : defaultColumns;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
