import { addressText } from './address.ts';
import type { Unreached } from './neighbour.ts';

/** Why nobody answers, in a few words: `the service php listens on 127.0.0.1:9000 only`. */
export function unreachedText(how: Unreached): string {
  switch (how.kind) {
    case 'no-name':
      return 'no host has this name';
    case 'no-network':
      return `${how.there.map(({ place }) => place.title).join(' and ')} ${how.there.length === 1 ? 'is' : 'are'} in another network`;
    case 'loopback':
      return `${how.there.place.title} listens on ${addressText(how.listener.address)} only`;
    case 'port':
      return `${how.there.place.title} does not listen on this port`;
    case 'own-loopback':
      return 'nobody in this container listens there';
    case 'socket':
      return 'nobody listens on a socket that this container sees';
    default:
      return how satisfies never;
  }
}
