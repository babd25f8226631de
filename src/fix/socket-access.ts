import type { Edit, Fix } from '../engine/finding.ts';
import type { DeniedSocket } from '../model/checks/denied-socket.ts';
import { knownValue, spanOf } from '../model/fpm/setting.ts';
import type { Users } from '../model/host/users.ts';
import type { Host } from '../model/host.ts';
import { insertLinesBelow, replace } from './lines.ts';

/** Owner and group of a socket that has neither. An owner given by name brings its primary group. */
export function ownSocketFix({ listen, access: { nginxUser } }: DeniedSocket, { users }: Host): Fix {
  const group = groupOf(nginxUser, users);
  const lines = [`listen.owner = ${nginxUser}`, ...(group === undefined ? [] : [`listen.group = ${group}`])];
  return {
    safe: true,
    title: lines.join(', '),
    edits: [insertLinesBelow(listen.source, listen.start, lines)],
  };
}

/** Lets nginx connect to a socket: by the access list where one decides, else by the group and the mode. */
export function socketAccessFix(socket: DeniedSocket, host: Host): Fix | undefined {
  return socket.access.by === 'acl' ? listFix(socket) : groupFix(socket, host);
}

function listFix({ listen, pool, access: { nginxUser } }: DeniedSocket): Fix {
  const { listenAclUsers } = pool;
  const known = listenAclUsers.kind === 'given' ? listenAclUsers.text.trim() : '';
  const names = known === '' ? nginxUser : `${known},${nginxUser}`;
  const edit =
    listenAclUsers.kind === 'given' && known !== ''
      ? replace(listenAclUsers.span, names)
      : insertLinesBelow(listen.source, listen.start, [`listen.acl_users = ${names}`]);
  return { safe: true, title: `listen.acl_users = ${names}`, edits: [edit] };
}

const groupMayConnect = 0o060;
const ownerMayConnect = 0o600;

function groupFix({ listen, pool, access: { nginxUser } }: DeniedSocket, host: Host): Fix | undefined {
  const { listenOwner, listenGroup, listenMode } = pool;
  const mode = knownValue(listenMode);
  const owner = knownValue(listenOwner);
  if (mode === undefined) return undefined;
  const isOwner = owner === nginxUser;
  const group = isOwner ? undefined : groupOf(nginxUser, host.users);
  if (!isOwner && group === undefined) return undefined;
  const needed = mode | (isOwner ? ownerMayConnect : groupMayConnect);
  const modeText = needed.toString(8).padStart(4, '0');

  const edits: Edit[] = [];
  const added: string[] = [];
  const title: string[] = [];
  const set = (name: string, text: string, setting: typeof listenGroup | typeof listenMode): void => {
    const span = spanOf(setting);
    title.push(`${name} = ${text}`);
    if (span) edits.push(replace(span, text));
    else added.push(`${name} = ${text}`);
  };
  if (group !== undefined && knownValue(listenGroup) !== group) set('listen.group', group, listenGroup);
  if (needed !== mode) set('listen.mode', modeText, listenMode);
  if (added.length > 0) edits.push(insertLinesBelow(listen.source, listen.start, added));
  if (edits.length === 0) return undefined;
  const isPrivate = knownValue(listenGroup) === undefined || isOwnGroup(owner, listenGroup, host.users);
  return { safe: isOwner || isPrivate, title: title.join(', '), edits };
}

/** True for the group of one user, with nobody else in it: taking it off the socket locks nobody out. */
function isOwnGroup(
  owner: string | undefined,
  listenGroup: DeniedSocket['pool']['listenGroup'],
  users: Users | undefined,
): boolean {
  const name = knownValue(listenGroup);
  if (name === undefined || name !== owner || !users?.complete) return false;
  return users.group(name)?.members.every((member) => member === owner) ?? false;
}

/** The primary group of a user, where it is known. */
function groupOf(user: string, users: Users | undefined): string | undefined {
  const gid = users?.user(user)?.gid;
  return gid === undefined ? undefined : users?.groupById(gid)?.name;
}
