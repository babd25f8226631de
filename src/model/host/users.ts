import type { Root } from '../../load/root.ts';
import type { Source, Span } from '../../syntax/source.ts';
import { nameServiceIsComplete } from './name-service.ts';

/** One line of /etc/passwd. */
export interface User {
  readonly name: string;
  readonly uid: number;
  /** The primary group. */
  readonly gid: number;
  readonly home: string;
  readonly span: Span;
}

/** One line of /etc/group. */
export interface Group {
  readonly name: string;
  readonly gid: number;
  /** Names of the users who have it as a supplementary group. */
  readonly members: readonly string[];
  readonly span: Span;
}

/** The users and groups of a host. */
export interface Users {
  /** True where nobody can exist who is not listed: both files were read, and no directory service adds to them. */
  readonly complete: boolean;
  user(name: string): User | undefined;
  group(name: string): Group | undefined;
  /** The first user with a number, as getpwuid(3) finds it. */
  userById(uid: number): User | undefined;
  groupById(gid: number): Group | undefined;
  /** The numbers of all groups a user's processes get from initgroups(3): the primary one first, each once. */
  groupsOf(user: User): readonly number[];
}

interface Line {
  readonly fields: readonly string[];
  readonly span: Span;
}

/** The lines with their fields. Comments and the `+` and `-` lines of NIS are no entries. */
function* linesOf(source: Source): Generator<Line> {
  const { text } = source;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const next = newline === -1 ? text.length : newline;
    const line = text.slice(start, next).trimEnd();
    const first = line.charAt(0);
    if (line !== '' && first !== '#' && first !== '+' && first !== '-') {
      yield { fields: line.split(':'), span: { source, start, end: start + line.length } };
    }
    start = next + 1;
  }
}

function idOf(field: string | undefined): number | undefined {
  if (field === undefined || !/^[0-9]{1,10}$/.test(field)) return undefined;
  return Number(field);
}

/** Reads /etc/passwd; lines that getpwent(3) would pass over are passed over. https://www.man7.org/linux/man-pages/man5/passwd.5.html */
export function parsePasswd(source: Source): readonly User[] {
  const users: User[] = [];
  for (const { fields, span } of linesOf(source)) {
    const [name = '', , uidField, gidField, , home = ''] = fields;
    const uid = idOf(uidField);
    const gid = idOf(gidField);
    if (name !== '' && uid !== undefined && gid !== undefined) users.push({ name, uid, gid, home, span });
  }
  return users;
}

/** Reads /etc/group. https://www.man7.org/linux/man-pages/man5/group.5.html */
function parseGroup(source: Source): readonly Group[] {
  const groups: Group[] = [];
  for (const { fields, span } of linesOf(source)) {
    const [name = '', , gidField, list = ''] = fields;
    const gid = idOf(gidField);
    const members = list.split(',').filter((member) => member !== '');
    if (name !== '' && gid !== undefined) groups.push({ name, gid, members, span });
  }
  return groups;
}

/** What is found first counts, as for getpwnam(3). */
function firstBy<Entry, Key>(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => Key,
): ReadonlyMap<Key, Entry> {
  const found = new Map<Key, Entry>();
  for (const entry of entries) if (!found.has(keyOf(entry))) found.set(keyOf(entry), entry);
  return found;
}

/** Puts users and groups together. `complete` says that no others can exist. */
function buildUsers(users: readonly User[], groups: readonly Group[], complete: boolean): Users {
  const usersByName = firstBy(users, ({ name }) => name);
  const usersById = firstBy(users, ({ uid }) => uid);
  const groupsByName = firstBy(groups, ({ name }) => name);
  const groupsById = firstBy(groups, ({ gid }) => gid);
  const supplementary = new Map<string, number[]>();
  for (const { gid, members } of groups) {
    for (const member of members) {
      const known = supplementary.get(member);
      if (known) known.push(gid);
      else supplementary.set(member, [gid]);
    }
  }
  return {
    complete,
    user: (name) => usersByName.get(name),
    group: (name) => groupsByName.get(name),
    userById: (uid) => usersById.get(uid),
    groupById: (gid) => groupsById.get(gid),
    groupsOf: ({ name, gid }) => [...new Set([gid, ...(supplementary.get(name) ?? [])])],
  };
}

/** Reads the users of a host; nothing where it has no /etc/passwd that can be read. */
export function readUsers(root: Root): Users | undefined {
  const passwd = root.read('/etc/passwd');
  if (passwd.kind !== 'read') return undefined;
  const group = root.read('/etc/group');
  const sources = group.kind === 'read' ? [passwd.source, group.source] : [passwd.source];
  const complete = group.kind === 'read' && !sources.some(hasNisEntries) && nameServiceIsComplete(root);
  return buildUsers(
    parsePasswd(passwd.source),
    group.kind === 'read' ? parseGroup(group.source) : [],
    complete,
  );
}

/** A line that begins with `+` brings in NIS. https://www.man7.org/linux/man-pages/man5/nsswitch.conf.5.html, "Compatibility mode" */
function hasNisEntries({ text }: Source): boolean {
  return text.startsWith('+') || text.includes('\n+');
}
