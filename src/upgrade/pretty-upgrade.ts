import { count } from '../report/count.ts';
import { type Paint, paintOf } from '../report/paint.ts';
import type { ReportStyle } from '../report/reporter.ts';
import { placeText } from '../report/summary-lines.ts';
import { visible } from '../report/visible.ts';
import { textWidth } from '../report/width.ts';
import { wrap } from '../report/wrap.ts';
import type { Planned } from './plan.ts';
import { prettyPointers } from './pretty-pointers.ts';
import type {
  LostPool,
  MissingExtension,
  Refusal,
  Step,
  Upgrade,
  ValueChange,
  VersionState,
} from './upgrade.ts';

/** The plan for people: what points at the old version, what would be lost, and the order of steps. */
export function prettyUpgrade(planned: Planned, style: ReportStyle): string {
  const paint = paintOf(style.colors);
  const blocks =
    planned.kind === 'single' ? [[single(planned)]] : upgradeBlocks(planned.upgrade, style, paint);
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => `${block.join('\n')}\n`)
    .join('\n');
}

function single({ host, version }: Extract<Planned, { kind: 'single' }>): string {
  return visible(
    `${host}: nothing shows another PHP than ${version}; give --from or --to for an upgrade that is still to come`,
  );
}

function upgradeBlocks(upgrade: Upgrade, style: ReportStyle, paint: Paint): readonly (readonly string[])[] {
  const { from, to, pointers, lostPools, refusals, extensions, poolChanges, phpValues, steps } = upgrade;
  const blocks = [header(upgrade, style, paint), ...prettyPointers(pointers, upgrade, style, paint)];
  const list = (title: string, rows: readonly Row[], note?: string): void => {
    if (rows.length > 0) blocks.push(section(title, rows, note, style, paint));
  };
  list(
    `${count(lostPools.length, 'pool')} that only PHP ${from.version} has`,
    lostPools.map((pool) => poolRow(pool, to)),
  );
  list(
    `${count(refusals.length, 'setting')} that PHP ${to.version} refuses or ignores`,
    refusals.map(refusalRow),
  );
  list(
    to.state === 'absent'
      ? `${count(extensions.length, 'extension')} to be installed with PHP ${to.version}`
      : `${count(extensions.length, 'extension')} that PHP ${from.version} loads and PHP ${to.version} does not`,
    extensions.map(extensionRow),
  );
  list(
    `${count(poolChanges.length, 'line')} of pools that PHP ${to.version} has otherwise`,
    poolChanges.map((change) => changeRow(change, to)),
  );
  list(
    `${count(phpValues.length, 'value')} of php.ini that PHP ${to.version} has otherwise`,
    phpValues.map((change) => changeRow(change, to)),
    'what the packages set themselves is left out',
  );
  if (upgrade.phpValuesUnknown !== undefined) {
    blocks.push(wrap(visible(`not compared: ${upgrade.phpValuesUnknown}`), style.columns));
  }
  blocks.push(stepLines(steps, style, paint), [verdict(upgrade, paint)]);
  return blocks;
}

function header({ host, from, to, others }: Upgrade, style: ReportStyle, paint: Paint): readonly string[] {
  const lines = [paint.strong(visible(`PHP ${from.version} to PHP ${to.version} on ${host}`))];
  for (const state of [from, to]) lines.push(visible(`  PHP ${state.version}  ${stateText(state)}`));
  if (others.length > 0) {
    const names = others.map((version) => `PHP ${version}`).join(', ');
    const [first = ''] = others;
    lines.push(...wrap(`  besides: ${names}; no502 upgrade --from ${first} tells of it`, style.columns));
  }
  return lines;
}

const mostPools = 6;

function stateText({ state, pools }: VersionState): string {
  if (state === 'absent') return 'no php-fpm of it is configured';
  const named = pools.slice(0, mostPools).join(', ') + (pools.length > mostPools ? ', ...' : '');
  const what = pools.length === 0 ? 'no pool' : `${count(pools.length, 'pool')}: ${named}`;
  return state === 'runs' ? what : `${what}; nothing starts it any more`;
}

