import { type SameSocket, sameSockets } from '../fpm/bind.ts';
import type { Master } from '../fpm/master.ts';
import type { Host } from '../host.ts';
import { oncePer } from '../once-per.ts';

/** The pools of each master that mean one socket, with names as the host resolves them; see {@link sameSockets}. */
export const sameSocketsOn = oncePer(
  ({ masters, hostsFile }: Host): readonly (SameSocket & { readonly master: Master })[] => {
    const lookup = (name: string) => hostsFile.lookup(name).map(({ address }) => address);
    return masters.flatMap((master) => sameSockets(master, lookup).map((same) => ({ ...same, master })));
  },
);
