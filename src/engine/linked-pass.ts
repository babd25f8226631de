import type { Address } from '../model/links/address.ts';
import type { Link, PeerLink } from '../model/links/link.ts';
import type { Listener } from '../model/links/listener.ts';
import { oncePer } from '../model/once-per.ts';
import type { Word } from '../syntax/nginx/tree.ts';
import type { Source, Span } from '../syntax/source.ts';
import type { ReadPass } from './summary.ts';

/** A pass for those who want to see what was read. It is put into words when asked for: nobody reads ten thousand. */
export class LinkedPass implements ReadPass {
  readonly #link: Link;

  constructor(link: Link) {
    this.#link = link;
  }

  get at(): Span {
    const { source, start, end } = this.#link.pass.directive;
    return { source, start, end };
  }

  get pass(): string {
    const { directive, word } = this.#link.pass;
    return `${directive.name} ${writtenIn(directive.source, word)}`;
  }

  get link(): ReadPass['link'] {
    return this.#link.state;
  }

  get because(): string {
    const { why, state, peers } = this.#link;
    if (why !== undefined) return why;
    if (state === 'missing') return 'nobody listens there';
    return peers
      .map(answeredBy)
      .filter((names, at, all) => names !== '' && all.indexOf(names) === at)
      .join(', ');
  }

  get unanswered(): readonly Address[] {
    return this.#link.peers.flatMap(({ result, address }) =>
      result.kind !== 'found' && address ? [address] : [],
    );
  }
}

/** Of a template, the placeholder as it stands there. */
function writtenIn({ text, asRead }: Source, { start, end, value }: Word): string {
  return asRead === undefined ? value : text.slice(start, end);
}

/** So many are named: all sites of a host may listen where each of them is dialed. */
const NAMED_MAX = 3;

const namesOf = oncePer((listeners: readonly Listener[]): { readonly text: string } => {
  const titles = new Set(listeners.map(({ title }) => title));
  const more = titles.size > NAMED_MAX ? [`${titles.size - NAMED_MAX} more`] : [];
  return { text: [...[...titles].slice(0, NAMED_MAX), ...more].join(', ') };
});

function answeredBy({ result }: PeerLink): string {
  return result.kind === 'found' ? namesOf(result.listeners).text : '';
}
