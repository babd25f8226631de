import type { Span } from '../../syntax/source.ts';
import type { Pool } from '../fpm/pool.ts';
import { knownValue, type Setting, spanOf } from '../fpm/setting.ts';
import type { Users } from '../host/users.ts';
import type { Host } from '../host.ts';
import { oncePer } from '../once-per.ts';

/** Whether nginx's workers may connect to a pool's unix socket. connect(2) needs write permission on it: unix(7). */
export type SocketAccess =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'unknown'; readonly why: string }
  | DeniedAccess;

export interface DeniedAccess {
  readonly kind: 'denied';
  /** False where a passwd or group file that was not given, or is not the whole truth, might still allow it. */
  readonly certain: boolean;
  readonly nginxUser: string;
  /**
   * What decides: neither owner nor group set, an access list, one beside which an owner or a group is set in vain, a mode
   * that is no octal number, or owner, group and mode.
   */
  readonly by: 'default' | 'acl' | 'acl-over-owner' | 'mode-text' | 'mode';
  /** The socket as `ls -l` would show it: `srw-rw---- crm:crm`; the users of the list where one decides. */
  readonly shown: string;
  /** The lines that decide it. */
  readonly spans: readonly Span[];
}

/** Who nginx's workers are, as far as it is known. */
export interface NginxWorker {
  readonly name: string;
  /** The group nginx sets: named in `user`, else the one called like the user. */
  readonly group: string;
  readonly uid?: number;
  readonly gids: readonly number[];
}

/** Directives of a pool that may say who may connect to its socket, of those in which pools of a kind differ. */
export const accessDirectives = ['listen.owner', 'listen.group'] as const;

/** Judges a pool's socket. Pools that listen on a port are open to everybody. */
export function socketAccess(pool: Pool, host: Host): SocketAccess {
  return pool.listenAddress?.kind === 'unix' ? accessByLines(pool, host) : { kind: 'allowed' };
}

/** The same of a pool that listens on a socket: which one does not matter. */
export function accessByLines(pool: Pool, host: Host): SocketAccess {
  const { worker } = workerOf(host);
  if (!worker) return { kind: 'unknown', why: 'the user of nginx is not known; give --nginx-user www-data' };
  if (worker.name === 'root' || worker.uid === 0) return { kind: 'allowed' };
  if (decides(pool.listenAclUsers) || decides(pool.listenAclGroups)) return judgeAcl(pool, worker, host);
  return judgeMode(pool, worker, host);
}

function decides(list: Setting<string | undefined>): boolean {
  return list.kind !== 'default' && knownValue(list) !== '';
}

/** Every pool of the host asks. */
const workerOf = oncePer((host: Host) => ({ worker: nginxWorkerOf(host) }));

/** https://nginx.org/en/docs/ngx_core_module.html#user; the default is compiled in and differs by package. */
export function nginxWorkerOf({ nginx, nginxUser, users }: Host): NginxWorker | undefined {
  const name = nginxUser ?? nginx?.user?.name;
  if (name === undefined) return undefined;
  const group = (nginxUser === undefined ? nginx?.user?.group : undefined) ?? name;
  const user = users?.user(name);
  const gid = users?.group(group)?.gid;
  return {
    name,
    group,
    ...(user && { uid: user.uid }),
    gids: [...(user && users ? users.groupsOf(user) : []), ...(gid === undefined ? [] : [gid])],
  };
}

/** `listen.acl_users` and `listen.acl_groups` make php-fpm ignore owner and group. Of the mode, what it grants others stays. */
function judgeAcl(pool: Pool, worker: NginxWorker, { users }: Host): SocketAccess {
  const { listenAclUsers, listenAclGroups } = pool;
  if (listenAclUsers.kind === 'unknown' || listenAclGroups.kind === 'unknown') {
    return { kind: 'unknown', why: 'the access list comes from the environment' };
  }
  if (pool.listenMode.kind === 'unknown' || (pool.listenMode.value & 0o002) !== 0) return { kind: 'allowed' };
  const userNames = names(listenAclUsers.value);
  const groupNames = names(listenAclGroups.value);
  if (userNames.includes(worker.name)) return { kind: 'allowed' };
  if (groupNames.includes(worker.group)) return { kind: 'allowed' };
  const gids = groupNames.map((name) => users?.group(name)?.gid);
  if (gids.some((gid) => gid !== undefined && worker.gids.includes(gid))) return { kind: 'allowed' };
  const certain = groupNames.length === 0 || isWholeTruth(users, worker);
  const shown = [
    ...userNames.map((name) => `user:${name}`),
    ...groupNames.map((name) => `group:${name}`),
  ].join(', ');
  return {
    kind: 'denied',
    certain,
    nginxUser: worker.name,
    by: [pool.listenOwner, pool.listenGroup].some(knownValue) ? 'acl-over-owner' : 'acl',
    shown,
    spans: spansOf(listenAclUsers, listenAclGroups),
  };
}

