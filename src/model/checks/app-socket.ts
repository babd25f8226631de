import type { App, SocketFacts } from '../apps/app.ts';
import type { Users } from '../host/users.ts';
import type { Host } from '../host.ts';
import { answering, type Dialed, dialedBeyondPools } from '../links/dialed.ts';
import {
  decidingBits,
  isWholeTruth,
  modeText,
  type NginxWorker,
  nginxWorkerOf,
  type Ownership,
  ownershipOf,
} from './permission.ts';

/** A socket of an app that nginx's workers may not write to. */
export interface DeniedAppSocket {
  readonly dialed: Dialed;
  readonly app: App;
  readonly socket: SocketFacts;
  readonly worker: NginxWorker;
  /** As `ls -l` would show it: `srw------- app:app`. */
  readonly shown: string;
  /** Why nginx may be let in all the same, as it reads behind "unless"; absent where it is not. */
  readonly doubt?: string;
}

/** The sockets of apps that a request can lead to and that keep nginx out. connect(2) needs write permission: unix(7). */
export function deniedAppSockets(host: Host): readonly DeniedAppSocket[] {
  const worker = nginxWorkerOf(host);
  if (!worker || worker.name === 'root' || worker.uid === 0) return [];
  return dialedBeyondPools(host).flatMap((dialed): readonly DeniedAppSocket[] => {
    const [listener, ...others] = answering(dialed.peer);
    if (!listener || others.length > 0 || listener.owner.kind !== 'app') return [];
    const { app } = listener.owner;
    const { socket } = app;
    const owner = socket && ownerOf(app, socket, host.users);
    if (!socket || !owner || (socket.mode & decidingBits(owner, worker)) !== 0) return [];
    const doubt = doubtOf(app, socket, host, worker);
    const shown = `${modeText(socket.mode)} ${owner.owner}:${owner.group}`;
    return [{ dialed, app, socket, worker, shown, ...(doubt !== undefined && { doubt }) }];
  });
}

/** Whoever the program runs as, unless it hands the socket on. */
function ownerOf(
  { process }: App,
  { owner, group }: SocketFacts,
  users: Users | undefined,
): Ownership | undefined {
  const user = owner ?? process?.user;
  return user === undefined ? undefined : ownershipOf(user, group ?? process?.group, users);
}

function doubtOf(
  { doubt }: App,
  { mode, span }: SocketFacts,
  { users }: Host,
  worker: NginxWorker,
): string | undefined {
  if (doubt !== undefined) return doubt;
  if (!span) return 'it is started with another umask';
  const isTrue = isWholeTruth(users, worker) || (mode & 0o022) === 0;
  return isTrue ? undefined : `${worker.name} is in another group as well`;
}
