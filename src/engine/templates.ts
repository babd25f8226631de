import type { Span } from '../syntax/source.ts';
import type { Severity } from './finding.ts';

/** True where one of the places is written in lines of a template that hold a placeholder: it is not known what they will say. */
export function isUnsaid(spans: readonly Span[]): boolean {
  return spans.some(({ source, start, end }) => {
    const { text, asRead } = source;
    if (asRead === undefined) return false;
    const from = text.lastIndexOf('\n', start - 1) + 1;
    const newline = text.indexOf('\n', end);
    const to = newline === -1 ? text.length : newline;
    return text.slice(from, to) !== asRead.slice(from, to);
  });
}

/** What stands around the place will only be known once the template is filled in: nothing in it is a proof. */
export function severityIn({ source }: Span, severity: Severity): Severity {
  return source.asRead !== undefined && severity === 'error' ? 'warning' : severity;
}
