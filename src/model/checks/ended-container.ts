import type { Span } from '../../syntax/source.ts';
import type { Deployment } from '../deployment.ts';
import { type Master, refusalOf } from '../fpm/master.ts';
import { spanOf } from '../fpm/setting.ts';
import type { Host } from '../host.ts';
import { answering, type Dialed, dialedPeers } from '../links/dialed.ts';
import type { PeerLink } from '../links/link.ts';
import { oncePer } from '../once-per.ts';

/** A container that ends as it starts: its first process is a php-fpm that goes into the background. */
export interface EndedContainer {
  readonly host: Host;
  /** What sends it there. */
  readonly by: 'option' | 'line' | 'default';
  /** Where that is decided. */
  readonly at: Span;
  /** The addresses that requests are sent to, on whichever host, and at which nobody else answers. */
  readonly dialed: readonly Dialed[];
}

/** The containers that end, where all is known that could keep them. What php-fpm refuses it says before it goes anywhere. */
export const endedContainers = oncePer((deployment: Deployment): readonly EndedContainer[] => {
  const { hosts } = deployment;
  const ended = hosts.flatMap((host) =>
    host.masters.flatMap((master) => {
      const cause = host.mastersComplete && !refusalOf(master) ? causeOf(master) : undefined;
      return cause ? [{ host, master, ...cause }] : [];
    }),
  );
  const gone = new Set(ended.map(({ master }) => master));
  const isGone = (peer: PeerLink, master: Master): boolean => {
    const masters = answering(peer).map(({ owner }) => (owner.kind === 'pool' ? owner.master : undefined));
    return masters.includes(master) && masters.every((each) => each && gone.has(each));
  };
  return ended.map(({ master, ...rest }) => ({
    ...rest,
    dialed: hosts.flatMap((host) => dialedPeers(host).filter(({ peer }) => isGone(peer, master))),
  }));
});

function causeOf({ firstProcess, settings }: Master): Pick<EndedContainer, 'by' | 'at'> | undefined {
  if (!firstProcess) return undefined;
  const { inBackground, span } = firstProcess;
  if (inBackground !== undefined) return inBackground ? { by: 'option', at: span } : undefined;
  const { daemonize } = settings;
  if (daemonize.kind === 'unknown' || !daemonize.value) return undefined;
  return daemonize.kind === 'default'
    ? { by: 'default', at: span }
    : { by: 'line', at: spanOf(daemonize) ?? span };
}

/**
 * What nginx logs where it dials a container that has ended: nobody has its address any more, and a socket that it left
 * behind is refused.
 */
export function endedLog({ address, target }: PeerLink): string {
  if (address?.kind !== 'unix')
    return 'connect() failed (113: No route to host) while connecting to upstream';
  const logged = target.kind === 'address' ? target.logged : '';
  return `connect() to ${logged} failed (111: Connection refused) while connecting to upstream`;
}
