import { homepage } from '../about.ts';
import { wrap } from '../report/wrap.ts';
import { commandDescriptions } from './descriptions.ts';
import type { CommandDescription, Option } from './option.ts';

const columns = 80;
const indent = '  ';

/** The help of a command, 80 columns wide. That of `check` lists the other commands, as it is the one without a name. */
export function helpOf(command: CommandDescription): string {
  const [main, ...others] = commandDescriptions;
  const isMain = command.name === main.name;
  const call = ['no502', isMain ? '' : command.name, command.positionals, '[options]'];
  return `${[
    `${command.title}.`,
    '',
    `Usage: ${call.filter((word) => word !== '').join(' ')}`,
    ...(isMain
      ? others.map(({ name, positionals }) => `       no502 ${`${name} ${positionals}`.trim()}`)
      : []),
    ...command.description.flatMap((paragraph) => ['', ...wrap(paragraph, columns)]),
    ...command.groups.flatMap(({ title, options }) => table(title, options.map(optionRow))),
    ...(isMain
      ? table(
          'Other commands',
          others.map(({ name, title }) => [name, title] as const),
        )
      : []),
    ...command.sections.flatMap(({ title, lines }) => table(title, lines)),
    ...(command.examples.length > 0 ? ['', 'Examples:'] : []),
    ...command.examples.flatMap(([example, does]) => [`${indent}${example}`, `${indent}${indent}${does}`]),
    '',
    `Documentation: ${homepage}`,
  ].join('\n')}\n`;
}

function optionRow({ name, alias, takes, repeatable, description }: Option): readonly [string, string] {
  const short = alias === undefined ? '    ' : `-${alias}, `;
  const value = takes === undefined ? '' : ` ${takes}`;
  return [`${short}--${name}${value}`, repeatable ? `${description}; repeatable` : description];
}

const widestTerm = Math.max(
  ...commandDescriptions.flatMap(({ groups }) =>
    groups.flatMap(({ options }) => options.map((option) => optionRow(option)[0].length)),
  ),
);

/** Two columns under a heading. */
function table(title: string, rows: readonly (readonly [string, string])[]): readonly string[] {
  const isOptions = rows.some(([term]) => term.includes('--'));
  const width = isOptions ? widestTerm : Math.max(...rows.map(([term]) => term.length));
  const gap = ' '.repeat(indent.length + width + 2);
  const lines = rows.flatMap(([term, text]) => {
    const [first = '', ...rest] = wrap(text, columns - gap.length);
    return [`${indent}${term.padEnd(width)}  ${first}`, ...rest.map((line) => gap + line)];
  });
  return ['', `${title}:`, ...lines];
}