/** What stands in the columns of a list, and further lines below it. */
interface Row {
  readonly cells: readonly string[];
  readonly below?: readonly string[];
}

function section(
  title: string,
  rows: readonly Row[],
  note: string | undefined,
  style: ReportStyle,
  paint: Paint,
): readonly string[] {
  const widths: number[] = [];
  for (const { cells } of rows) {
    cells.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, Math.min(textWidth(cell), 40));
    });
  }
  return [
    paint.strong(visible(title)) + (note === undefined ? '' : paint.dim(` (${note})`)),
    ...rows.flatMap(({ cells, below = [] }) => [
      visible(
        `  ${cells.map((cell, index) => (index === cells.length - 1 ? cell : cell.padEnd(widths[index] ?? 0))).join('  ')}`,
      ),
      ...below.flatMap((line) => wrap(visible(line), style.columns - 4).map((part) => `    ${part}`)),
    ]),
  ];
}

function poolRow({ name, user, listen, newListen, collides, affects, at }: LostPool, to: VersionState): Row {
  const moves =
    newListen !== undefined && newListen !== listen ? `, ${newListen} with PHP ${to.version}` : '';
  return {
    cells: [name, user === undefined ? 'user unknown' : `user ${user}`, placeText(at)],
    below: [
      ...(listen === undefined ? [] : [`listens on ${listen}${moves}`]),
      ...(collides ? ['its address names no version: only one of the two can hold it'] : []),
      ...(affects.length > 0 ? [`serves ${affects.join(', ')}`] : []),
    ],
  };
}

function refusalRow({ name, effect, why, at }: Refusal): Row {
  return { cells: [name, effect === 'refuses' ? 'refused' : 'ignored', placeText(at)], below: [why] };
}

function extensionRow({ name, at, note, ...extension }: MissingExtension): Row {
  const cells = [name, extension.package ?? 'no package known', placeText(at)];
  return note === undefined ? { cells } : { cells, below: [note] };
}

function changeRow({ name, pool, value, now, at }: ValueChange, to: VersionState): Row {
  const other = now ? `PHP ${to.version}: ${now.value}` : `PHP ${to.version}: not set`;
  return { cells: [pool === undefined ? name : `${pool}: ${name}`, `${value} (${other})`, placeText(at)] };
}

function stepLines(steps: readonly Step[], { columns }: ReportStyle, paint: Paint): readonly string[] {
  return [
    paint.strong('Steps without an outage'),
    ...steps.flatMap(({ title, commands, notes }, index) => {
      const number = `${index + 1}.`.padStart(4);
      return [
        ...wrap(visible(title), columns - 5).map((line, at) => `${at === 0 ? number : '    '} ${line}`),
        ...notes.flatMap((note) => wrap(visible(note), columns - 8).map((line) => `     ${paint.dim(line)}`)),
        // To the letter, so that it can be copied.
        ...commands.map((command) => `       ${visible(command)}`),
      ];
    }),
  ];
}

function verdict({ pointers, from }: Upgrade, paint: Paint): string {
  if (pointers.length === 0) return paint.good(`nothing points at PHP ${from.version} any more`);
  const fixable = pointers.filter(({ edit }) => edit !== undefined).length;
  const text = `${count(pointers.length, 'place still points', 'places still point')} at PHP ${from.version}`;
  return `${paint.severity.error(text)}; ${whatFixChanges(fixable, pointers.length)}`;
}

function whatFixChanges(fixable: number, all: number): string {
  if (fixable === 0)
    return all === 1 ? 'it cannot be changed safely yet' : 'none of them can be changed safely yet';
  if (fixable < all) return `--fix changes ${fixable} of them`;
  return all === 1 ? '--fix changes it' : '--fix changes all of them';
}
