import { includesOf } from '../load/nginx-extent.ts';
import { assembleNginx } from '../model/assemble/nginx.ts';
import { addressOf } from '../model/fpm/meant-listen.ts';
import { knownValue } from '../model/fpm/setting.ts';
import { type Address, addressKey, addressText } from '../model/links/address.ts';
import { type Link, type PeerLink, peerSpan } from '../model/links/link.ts';
import { visitorsOf } from '../model/nginx/server.ts';
import { Directive } from '../syntax/nginx/tree.ts';
import type { Span } from '../syntax/source.ts';
import { lineWith } from './line.ts';
import { accountOf, type OwnedPool, poolTitle, type Scope } from './scope.ts';
import { eachWord, type PlacedWord, socketOf } from './socket-words.ts';
import type { Pointer } from './upgrade.ts';

/** Everything in nginx that leads to the old version: what it dials, and files of the old version that it reads. */
export function nginxPointers(scope: Scope): readonly Pointer[] {
  const places = new Map(dialedPlaces(scope));
  for (const placed of [...eachWord(scope.host), ...includeWords(scope)]) {
    const span = wordSpan(placed);
    const key = keyOf(span);
    if (places.has(key) || scope.text.mentions(placed.word.value).length === 0) continue;
    places.set(key, wordPointer(placed, span, scope));
  }
  return [...places.values()].flatMap((pointer) => pointer ?? []).sort(inReadingOrder);
}

function inReadingOrder(one: Pointer, other: Pointer): number {
  const [a, b] = [one.at.source.file, other.at.source.file];
  return a === b ? one.at.start - other.at.start : a < b ? -1 : 1;
}

function keyOf({ source, start }: Span): string {
  return `${source.file}:${start}`;
}

function wordSpan({ directive, word }: PlacedWord): Span {
  return { source: directive.source, start: word.start, end: word.end };
}

/** The places that passes dial, each with what is to be said of it, if anything. */
function dialedPlaces(scope: Scope): ReadonlyMap<string, Pointer | undefined> {
  const places = new Map<string, { peer: PeerLink; links: Link[] }>();
  for (const link of scope.host.links) {
    for (const peer of link.peers) {
      const key = keyOf(peerSpan(peer));
      const known = places.get(key);
      if (known) known.links.push(link);
      else places.set(key, { peer, links: [link] });
    }
  }
  return new Map([...places].map(([key, { peer, links }]) => [key, dialedPointer(peer, links, scope)]));
}

function dialedPointer(peer: PeerLink, links: readonly Link[], scope: Scope): Pointer | undefined {
  const { address, result } = peer;
  if (!address || peer.upstream?.server.down) return undefined;
  const meeting = meet(address, scope, result.kind === 'unknown' ? result.why : undefined);
  if (!meeting) return undefined;
  const isVariable = peer.word.value.includes('$');
  // What the variable is set to is a place of its own, which says the same.
  if (isVariable && scope.text.mentions(addressText(address)).length > 0) return undefined;
  const servers = links.filter(({ pass }) => pass.unreachable === undefined).map(({ pass }) => pass.server);
  const written = isVariable ? undefined : peerSpan(peer);
  return pointerAt(peerSpan(peer), written, address, meeting, [...visitorsOf(servers)], scope);
}

/** A word that nothing was seen to dial: an unused upstream, a variable, a file of the old version that is included. */
function wordPointer({ directive, word }: PlacedWord, span: Span, scope: Scope): Pointer | undefined {
  const address = socketOf(word.value);
  if (address) {
    const meeting = meet(address, scope, undefined);
    if (!meeting) return undefined;
    return pointerAt(span, span, address, meeting, visitorsThrough(address, scope), scope);
  }
  const isFile = directive.name === 'include' && ownPlaces.test(word.value);
  if (!isFile) return undefined;
  const line = lineWith(span, scope.text.rename(textOf(span)));
  return { area: 'nginx', at: span, today: `a file of PHP ${scope.from}`, line, affects: [] };
}

/** The arguments of `include` lines, which do not stand among the directives that nginx then reads, where any brings such a file. */
function includeWords({ input, nginxFiles, text }: Scope): readonly PlacedWord[] {
  if (!nginxFiles.some((file) => text.mentions(file).length > 0)) return [];
  const read = assembleNginx(input, undefined);
  if (read.kind !== 'nginx') return [];
  return read.loaded.files.flatMap(({ parsed: { source, contents } }) =>
    includesOf(contents).flatMap(({ statement, start }) => {
      const directive = new Directive(source, statement, start);
      return directive.args.map((word) => ({ directive, word }));
    }),
  );
}

