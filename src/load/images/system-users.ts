import type { ImageSystem } from './known-image.ts';

/** A user or a group that an image adds to those of its system. */
export interface AddedUser {
  readonly name: string;
  readonly id: number;
  readonly home: string;
}

/**
 * Users of debian:*-slim from bullseye to trixie, with their ids: Debian gives them out for ever. `_apt` differs and runs nothing here.
 * https://salsa.debian.org/debian/base-passwd/-/blob/master/passwd.master
 */
const DEBIAN_USERS =
  'root:0:0:/root daemon:1:1:/usr/sbin bin:2:2:/bin sys:3:3:/dev sync:4:65534:/bin games:5:60:/usr/games man:6:12:/var/cache/man lp:7:7:/var/spool/lpd mail:8:8:/var/mail news:9:9:/var/spool/news uucp:10:10:/var/spool/uucp proxy:13:13:/bin www-data:33:33:/var/www backup:34:34:/var/backups list:38:38:/var/list irc:39:39:/run/ircd nobody:65534:65534:/nonexistent';

const DEBIAN_GROUPS =
  'root:0 daemon:1 bin:2 sys:3 adm:4 tty:5 disk:6 lp:7 mail:8 news:9 uucp:10 man:12 proxy:13 kmem:15 dialout:20 fax:21 voice:22 cdrom:24 floppy:25 tape:26 sudo:27 audio:29 dip:30 www-data:33 backup:34 operator:37 list:38 irc:39 src:40 shadow:42 utmp:43 video:44 sasl:45 plugdev:46 staff:50 games:60 users:100 nogroup:65534';

/**
 * Users of alpine, as far as all releases agree. There is a group www-data, and no user of that name.
 * https://gitlab.alpinelinux.org/alpine/aports/-/tree/master/main/alpine-baselayout
 */
const ALPINE_USERS =
  'root:0:0:/root bin:1:1:/bin daemon:2:2:/sbin lp:4:7:/var/spool/lpd sync:5:0:/sbin shutdown:6:0:/sbin halt:7:0:/sbin mail:8:12:/var/mail news:9:13:/usr/lib/news uucp:10:14:/var/spool/uucppublic cron:16:16:/var/spool/cron ftp:21:21:/var/lib/ftp sshd:22:22:/dev/null games:35:35:/usr/games ntp:123:123:/var/empty guest:405:100:/dev/null nobody:65534:65534:/';

const ALPINE_GROUPS =
  'root:0 bin:1 daemon:2 sys:3 adm:4 tty:5 disk:6 lp:7 kmem:9 wheel:10 floppy:11 mail:12 news:13 uucp:14 cron:16 audio:18 cdrom:19 dialout:20 ftp:21 sshd:22 input:23 tape:26 video:27 netdev:28 kvm:34 games:35 shadow:42 www-data:82 users:100 ntp:123 utmp:406 ping:999 nogroup:65533 nobody:65534';

/** `/etc/passwd` and `/etc/group` of an image: those of its system, and what it adds. */
export function userFiles(
  system: ImageSystem,
  added: readonly AddedUser[],
): Readonly<Record<string, string>> {
  const users = system === 'debian' ? DEBIAN_USERS : ALPINE_USERS;
  const groups = system === 'debian' ? DEBIAN_GROUPS : ALPINE_GROUPS;
  const passwd = users.split(' ').map((entry) => {
    const [name, uid, gid, home] = entry.split(':');
    return `${name}:x:${uid}:${gid}:${name}:${home}:/sbin/nologin`;
  });
  const group = groups.split(' ').map((entry) => entry.replace(':', ':x:').concat(':'));
  const names = new Set(groups.split(' ').map((entry) => entry.split(':')[0]));
  for (const { name, id, home } of added) {
    passwd.push(`${name}:x:${id}:${id}:${name}:${home}:/sbin/nologin`);
    if (!names.has(name)) group.push(`${name}:x:${id}:`);
  }
  return { '/etc/passwd': `${passwd.join('\n')}\n`, '/etc/group': `${group.join('\n')}\n` };
}
