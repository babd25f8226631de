import type { Rule } from '../engine/rule.ts';
import type { Io } from '../io.ts';
import { UsageError } from '../load/usage-error.ts';
import { paintOf } from '../report/paint.ts';
import { ruleUrl } from '../report/rule-url.ts';
import type { Call } from './call.ts';
import { oneOf } from './settings.ts';
import { wantsColors } from './terminal.ts';

/** `no502 rules`: every rule with its severity and title. */
export function listRules(call: Call, { stdout, env }: Io, rules: readonly Rule[]): number {
  const [word] = call.words;
  if (word !== undefined)
    throw new UsageError(`rules takes no "${word}"; no502 explain ${word} tells about one`);
  const format = oneOf('--format', call.value('format') ?? 'pretty', ['pretty', 'json'] as const);
  stdout.write(format === 'json' ? asJson(rules) : asTable(rules, wantsColors(stdout, env)));
  return 0;
}

function asJson(rules: readonly Rule[]): string {
  const list = rules.map(({ id, severity, title, reads, references }) => ({
    id,
    severity,
    title,
    reads,
    references,
    url: ruleUrl(id),
  }));
  return `${JSON.stringify({ version: 1, rules: list }, undefined, 2)}\n`;
}

function asTable(rules: readonly Rule[], colors: boolean): string {
  const paint = paintOf(colors);
  const widest = Math.max(...rules.map(({ id }) => id.length));
  const rows = rules.map(
    ({ id, severity, title }) =>
      `${paint.strong(id.padEnd(widest))}  ${paint.severity[severity](severity.padEnd('warning'.length))}  ${title}\n`,
  );
  return `${rows.join('')}\n${rules.length} rules; no502 explain ID tells more about one\n`;
}
