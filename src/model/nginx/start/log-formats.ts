import { type Directive, nameWordOf } from '../../../syntax/nginx/tree.ts';
import type { Block } from '../block.ts';
import type { Nginx } from '../nginx.ts';
import { saidAnywhere } from '../survey.ts';
import { inPlace, type Refusal, wordSpan } from './refusal.ts';

/** An `access_log` in a format that nginx does not know when it reads it. */
export interface UnknownLogFormat extends Refusal {
  readonly name: string;
  /** The `log_format` of that name behind it, too late for nginx. */
  readonly later?: Directive;
}

/** The format that no `log_format` need declare. */
const knownByItself = 'combined';

/**
 * The formats of `access_log` that no `log_format` before them declares. nginx looks a format up where it is used, and
 * knows `combined` by itself.
 * https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format
 */
export function unknownLogFormats({ http, complete }: Nginx): readonly UnknownLogFormat[] {
  if (!http || !complete || !hasDoubtfulFormat(http)) return [];
  const known = new Set([knownByItself]);
  const uses: { readonly directive: Directive; readonly name: string }[] = [];
  const declared = new Map<string, Directive>();
  inReadingOrder(http, (directive) => {
    const [first, second] = directive.args;
    if (directive.name === 'log_format' && first) {
      known.add(first.value);
      declared.set(first.value, directive);
    } else if (directive.name === 'access_log' && first?.value !== 'off' && second) {
      if (!known.has(second.value)) uses.push({ directive, name: second.value });
    }
  });
  return uses.map(({ directive, name }): UnknownLogFormat => {
    const later = declared.get(name);
    const word = directive.args[1] ?? nameWordOf(directive);
    return {
      name,
      at: wordSpan(directive, word),
      log: `unknown log format "${name}"${inPlace(directive)}`,
      related: later?.args[0] ? [wordSpan(later, later.args[0])] : [],
      ...(later && { later }),
    };
  });
}

const hasDoubtfulFormat = saidAnywhere(['access_log'], ({ values }) => {
  const format = values[1];
  return format !== undefined && format !== knownByItself;
});

/** The directives of a block and of all blocks inside, as nginx meets them. */
function inReadingOrder(block: Block, visit: (directive: Directive) => void): void {
  let inside = 0;
  for (const directive of block.directives) {
    visit(directive);
    const inner = block.blocks[inside];
    if (inner?.directive !== directive) continue;
    inside++;
    inReadingOrder(inner, visit);
  }
}
