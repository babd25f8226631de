import { describe, expect, it } from 'vitest';
import { socketAccess } from '../../../src/model/checks/permission.ts';
import { hostOf } from '../host-of.ts';

const accounts = {
  'etc/passwd':
    'root:x:0:0::/root:/bin/sh\nwww-data:x:33:33::/var/www:/bin/false\nshop:x:1001:1001::/home/shop:/bin/false\n',
  'etc/group': 'root:x:0:\nwww-data:x:33:\nshop:x:1001:\nweb:x:2000:www-data\n',
};

/** What a pool with these lines makes of its socket for nginx as www-data. */
async function accessWith(lines: string, more: Record<string, string> = {}): Promise<string> {
  const host = await hostOf({
    ...accounts,
    ...more,
    'etc/php/8.2/fpm/pool.d/www.conf': `[www]\nuser = shop\nlisten = /run/php/www.sock\npm = static\npm.max_children = 1\n${lines}\n`,
  });
  const pool = host.masters[0]?.pools[0];
  if (!pool) throw new Error('no pool');
  const access = socketAccess(pool, host);
  switch (access.kind) {
    case 'denied':
      return `denied: ${access.shown}${access.certain ? '' : ', perhaps'}`;
    case 'unknown':
      return `unknown: ${access.why}`;
    default:
      return access.kind;
  }
}

describe('who may connect to a socket', () => {
  it.each([
    ['', 'denied: srw-rw---- root:root'],
    ['listen.owner = www-data', 'allowed'],
    ['listen.owner = 33', 'allowed'],
    ['listen.owner = shop', 'denied: srw-rw---- shop:shop'],
    ['listen.owner = shop\nlisten.group = www-data', 'allowed'],
    ['listen.owner = shop\nlisten.group = 33', 'allowed'],
    ['listen.owner = shop\nlisten.group = web', 'allowed'],
    ['listen.owner = shop\nlisten.group = web\nlisten.mode = 0600', 'denied: srw------- shop:web'],
    ['listen.owner = shop\nlisten.group = shop\nlisten.mode = 0666', 'allowed'],
    ['listen.owner = www-data\nlisten.mode = 0600', 'allowed'],
    ['listen.owner = www-data\nlisten.mode = 0060', 'denied: s---rw---- www-data:www-data'],
    ['listen.mode = 888', 'denied: s--------- root:root'],
    ['listen.mode = 0666', 'allowed'],
    ['listen.acl_users = shop\nlisten.owner = www-data', 'denied: user:shop'],
    ['listen.acl_users = shop,www-data', 'allowed'],
    ['listen.acl_groups = web', 'allowed'],
    [
      'listen.owner = ${SOCKET_OWNER}',
      'unknown: owner, group or mode of the socket come from the environment',
    ],
  ])('%j: %s', async (lines, access) => {
    expect(await accessWith(lines)).toBe(access);
  });

  it('is not judged where the user of nginx is not known', async () => {
    const main = 'events {}\nhttp { include sites-enabled/*; }\n';
    expect(await accessWith('', { 'etc/nginx/nginx.conf': main })).toContain('unknown');
  });

  it('is everybody where nginx runs as root', async () => {
    const main = 'user root;\nevents {}\nhttp { include sites-enabled/*; }\n';
    expect(await accessWith('', { 'etc/nginx/nginx.conf': main })).toBe('allowed');
  });

  it('follows the group that nginx names beside its user', async () => {
    const main = 'user www-data shop;\nevents {}\nhttp { include sites-enabled/*; }\n';
    expect(await accessWith('listen.owner = shop', { 'etc/nginx/nginx.conf': main })).toBe('allowed');
  });

  it('is only likely where a directory may know more groups', async () => {
    const more = { 'etc/nsswitch.conf': 'passwd: files ldap\ngroup: files ldap\n' };
    expect(await accessWith('listen.owner = shop', more)).toBe('denied: srw-rw---- shop:shop, perhaps');
  });
});
