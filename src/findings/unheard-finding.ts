import type { Related } from '../engine/finding.ts';
import type { RuleFinding } from '../engine/rule.ts';
import type { UnheardAddress } from '../model/checks/unreached.ts';
import { addressText } from '../model/links/address.ts';
import type { Listener } from '../model/links/listener.ts';
import { unreachedFinding } from './unreached-finding.ts';

/** So many are shown: a machine may have pools by the hundred. */
const SHOWN_MAX = 3;

/** The finding for an address that leads to another host, where nobody listens on it. */
export function unheardFinding({ dialed, how, meant, unless }: UnheardAddress): RuleFinding {
  const { peer } = dialed;
  const dials = peer.target.kind === 'address' ? peer.target.logged : peer.word.value;
  switch (how.kind) {
    case 'port': {
      const { title, names } = how.there.place;
      const [only, ...others] = how.listeners;
      const host = peer.address?.kind === 'tcp' ? peer.address.host : (names[0] ?? title);
      return unreachedFinding(dialed, {
        unless,
        message: `no ${meant} of ${title} listens on ${dials}`,
        related: how.listeners.slice(0, SHOWN_MAX).flatMap(listensHere),
        help:
          only?.address.kind === 'tcp' && others.length === 0
            ? `dial ${addressText({ ...only.address, host })}, where ${only.title} listens`
            : `dial the port that the ${meant} of ${title} listens on`,
      });
    }
    case 'loopback': {
      const { there, listener } = how;
      const its = addressText(listener.address);
      return unreachedFinding(dialed, {
        unless,
        message: `${listener.title} of ${there.place.title} listens on ${its} only, and nginx dials it from outside`,
        related: listensHere(listener),
        help: `let it listen on every address, or on the one that nginx dials: ${dials}`,
      });
    }
    case 'socket':
      return unreachedFinding(dialed, {
        unless,
        message: `no ${meant} listens on ${dials} where nginx sees it`,
        related: how.elsewhere.slice(0, SHOWN_MAX).flatMap(({ on, listener }): readonly Related[] => {
          const { span } = listener;
          return span ? [{ span, message: `${on.place.title} makes a socket of this path for itself` }] : [];
        }),
        help:
          how.elsewhere.length > 0
            ? `share the directory of ${dials}: mount one volume there in both containers`
            : `mount the directory of the socket from the container that listens, or dial its port`,
      });
    default:
      return how satisfies never;
  }
}

function listensHere({ span, title }: Listener): readonly Related[] {
  return span ? [{ span, message: `${title} listens here` }] : [];
}
