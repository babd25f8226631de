import type { Frequency, Rule } from './rule.ts';

/** A rule that may be behind a line of a log, with the template of its that the line fits. */
export interface LogCause {
  readonly rule: Rule;
  readonly template: string;
}

/** Where the part of a line begins that tells of the one request and no longer of the fault. */
const clientParts = [', client: ', ', server: ', ', upstream: '] as const;

/** Levels of nginx stand in brackets; what comes before them is the time, and whatever a journal puts in front. */
const nginxLevel = /\[(?:debug|info|notice|warn|error|crit|alert|emerg)\] /;

/** Levels of php-fpm stand before a colon. */
const fpmLevel = /\b(?:DEBUG|NOTICE|WARNING|ERROR|ALERT): /;

/**
 * The message of a line as it stands in a log of nginx or php-fpm, or in a journal: time, level, process and connection in
 * front are cut off, and so are the client behind it and the file and line behind what nginx says as it starts.
 */
export function messageOf(line: string): string {
  const level = nginxLevel.exec(line) ?? fpmLevel.exec(line);
  let message = level ? line.slice(level.index + level[0].length) : line;
  // 1234#1234: *56
  message = message
    .trim()
    .replace(/^\d+#\d+: /, '')
    .replace(/^\*\d+ /, '');
  for (const part of clientParts) {
    const at = message.indexOf(part);
    if (at > 0) message = message.slice(0, at);
  }
  return message.replace(/ in \/[^\s"]+:\d+$/, '');
}

/** The server that a line of nginx names: `shop.example.com`. */
export function serverOf(line: string): string | undefined {
  const start = line.indexOf(', server: ');
  if (start === -1) return undefined;
  const rest = line.slice(start + ', server: '.length);
  const end = rest.indexOf(',');
  const name = (end === -1 ? rest : rest.slice(0, end)).trim();
  return name === '' || name === '_' ? undefined : name;
}

/** True where the fixed parts of a template stand in the message, one after the other. Linear in the length of both. */
export function fitsTemplate(message: string, template: string): boolean {
  let at = 0;
  for (const part of partsOf(template)) {
    const found = message.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return true;
}

/** What stands between the `<…>` of a template. */
function partsOf(template: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (let open = template.indexOf('<'); open !== -1; open = template.indexOf('<', start)) {
    const close = template.indexOf('>', open);
    if (close === -1) break;
    parts.push(template.slice(start, open));
    start = close + 1;
  }
  parts.push(template.slice(start));
  return parts.filter((part) => part !== '');
}

const ranks = { 'very high': 0, high: 1, medium: 2, low: 3 } as const satisfies Record<Frequency, number>;

function rankOf({ rule }: LogCause): number {
  return ranks[rule.frequency ?? 'medium'];
}

/** The rules that may be behind a line, the most frequent first; of one rule the template that says the most. */
export function causesOf(line: string, rules: readonly Rule[]): readonly LogCause[] {
  const message = messageOf(line);
  return rules
    .flatMap((rule): readonly LogCause[] => {
      const fitting = (rule.logs ?? []).filter((template) => fitsTemplate(message, template));
      const [template] = fitting.toSorted((one, other) => other.length - one.length);
      return template === undefined ? [] : [{ rule, template }];
    })
    .toSorted((one, other) => rankOf(one) - rankOf(other));
}
