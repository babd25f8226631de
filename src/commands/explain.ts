import type { Example, Rule, Tree } from '../engine/rule.ts';
import type { Io } from '../io.ts';
import { UsageError } from '../load/usage-error.ts';
import { type Paint, paintOf } from '../report/paint.ts';
import { ruleUrl } from '../report/rule-url.ts';
import { wrap } from '../report/wrap.ts';
import type { Call } from './call.ts';
import { explainLine, pastedLine } from './explain-line.ts';
import { unknownRule } from './settings.ts';
import { columnsOf, wantsColors } from './terminal.ts';

/**
 * `no502 explain ID..`: the whole documentation of rules. `no502 explain "LINE"`: what writes a line of a log.
 *
 * @throws UsageError for an id that no rule has.
 */
export function explain(call: Call, io: Io, rules: readonly Rule[]): number | Promise<number> {
  const { stdout, env } = io;
  if (call.words.length === 0) throw new UsageError('explain needs the id of a rule; no502 rules lists them');
  const line = pastedLine(call.words);
  if (line !== undefined) return explainLine(line, call, io, rules);
  const asked = call.words.map((id) => {
    const rule = rules.find((known) => known.id === id);
    if (rule) return rule;
    throw unknownRule(
      id,
      rules.map((known) => known.id),
    );
  });
  const paint = paintOf(wantsColors(stdout, env));
  // Prose is harder to read in very long lines.
  const columns = Math.min(100, columnsOf(stdout, env));
  stdout.write(asked.map((rule) => `${explainRule(rule, columns, paint).join('\n')}\n`).join('\n\n'));
  return 0;
}

function explainRule(rule: Rule, columns: number, paint: Paint): readonly string[] {
  const { id, severity, title, docs, examples, references } = rule;
  const section = (heading: string, text: string): readonly string[] => [
    '',
    paint.strong(heading),
    ...text.split('\n').flatMap((line) => wrap(line, columns - 2).map((part) => `  ${part}`.trimEnd())),
  ];
  return [
    `${paint.severity[severity](`${severity}[${id}]`)}${paint.strong(`: ${title}`)}`,
    ...section('What it does', docs.what),
    ...section('Why it matters', docs.why),
    ...section('When it is fine', docs.fine),
    ...section('How to fix', docs.fix),
    ...examples.flatMap((example) => explainExample(example, severity, paint)),
    '',
    paint.strong('References'),
    ...references.map((reference) => `  ${reference}`),
    '',
    paint.dim(ruleUrl(id)),
  ];
}

function explainExample(
  { name, bad, good }: Example,
  severity: Rule['severity'],
  paint: Paint,
): readonly string[] {
  return [
    '',
    paint.strong(`Example: ${name}`),
    ...Object.entries(bad).flatMap(([path, text]) => [
      `  ${path}: reported`,
      ...markedLines(text, good[path], '-', paint.severity[severity]),
    ]),
    ...changedFiles(good, bad).flatMap(([path, text]) => [
      `  ${path}: fine`,
      ...markedLines(text, bad[path], '+', paint.good),
    ]),
  ];
}

// What both have alike was shown once already.
function changedFiles(good: Tree, bad: Tree): readonly [string, string][] {
  return Object.entries(good).filter(([path, text]) => bad[path] !== text);
}

/** The lines of a file; those that the other one does not have are marked. */
function markedLines(
  text: string,
  other: string | undefined,
  mark: string,
  paint: (text: string) => string,
): readonly string[] {
  const known = new Set(other?.split('\n'));
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => {
      const isOwn = other !== undefined && !known.has(line);
      return isOwn ? paint(`    ${mark} ${line}`) : `      ${line}`.trimEnd();
    });
}
