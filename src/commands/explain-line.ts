import { readConfig } from '../config/read-config.ts';
import type { Finding } from '../engine/finding.ts';
import { causesOf, type LogCause, messageOf, serverOf } from '../engine/log-match.ts';
import type { Rule } from '../engine/rule.ts';
import type { Io } from '../io.ts';
import { lint } from '../lint.ts';
import { UsageError } from '../load/usage-error.ts';
import { type Paint, paintOf } from '../report/paint.ts';
import { visible } from '../report/visible.ts';
import { wrap } from '../report/wrap.ts';
import { documentationOf } from '../syntax/nginx/directives.ts';
import { positionAt } from '../syntax/source.ts';
import type { Call } from './call.ts';
import { refuseFarRoots } from './found-config.ts';
import { settingsOf } from './settings.ts';
import { columnsOf, wantsColors } from './terminal.ts';

/** The line that the words of a call are, if they are one: no id of a rule has a blank or a sign in it. */
export function pastedLine(words: readonly string[]): string | undefined {
  const line = words.join(' ').trim();
  return words.some((word) => /[^a-z0-9-]/.test(word)) && /\s/.test(line) ? line : undefined;
}

/**
 * `no502 explain "LINE"`: what writes a line of a log. First the findings of this very configuration that do, then the
 * rules, the most frequent first, and the documentation of the directive that it names.
 *
 * @throws UsageError where `--root` is not there, or the configuration file is wrong.
 */
export async function explainLine(line: string, call: Call, io: Io, rules: readonly Rule[]): Promise<number> {
  const { stdout, env } = io;
  const paint = paintOf(wantsColors(stdout, env));
  const columns = Math.min(100, columnsOf(stdout, env));
  const causes = causesOf(line, rules);
  const rows = [visible(messageOf(line)), ''];
  if (causes.length === 0) {
    rows.push(
      ...wrap(
        'No rule predicts this line. no502 knows the lines by which requests fail or daemons refuse to start.',
        columns,
      ),
      ...documentationRows(line, paint),
    );
    stdout.write(`${rows.join('\n')}\n`);
    return 0;
  }
  const read = await findingsHere(call, io, rules);
  if (read) rows.push(...hereRows(writersOf(line, read.findings), read.name, columns, paint));
  rows.push(paint.strong(`What writes it, the most frequent first`), '');
  for (const cause of causes) rows.push(...causeRows(cause, columns, paint));
  rows.push(...wrap('no502 explain ID tells more about one of them', columns));
  rows.push(...documentationRows(line, paint));
  stdout.write(`${rows.join('\n')}\n`);
  return 0;
}

interface ReadHere {
  readonly findings: readonly Finding[];
  /** What was read: the directory given, or this host. */
  readonly name: string;
}

/** The findings of the tree given, else of the host; nothing where there is no nginx and no php-fpm to read. */
async function findingsHere(call: Call, io: Io, rules: readonly Rule[]): Promise<ReadHere | undefined> {
  const ruleIds = rules.map(({ id }) => id);
  const config = await readConfig({ fs: io.fs, cwd: io.cwd }, ruleIds);
  const { failOn: _, ...settings } = settingsOf({ ...call, words: [] }, config, ruleIds, io.cwd);
  refuseFarRoots(call, config, settings, io);
  try {
    const { findings } = await lint({ fs: io.fs, cwd: io.cwd, rules, ...settings });
    return { findings, name: settings.root ?? 'this host' };
  } catch (error) {
    // Without a root the call asks about the line; that the machine it runs on has no nginx is no mistake.
    if (error instanceof UsageError && settings.root === undefined) return undefined;
    throw error;
  }
}

/** The findings that predict the very line; of these, those of the server that it names, if it names one of them. */
function writersOf(line: string, findings: readonly Finding[]): readonly Finding[] {
  const message = messageOf(line);
  const writers = findings.filter(({ predicts }) => predicts && messageOf(predicts.log) === message);
  const server = serverOf(line);
  const ofServer = writers.filter(
    ({ affects = [] }) => server !== undefined && [...affects].includes(`visitors of ${server}`),
  );
  return ofServer.length > 0 ? ofServer : writers;
}

function hereRows(
  findings: readonly Finding[],
  name: string,
  columns: number,
  paint: Paint,
): readonly string[] {
  if (findings.length === 0)
    return [...wrap(visible(`Nothing that no502 finds in ${name} writes this line.`), columns), ''];
  return [
    paint.strong(visible(`In ${name}`)),
    '',
    ...findings.flatMap(({ severity, rule, message, at, help }) => {
      const { line, column } = positionAt(at.source, at.start);
      return [
        `  ${paint.severity[severity](`${severity}[${rule}]`)}: ${visible(message)}`,
        `    ${visible(`${at.source.file}:${line}:${column}`)}`,
        ...(help === undefined ? [] : wrap(visible(help), columns - 4).map((row) => `    ${row}`)),
        '',
      ];
    }),
  ];
}

/** How nginx names a directive that it refuses: `"listen" directive is duplicate`, `unknown directive "js_content"`. */
const namedDirective = /"(\w+)" directive|directive "(\w+)"/;

/** Where the directive that a line names is documented; nothing where it names none that is known. */
function documentationRows(line: string, paint: Paint): readonly string[] {
  const [, before, behind] = namedDirective.exec(messageOf(line)) ?? [];
  const name = before ?? behind;
  const pages = name === undefined ? [] : documentationOf(name);
  if (pages.length === 0) return [];
  return ['', paint.strong(`The documentation of ${name}`), '', ...pages.map((page) => `  ${page}`)];
}

function causeRows({ rule }: LogCause, columns: number, paint: Paint): readonly string[] {
  const { id, title, severity, docs } = rule;
  const part = (key: string, text: string): readonly string[] =>
    wrap(text.replaceAll('\n', ' '), columns - 10).map(
      (row, index) => `    ${(index === 0 ? key : '').padEnd(6)}${row}`,
    );
  return [
    `  ${paint.severity[severity](id)}: ${title}`,
    ...part('tell', docs.what),
    ...part('do', docs.fix),
    '',
  ];
}
