import type { Finding } from '../engine/finding.ts';
import type { Upgrade } from './upgrade.ts';

/** The name under which fixes of an upgrade are counted. */
const upgradeRule = 'upgrade';

/** The places that point at the old version as findings, so that they are fixed as any other. */
export function upgradeFindings({ pointers, from, to }: Upgrade): readonly Finding[] {
  return pointers.map(({ at, today, line, edit, affects }) => ({
    rule: upgradeRule,
    severity: 'error',
    message: `still points at PHP ${from.version}: ${today}`,
    at,
    related: [],
    affects,
    ...(line !== undefined && { help: `to PHP ${to.version}: ${line}` }),
    ...(edit && line !== undefined && { fix: { safe: true, title: line, edits: [edit] } }),
  }));
}
