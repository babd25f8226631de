import type { Directive } from '../../../syntax/nginx/tree.ts';
import { ownAll } from '../block.ts';
import { listensOf, serversListening } from '../different-listens.ts';
import type { Nginx } from '../nginx.ts';
import type { Listen } from '../server.ts';
import { inPlace, type Refusal, wordSpan } from './refusal.ts';

/** A `$` where nginx takes no variables, so that it reads the name itself as an address. */
export interface LiteralVariable extends Refusal {
  readonly directive: Directive;
}

/**
 * Variables in `listen` and in the `server` of an upstream. Neither takes any, so this is the variable of a shell or of
 * a template that nobody filled in.
 * https://github.com/nginx/nginx/blob/master/src/core/ngx_inet.c, ngx_parse_inet_url
 */
export function literalVariables(nginx: Nginx): readonly LiteralVariable[] {
  const found = new Map<string, LiteralVariable>();
  const add = (directive: Directive, log: (problem: string, text: string) => string): void => {
    const [word] = directive.args;
    if (!word?.value.includes('$') || /^unix:/i.test(word.value)) return;
    found.set(`${directive.source.file}:${word.start}`, {
      directive,
      at: wordSpan(directive, word),
      related: [],
      log: `${log(problemOf(word.value), word.value)}${inPlace(directive)}`,
    });
  };
  const isLiteral = ({ directive }: Listen): boolean => directive?.args[0]?.value.includes('$') ?? false;
  for (const { block } of new Set([...listensOf(nginx).unread, ...serversListening(nginx, isLiteral)])) {
    for (const directive of ownAll(block, 'listen')) {
      add(directive, (problem, text) => `${problem} in "${text}" of the "listen" directive`);
    }
  }
  for (const { block } of nginx.upstreams.values()) {
    for (const directive of ownAll(block, 'server')) {
      add(directive, (problem, text) => `${problem} in upstream "${text}"`);
    }
  }
  return [...found.values()];
}

/** What stands behind the first colon must be a port; a text without one is a name for DNS. */
function problemOf(text: string): string {
  const rest = text.startsWith('[') ? text.slice(text.indexOf(']') + 1) : text;
  if (/[/?]/.test(rest)) return 'invalid host';
  const colon = rest.indexOf(':');
  return colon === -1 || /^\d+$/.test(rest.slice(colon + 1)) ? 'host not found' : 'invalid port';
}
