import type { Edit, Fix } from '../engine/finding.ts';
import type { ShortTimeout } from '../model/checks/time-limit.ts';
import { insertDirectiveAfter, replace } from './lines.ts';

/** How much longer nginx waits than the app may take, so that the app's own answer still arrives. In seconds. */
const margin = 10;

/**
 * Lets nginx wait longer than the app behind a pass may take. The timeout is changed where the location itself sets it, and
 * written beside the pass where it comes from further out: other locations keep theirs.
 */
export function readTimeoutFix({ link: { pass }, timeout, limit }: ShortTimeout): Fix | undefined {
  if (!Number.isFinite(limit.seconds)) return undefined;
  const value = `${Math.ceil(limit.seconds) + margin}s`;
  const edit = editOf();
  return edit && { safe: true, title: `${timeout.name} ${value};`, edits: [edit] };

  function editOf(): Edit | undefined {
    if (timeout.kind === 'set' && timeout.from.block === pass.block) {
      const { source, args } = timeout.from.directive;
      const [word] = args;
      return word && replace({ source, start: word.start, end: word.end }, value);
    }
    // An `if` takes passes and no timeouts.
    if (pass.block.kind !== 'location') return undefined;
    return insertDirectiveAfter(pass.directive, `${timeout.name} ${value};`);
  }
}
