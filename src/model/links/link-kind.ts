import { type ByKind, kindAmong, ofKinds, sortByKind } from '../by-kind.ts';
import type { Host } from '../host.ts';
import { type PassKind, passKinds } from '../nginx/pass-kind.ts';
import { oncePer } from '../once-per.ts';
import type { Link } from './link.ts';
import { kindsAmong } from './listener.ts';

/** What links may have in common, beside what their passes have. */
export interface LinkKind {
  readonly pass: PassKind;
  readonly state: Link['state'];
  /** True where every address of the pass is that of pools, and of nobody else. */
  readonly isAnsweredByPools: boolean;
}

/** There is one link for each pass, in the order of the passes. */
const linksByKind = oncePer(({ links, nginx }: Host): ByKind<Link, LinkKind> => {
  const kindOfPass = nginx ? passKinds(nginx) : [];
  const byPass = new Map<PassKind, LinkKind[]>();
  let before: LinkKind | undefined;
  return sortByKind(links, (link, at) => {
    const pass = kindOfPass[at];
    if (!pass) throw new Error('a link without its pass');
    const answered = onlyPoolsAnswer(link);
    if (before && isOfKind(before, link, pass, answered)) return before;
    before = kindAmong(byPass, pass, {
      isMeant: (kind) => isOfKind(kind, link, pass, answered),
      make: () => ({ pass, state: link.state, isAnsweredByPools: answered }),
    });
    return before;
  });
});

function isOfKind(kind: LinkKind, { state }: Link, pass: PassKind, isAnsweredByPools: boolean): boolean {
  return kind.pass === pass && kind.state === state && kind.isAnsweredByPools === isAnsweredByPools;
}

function onlyPoolsAnswer({ peers }: Link): boolean {
  for (const { result } of peers) {
    if (result.kind !== 'found') return false;
    const { listeners } = result;
    const [first] = listeners;
    if (first?.owner.kind !== 'pool') return false;
    if (listeners.length > 1 && kindsAmong(listeners).length > 1) return false;
  }
  return peers.length > 0;
}

/** The links of a host of the kinds that may matter, in their order. */
export function linksOfKinds(host: Host, mayMatter: (kind: LinkKind) => boolean): readonly Link[] {
  return ofKinds(linksByKind(host), mayMatter);
}

/** The kinds that the links of a host are of. */
export function linkKinds(host: Host): ReadonlySet<LinkKind> {
  return linksByKind(host).kinds;
}
