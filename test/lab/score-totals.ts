import type { mutantTotals } from './inject/score.ts';
import type { Row } from './score-table.ts';

const BEGIN = '<!-- lab score -->';
const END = '<!-- /lab score -->';

/** A page with the totals between its two marks. A page without the marks is its author's mistake and throws. */
export function withTotals(
  page: string,
  scenarios: number,
  total: Readonly<Row>,
  mutants: ReturnType<typeof mutantTotals>,
  examples: { readonly bad: number; readonly borneOut: number; readonly goodShown: number },
): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error(`README.md has no ${BEGIN} ... ${END}`);
  const table = [
    '| played with the real servers | broken | called an error | status right | log line to the letter | false errors |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    `| ${scenarios} scenarios, written by hand | ${total.faults} faults | ${total.caught} | ${total.status} | ${total.log} | ${total.falseErrors} |`,
    `| ${examples.bad} examples of rules, each with a healthy twin | ${examples.bad} | ${examples.bad} | ${examples.borneOut} | ${examples.borneOut} | ${examples.goodShown} |`,
    `| ${mutants.mutants} mutants of healthy hosts | ${mutants.broken} | ${mutants.caught} | | | ${mutants.falseErrors} |`,
  ];
  return `${page.slice(0, begin)}${BEGIN}\n\n${table.join('\n')}\n\n${page.slice(end)}`;
}
