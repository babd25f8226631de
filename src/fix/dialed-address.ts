import type { Fix } from '../engine/finding.ts';
import type { App } from '../model/apps/app.ts';
import type { HalfServedName } from '../model/checks/dual-stack.ts';
import type { WrongPort } from '../model/checks/wrong-port.ts';
import { type PeerLink, peerSpan } from '../model/links/link.ts';
import { replace } from './lines.ts';

/**
 * The port that the app declares, where there is no doubt which app is meant: one that nothing dials, and one address that
 * nobody listens on.
 */
export function dialAppFix(
  { dialed: { peer }, idle }: WrongPort,
  all: readonly WrongPort[],
): Fix | undefined {
  const [app] = idle;
  if (app?.address.kind !== 'tcp' || idle.length > 1 || peer.address?.kind !== 'tcp') return undefined;
  if (all.some((other) => other.dialed.peer !== peer && other.idle.includes(app))) return undefined;
  return rewrite(peer, `:${peer.address.port}`, `:${portOf(app)}`, true);
}

/** The address of a name that is listened on. A proxy also sends the name in its `Host`, which the app may look at. */
export function servedAddressFix({ dialed, name, served }: HalfServedName): Fix | undefined {
  const { peer, links } = dialed;
  const literal = served.includes(':') ? `[${served}]` : served;
  const keepsHost =
    peer.upstream !== undefined ||
    links.every(
      ({ pass: { protocol } }) => protocol !== 'http' && protocol !== 'https' && protocol !== 'grpc',
    );
  return rewrite(peer, name, literal, keepsHost);
}

function portOf({ address }: App): number {
  return address.kind === 'tcp' ? address.port : 0;
}

/** One piece of an address that stands there as it is read: a variable or a map may be used elsewhere too. */
function rewrite(peer: PeerLink, from: string, to: string, safe: boolean): Fix | undefined {
  const { word, directive, choice } = peer;
  const span = peerSpan(peer);
  const written = span.source.text.slice(span.start, span.end);
  const at = written.toLowerCase().indexOf(from);
  const next = written.charAt(at + from.length);
  const isWhole = at !== -1 && !/[\w.-]/.test(next) && written.toLowerCase().lastIndexOf(from) === at;
  if (choice || word.quoted || written !== word.value || !isWhole) return undefined;
  const text = written.slice(0, at) + to + written.slice(at + from.length);
  return { safe, title: `${directive.name} ${text};`, edits: [replace(span, text)] };
}
