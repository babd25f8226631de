import type { Edit } from '../engine/finding.ts';
import { jsonText } from '../report/json-text.ts';
import { positionAt, type Span } from '../syntax/source.ts';
import type { Planned } from './plan.ts';
import type { Pointer, Upgrade, ValueChange } from './upgrade.ts';

/** The plan for programs. Files are as a user at the current directory would open them; lines and columns count from 1. */
export function jsonUpgrade(planned: Planned): string {
  if (planned.kind === 'single') {
    const { host, version } = planned;
    return jsonText({ version: 1, host, from: null, to: { version }, pointers: [] });
  }
  return jsonText({ version: 1, ...upgradeObject(planned.upgrade) });
}

function upgradeObject(upgrade: Upgrade): object {
  const { pointers, lostPools, refusals, extensions, poolChanges, phpValues, phpValuesUnknown } = upgrade;
  return {
    host: upgrade.host,
    from: upgrade.from,
    to: upgrade.to,
    others: upgrade.others,
    pointers: pointers.map(pointerObject),
    lostPools: lostPools.map(({ at, ...rest }) => ({ ...rest, ...place(at) })),
    refusals: refusals.map(({ at, ...rest }) => ({ ...rest, ...place(at) })),
    extensions: extensions.map(({ at, ...rest }) => ({ ...rest, ...place(at) })),
    poolChanges: poolChanges.map(changeObject),
    phpValues: phpValues.map(changeObject),
    ...(phpValuesUnknown !== undefined && { phpValuesUnknown }),
    steps: upgrade.steps,
  };
}

function pointerObject({ at, line, edit, ...rest }: Pointer): object {
  return {
    ...rest,
    ...place(at),
    ...(line !== undefined && { newLine: line }),
    ...(edit && fixObject(edit)),
  };
}

function changeObject({ at, now, ...rest }: ValueChange): object {
  return { ...rest, ...place(at), ...(now && { now: { value: now.value, ...place(now.at) } }) };
}

function fixObject({ span, text }: Edit): object {
  const edit = { file: span.source.file, start: span.start, end: span.end, text };
  return { fix: { safe: true, edits: [edit] } };
}

function place({ source, start, end }: Span): object {
  const from = positionAt(source, start);
  const to = positionAt(source, end);
  return { file: source.file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}
