import { drawFrames } from '../report/frame.ts';
import type { Paint } from '../report/paint.ts';
import type { ReportStyle } from '../report/reporter.ts';
import { placeText } from '../report/summary-lines.ts';
import { visible } from '../report/visible.ts';
import { wrap } from '../report/wrap.ts';
import type { Pointer, Upgrade } from './upgrade.ts';

/** How many alike places are drawn; the others are named. */
const mostFrames = 3;
const mostAffected = 6;
const keyWidth = 6;

/** A block for each place that points at the old version; those that say the same are one. */
export function prettyPointers(
  pointers: readonly Pointer[],
  { to }: Upgrade,
  style: ReportStyle,
  paint: Paint,
): readonly (readonly string[])[] {
  const groups = new Map<string, Pointer[]>();
  for (const pointer of pointers) {
    const { area, today, line = '', note = '', edit } = pointer;
    const key = [area, today, line, note, edit === undefined].join('\n');
    const known = groups.get(key);
    if (known) known.push(pointer);
    else groups.set(key, [pointer]);
  }
  return [...groups.values()].map((group) => pointerBlock(group, to.version, style, paint));
}

function pointerBlock(
  group: readonly Pointer[],
  to: string,
  style: ReportStyle,
  paint: Paint,
): readonly string[] {
  const [first] = group;
  if (!first) return [];
  const { area, today, line, note, edit } = first;
  const cause = paint.severity.error;
  const marks = group.slice(0, mostFrames).map(({ at }) => ({ span: at, role: 'cause' as const }));
  const rows = [
    `${cause(area)}${paint.strong(`: ${visible(today)}`)}`,
    ...drawFrames(marks, { columns: style.columns, paint, cause }),
    ...group.slice(mostFrames).map(({ at }) => paint.dim(visible(`      and ${placeText(at)}`))),
  ];
  const keyed = (key: string, text: string): void => {
    wrap(visible(text), style.columns - keyWidth - 2).forEach((part, index) => {
      rows.push(`  ${index === 0 ? paint.strong(key.padEnd(keyWidth)) : ' '.repeat(keyWidth)}${part}`);
    });
  };
  // To the letter and on one line, so that it can be copied.
  if (line !== undefined) rows.push(`  ${paint.strong('new'.padEnd(keyWidth))}${visible(line)}`);
  const affects = [...new Set(group.flatMap((pointer) => pointer.affects))];
  if (affects.length > 0) keyed('hits', listed(affects));
  if (note !== undefined) keyed('note', note);
  if (edit) keyed('fix', `PHP ${to} listens there: --fix writes it`);
  return rows;
}

const visitors = 'visitors of ';

/** `visitors of a.example, b.example and 3 more` */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostAffected).map((name) => name.replace(visitors, ''));
  const rest = names.length - shown.length;
  return visitors + shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