function names(list: string | undefined): readonly string[] {
  return (list ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Who owns a socket; the numbers are absent where the host's users do not tell them. */
export interface Ownership {
  readonly owner: string;
  readonly group: string;
  readonly uid?: number;
  readonly gid?: number;
}

function judgeMode(pool: Pool, worker: NginxWorker, { users }: Host): SocketAccess {
  const { listenOwner, listenGroup, listenMode } = pool;
  if (listenOwner.kind === 'unknown' || listenGroup.kind === 'unknown' || listenMode.kind === 'unknown') {
    return { kind: 'unknown', why: 'owner, group or mode of the socket come from the environment' };
  }
  const mode = listenMode.value;
  const socket = ownershipOf(listenOwner.value, listenGroup.value, users);
  const bits = decidingBits(socket, worker);
  if ((mode & bits) !== 0) return { kind: 'allowed' };
  const unset = !listenOwner.value && !listenGroup.value;
  return {
    kind: 'denied',
    certain: isWholeTruth(users, worker) || (mode & 0o022) === 0,
    nginxUser: worker.name,
    by: hasBadMode(pool) ? 'mode-text' : unset && (mode & 0o200) !== 0 ? 'default' : 'mode',
    shown: `${modeText(mode)} ${socket.owner}:${socket.group}`,
    spans: spansOf(listenOwner, listenGroup, listenMode),
  };
}

/** True where `listen.mode` is no octal number: php-fpm stops at the first character that is none. */
export function hasBadMode({ listenMode }: Pick<Pool, 'listenMode'>): boolean {
  if (listenMode.kind !== 'given' || listenMode.text === '') return false;
  return !/^\s*[0-7]+(?:\s|$)/.test(listenMode.text);
}

/**
 * An owner given by name also brings its primary group; one given by number leaves the master's.
 * https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_unix.c, fpm_unix_resolve_socket_permissions
 */
export function ownershipOf(
  owner: string | undefined,
  group: string | undefined,
  users: Users | undefined,
): Ownership {
  if (!users) return resolved(owner, group, users);
  const known = ownershipsIn(users);
  const names = `${owner ?? ''}:${group ?? ''}`;
  const before = known.get(names);
  if (before) return before;
  const found = resolved(owner, group, users);
  known.set(names, found);
  return found;
}

/** Most sockets of a host belong to the same few, and several rules ask. */
const ownershipsIn = oncePer((_: Users) => new Map<string, Ownership>());

function resolved(owner: string | undefined, group: string | undefined, users: Users | undefined): Ownership {
  const master = { owner: 'root', group: 'root', uid: 0, gid: 0 };
  const byOwner = owner ? ownerOf(owner, users) : master;
  if (!group) return byOwner;
  const gid = /^\d+$/.test(group) ? Number(group) : users?.group(group)?.gid;
  const { gid: _, ...rest } = byOwner;
  return { ...rest, group: users?.groupById(gid ?? -1)?.name ?? group, ...(gid !== undefined && { gid }) };
}

function ownerOf(owner: string, users: Users | undefined): Ownership {
  if (/^\d+$/.test(owner)) {
    const uid = Number(owner);
    return { owner: users?.userById(uid)?.name ?? owner, group: 'root', uid, gid: 0 };
  }
  const user = users?.user(owner);
  if (!user) return { owner, group: owner };
  return { owner, group: users?.groupById(user.gid)?.name ?? String(user.gid), uid: user.uid, gid: user.gid };
}

/** The write bit that counts for nginx: only the first of owner, group and others that fits is looked at. */
export function decidingBits(socket: Ownership, worker: NginxWorker): number {
  const isOwner =
    socket.uid === undefined || worker.uid === undefined
      ? socket.owner === worker.name
      : socket.uid === worker.uid;
  if (isOwner) return 0o200;
  const inGroup =
    socket.group === worker.group || (socket.gid !== undefined && worker.gids.includes(socket.gid));
  return inGroup ? 0o020 : 0o002;
}

/** Whether the groups of nginx's user are known for sure. */
export function isWholeTruth(users: Users | undefined, worker: NginxWorker): boolean {
  return users?.complete === true && worker.uid !== undefined;
}

function spansOf(...settings: readonly Setting<unknown>[]): readonly Span[] {
  return settings.flatMap((setting) => spanOf(setting) ?? []);
}

/** As `ls -l` writes a socket: `srw-rw----`. */
export function modeText(mode: number): string {
  const letters = 'rwxrwxrwx';
  return `s${[...letters].map((letter, at) => ((mode >> (8 - at)) & 1 ? letter : '-')).join('')}`;
}
