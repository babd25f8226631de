import { type Directive, reportedLineOf, type Word } from '../../../syntax/nginx/tree.ts';
import { positionAt, type Span } from '../../../syntax/source.ts';

/**
 * Something nginx refuses to start with that shows only where several directives are put together: no single one of
 * them is wrong by itself.
 */
export interface Refusal {
  /** The place of the cause. */
  readonly at: Span;
  /** nginx's own words, with the place that it names: `... in /etc/nginx/nginx.conf:12`. */
  readonly log: string;
  /** Other directives that take part. */
  readonly related: readonly Span[];
}

/** The place of a word. */
export function wordSpan({ source }: Directive, { start, end }: Word): Span {
  return { source, start, end };
}

/** The place of a directive's name and arguments, without its block. */
export function directiveSpan({ source, start, terminator }: Directive): Span {
  return { source, start, end: terminator };
}

/** What nginx appends to what it says while it reads a directive: ` in /etc/nginx/nginx.conf:12`. */
export function inPlace(directive: Directive): string {
  return ` in ${directive.source.path}:${reportedLineOf(directive)}`;
}

/**
 * What nginx appends to what it says when a block is closed: the line of its `}`. Settings are merged from `http` into
 * servers and locations only then, so all that is wrong with merged values is reported there.
 * https://github.com/nginx/nginx/blob/master/src/http/ngx_http.c, ngx_http_merge_servers
 */
export function atEndOf({ source, end }: Directive): string {
  return ` in ${source.path}:${positionAt(source, end - 1).line}`;
}
