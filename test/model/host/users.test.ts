import { describe, expect, test } from 'vitest';
import { memoryFileSystem } from '../../../src/load/memory-file-system.ts';
import { openRoot } from '../../../src/load/root.ts';
import { readUsers } from '../../../src/model/host/users.ts';

const PASSWD = `root:x:0:0:root:/root:/bin/bash
# a comment
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
shop:x:1000:1000:Shop,,,:/home/shop:/bin/bash
broken:x:many:1:::
twice:x:1000:100::/:
`;
const GROUP = `root:x:0:
www-data:x:33:shop
shop:x:1000:
adm:x:4:syslog,shop
`;

function usersOf(more: Readonly<Record<string, string>> = {}) {
  const files = { '/usr/bin/x': '', '/etc/passwd': PASSWD, '/etc/group': GROUP, ...more };
  const inside = Object.entries(files).map(([path, text]) => [`/host${path}`, text] as const);
  return readUsers(openRoot(memoryFileSystem(Object.fromEntries(inside)), '/host', '/'));
}

describe('users and groups', () => {
  test('by name and by number, the first one found counts', () => {
    const users = usersOf();
    expect(users?.user('www-data')).toMatchObject({ uid: 33, gid: 33, home: '/var/www' });
    expect(users?.userById(1000)?.name).toBe('shop');
    expect(users?.group('adm')).toMatchObject({ gid: 4, members: ['syslog', 'shop'] });
    expect(users?.groupById(33)?.name).toBe('www-data');
    expect(users?.user('broken')).toBeUndefined();
  });

  test('a user has the primary group and those that list it', () => {
    const users = usersOf();
    const shop = users?.user('shop');
    expect(shop && users?.groupsOf(shop)).toEqual([1000, 33, 4]);
  });

  test('an entry knows its line', () => {
    const span = usersOf()?.user('www-data')?.span;
    expect(span?.source.text.slice(span.start, span.end)).toMatch(/^www-data:.*nologin$/);
  });

  test('without passwd there are none', () => {
    expect(readUsers(openRoot(memoryFileSystem({ '/host/etc/x': '' }), '/host', '/'))).toBeUndefined();
  });
});

describe('whether there can be others', () => {
  test.each([
    ['no nsswitch.conf', {}, true],
    ['files alone', { '/etc/nsswitch.conf': 'passwd: files\ngroup: files\n' }, true],
    [
      "Debian's default",
      { '/etc/nsswitch.conf': 'passwd:         files systemd\ngroup:          files systemd\n' },
      true,
    ],
    [
      'records of systemd-userdb',
      { '/etc/nsswitch.conf': 'passwd: files systemd\n', '/etc/userdb/ann.user': '{}' },
      false,
    ],
    ['LDAP', { '/etc/nsswitch.conf': 'passwd: files [NOTFOUND=continue] ldap # ours\n' }, false],
    ["Red Hat's default without a domain", { '/etc/nsswitch.conf': 'passwd: sss files systemd\n' }, true],
    [
      'SSSD with a domain',
      { '/etc/nsswitch.conf': 'passwd: sss files\n', '/etc/sssd/sssd.conf': '[sssd]\n' },
      false,
    ],
    ['groups from elsewhere', { '/etc/nsswitch.conf': 'passwd: files\ngroup: files winbind\n' }, false],
    ['NIS', { '/etc/passwd': 'root:x:0:0::/:\n+::::::\n' }, false],
  ])('%s: complete %j', (_, files, complete) => {
    expect(usersOf(files)?.complete).toBe(complete);
  });

  test('passwd without group is not complete', () => {
    const root = openRoot(memoryFileSystem({ '/h/etc/passwd': PASSWD }), '/h', '/');
    expect(readUsers(root)?.complete).toBe(false);
  });
});
