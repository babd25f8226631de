import type { Slot } from './directives.ts';

const ZERO = 48;
const NINE = 57;

/** The units of a time from the longest to the shortest; each may follow only a longer one. */
const TIME_UNITS: readonly string[] = ['y', 'M', 'w', 'd', 'h', 'm', 's', 'ms'];
const SECONDS = TIME_UNITS.indexOf('s');

/**
 * What nginx says of the value of a simple directive, or undefined where it takes it.
 * See the ngx_conf_set_*_slot functions in src/core/ngx_conf_file.c.
 */
export function refusalOfSlot(slot: Slot, name: string, value: string): string | undefined {
  switch (slot) {
    case 'flag': {
      if (value === 'on' || value === 'off') return undefined;
      const word = value.toLowerCase();
      if (word === 'on' || word === 'off') return undefined;
      return `invalid value "${value}" in "${name}" directive, it must be "on" or "off"`;
    }
    case 'number':
      return isNumber(value) ? undefined : `"${name}" directive invalid number`;
    case 'size':
      return isSize(value, 'kKmM') ? undefined : `"${name}" directive invalid value`;
    case 'offset':
      return isSize(value, 'kKmMgG') ? undefined : `"${name}" directive invalid value`;
    case 'msec':
    case 'sec':
      return isTime(value, slot) ? undefined : `"${name}" directive invalid value`;
    default:
      return slot satisfies never;
  }
}

/** True for decimal digits only, as ngx_atoi reads them; a sign is none. */
export function isNumber(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    if (!isDigit(value.charCodeAt(at))) return false;
  }
  return value !== '';
}

function isSize(value: string, units: string): boolean {
  const last = value.charAt(value.length - 1);
  return isNumber(last !== '' && units.includes(last) ? value.slice(0, -1) : value);
}

/** ngx_parse_time in src/core/ngx_parse.c: `1h 30m`, `1500ms`, `30`. */
function isTime(value: string, precision: 'msec' | 'sec'): boolean {
  let step = -1;
  let valid = false;
  let at = 0;
  while (at < value.length) {
    if (isDigit(value.charCodeAt(at))) {
      valid = true;
      at++;
      continue;
    }
    let unit = value.charAt(at++);
    if (unit === 'm' && value.charAt(at) === 's') {
      unit = 'ms';
      at++;
    }
    if (unit === ' ') {
      // Digits before a space are seconds, and nothing may follow those.
      if (step >= SECONDS) return false;
      step = TIME_UNITS.length;
    } else {
      const index = TIME_UNITS.indexOf(unit);
      if (index === -1 || step >= index || (unit === 'ms' && precision === 'sec')) return false;
      step = index;
    }
    while (value.charAt(at) === ' ') at++;
  }
  return valid;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}
