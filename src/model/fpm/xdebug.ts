import type { PhpDirective, PhpIni } from '../../syntax/php-ini/php-ini.ts';
import type { Master } from './master.ts';

/** A php-fpm whose requests each look for a debugger. */
export interface StepDebugging {
  /** The line that switches the debugger on for every request. */
  readonly starter: PhpDirective;
  /** The line that switches debugging on at all; absent where it is the same. */
  readonly mode: PhpDirective;
}

/**
 * Looks for a step debugger that starts with every request: Xdebug 3's `xdebug.mode` with `start_with_request`, Xdebug 2's
 * `remote_enable` with `remote_autostart`. Without its `zend_extension` line the settings do nothing.
 * https://xdebug.org/docs/step_debug
 */
export function stepDebugging({ phpIni }: Master): StepDebugging | undefined {
  if (!phpIni?.extensions.some(isXdebug)) return undefined;
  const modern = pair(phpIni, 'xdebug.mode', 'xdebug.start_with_request');
  if (
    modern &&
    textOf(modern.mode)
      .split(',')
      .some((mode) => mode.trim() === 'debug')
  )
    return modern;
  const old = pair(phpIni, 'xdebug.remote_enable', 'xdebug.remote_autostart');
  return old && isOn(old.mode) ? old : undefined;
}

function isXdebug({ value }: PhpDirective): boolean {
  return value.kind !== 'unknown' && /(^|\/)xdebug(\.so)?$/.test(value.text);
}

function pair(phpIni: PhpIni, modeName: string, starterName: string): StepDebugging | undefined {
  const mode = phpIni.directives.get(modeName);
  const starter = phpIni.directives.get(starterName);
  return mode && starter && isOn(starter) ? { mode, starter } : undefined;
}

function isOn(directive: PhpDirective): boolean {
  return ['1', 'yes', 'on', 'true'].includes(textOf(directive).toLowerCase());
}

function textOf({ value }: PhpDirective): string {
  return value.kind === 'unknown' ? '' : value.text;
}