/** Who comes to an address by a variable that holds it. */
function visitorsThrough(address: Address, { linksTo }: Scope): readonly string[] {
  const links = linksTo(address).filter(({ pass }) => pass.unreachable === undefined);
  return [...visitorsOf(links.map(({ pass }) => pass.server))];
}

/** Where packages of PHP keep their files, beside which nginx's own may well have a version in their names. */
const ownPlaces = /^\/(?:etc\/php|etc\/opt\/|usr\/lib|usr\/local\/php|opt\/|var\/opt\/|www\/server\/php)/;

/** What an address of the old version comes to today. */
interface Meeting {
  /** `served by the pool www of PHP 8.1`, `nobody listens here` */
  readonly today: string;
  /** The old version's pool there; it may be one that nothing starts any more. */
  readonly old?: OwnedPool;
}

/** `undefined` where the address is none of the old version's. */
function meet(address: Address, scope: Scope, unknown: string | undefined): Meeting | undefined {
  const { host, from, text, oldPools } = scope;
  const listeners = host.listeners.find(address);
  for (const { owner, title } of listeners) {
    if (owner.kind === 'pool' && owner.master.phpVersion === from) {
      return { today: `served by ${title}`, old: owner };
    }
  }
  const isNamed = address.kind === 'unix' && text.mentions(address.path).length > 0;
  if (listeners.length > 0 || !isNamed) return undefined;
  const old = oldPools.at(address);
  const today = unknown === undefined ? 'nobody listens here' : `names PHP ${from}: ${unknown}`;
  return { today, ...(old && { old }) };
}

/** `written` is where the address itself stands, if it does. */
function pointerAt(
  at: Span,
  written: Span | undefined,
  address: Address,
  { today, old: oldPool }: Meeting,
  affects: readonly string[],
  scope: Scope,
): Pointer {
  const base = { area: 'nginx', at, today, affects } as const;
  const { text, from, to, newPools } = scope;
  const renamed = written === undefined ? undefined : text.rename(textOf(written));
  if (written !== undefined && renamed !== undefined && renamed !== textOf(written)) {
    const line = lineWith(written, renamed);
    const target = address.kind === 'unix' ? socketOf(text.rename(address.path)) : undefined;
    const found = target && newPools.at(target);
    if (found) {
      const differs = oldPool && differenceOf(oldPool, found);
      if (differs !== undefined) return { ...base, line, note: differs };
      return { ...base, line, edit: { span: written, text: renamed } };
    }
    const other = oldPool && newPools.named(oldPool.pool.name);
    const elsewhere = other && elsewhereLine(written, address, other);
    if (other && elsewhere !== undefined) {
      return { ...base, line: elsewhere, note: `${poolTitle(other)} listens there` };
    }
    return { ...base, line, note: `once a pool of PHP ${to} listens there` };
  }
  const other = oldPool && newPools.named(oldPool.pool.name);
  const elsewhere = written && other && elsewhereLine(written, address, other);
  if (other && elsewhere !== undefined) {
    return { ...base, line: elsewhere, note: `${poolTitle(other)} listens there` };
  }
  const name = oldPool ? `the pool ${oldPool.pool.name}` : 'the pool';
  const note = `the address names no version: it can stay once ${name} has moved to PHP ${to}, which cannot hold it beside PHP ${from}`;
  return { ...base, note };
}

/** The line with the address of another pool; `undefined` where that is the same or not known. */
function elsewhereLine(written: Span, address: Address, { pool }: OwnedPool): string | undefined {
  const own = addressOf(pool.listenAddress);
  if (!own || addressKey(own) === addressKey(address)) return undefined;
  const isWildcard = own.kind === 'tcp' && ['*', '::', '0.0.0.0'].includes(own.host);
  const dialed = isWildcard ? { ...own, host: '127.0.0.1' } : own;
  return lineWith(written, addressText(dialed));
}

/** Why requests would not be answered alike: another account, another root. */
function differenceOf(old: OwnedPool, found: OwnedPool): string | undefined {
  const [was, is] = [accountOf(old.pool), accountOf(found.pool)];
  if (was !== is) {
    return `${poolTitle(found)} runs as ${is ?? 'nobody known'}, that of ${old.master.title} as ${was ?? 'nobody known'}`;
  }
  const isSameRoot = knownValue(old.pool.chroot) === knownValue(found.pool.chroot);
  return isSameRoot ? undefined : `${poolTitle(found)} has another chroot`;
}

function textOf({ source, start, end }: Span): string {
  return source.text.slice(start, end);
}
