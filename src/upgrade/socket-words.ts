import type { Host } from '../model/host.ts';
import { normalUnixPath, type UnixAddress } from '../model/links/address.ts';
import { eachBlock } from '../model/nginx/block.ts';
import type { Directive, Word } from '../syntax/nginx/tree.ts';

/** One word of nginx's configuration, where it stands. */
export interface PlacedWord {
  readonly directive: Directive;
  readonly word: Word;
}

/** Every argument of every directive that nginx reads, once, however many servers include it. */
export function* eachWord({ nginx }: Host): Generator<PlacedWord> {
  if (!nginx) return;
  const seen = new Set<Directive>();
  for (const block of eachBlock(nginx.main)) {
    for (const directive of block.directives) {
      if (seen.has(directive)) continue;
      seen.add(directive);
      for (const word of directive.args) yield { directive, word };
    }
  }
}

/** The words that are the address of a unix socket, wherever they stand: in passes, upstreams, maps and variables. */
export function* socketWords(host: Host): Generator<PlacedWord & { readonly address: UnixAddress }> {
  for (const placed of eachWord(host)) {
    const address = socketOf(placed.word.value);
    if (address) yield { ...placed, address };
  }
}

/** The socket that a text names: `unix:/run/php/php8.1-fpm.sock`, or the path of one without the scheme. */
export function socketOf(text: string): UnixAddress | undefined {
  const path = /^unix:/i.test(text) ? text.slice('unix:'.length) : text;
  const isSocket = path.startsWith('/') && (path !== text || path.endsWith('.sock'));
  return isSocket && !path.includes('$') ? { kind: 'unix', path: normalUnixPath(path) } : undefined;
}
