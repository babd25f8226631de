import { isBefore } from './tag.ts';

type Files = Readonly<Record<string, string>>;

const DIRECTORY = '/usr/local/etc/php-fpm.d';

/** What php-src's `www.conf.default` sets. https://github.com/php/php-src/blob/master/sapi/fpm/www.conf.in */
const www = (listen: string): string => `[www]
user = www-data
group = www-data
${listen}pm = dynamic
pm.max_children = 5
pm.start_servers = 2
pm.min_spare_servers = 1
pm.max_spare_servers = 3
`;

/** What the image lays over it: logs go to the container's. */
const DOCKER = `[global]
error_log = /proc/self/fd/2

[www]
access.log = /proc/self/fd/2
clear_env = no
catch_workers_output = yes
`;

const ZZ_DOCKER = `[global]
daemonize = no

[www]
`;

const LISTEN = 'listen = 9000\n';

const MAIN: Files = { '/usr/local/etc/php-fpm.conf': '[global]\ninclude=etc/php-fpm.d/*.conf\n' };

/** The last file says where www listens, so that a `www.conf` of one's own does not change it. */
const LISTEN_LAST: Files = {
  ...MAIN,
  [`${DIRECTORY}/docker.conf`]: DOCKER,
  [`${DIRECTORY}/www.conf`]: www('listen = 127.0.0.1:9000\n'),
  [`${DIRECTORY}/zz-docker.conf`]: `${ZZ_DOCKER}${LISTEN}`,
};

/** The first file does, so that a `www.conf` of one's own has the last word. */
const LISTEN_FIRST: Files = {
  ...MAIN,
  [`${DIRECTORY}/docker.conf`]: `${DOCKER}${LISTEN}`,
  [`${DIRECTORY}/www.conf`]: www(''),
  [`${DIRECTORY}/zz-docker.conf`]: ZZ_DOCKER,
};

/** The pools of an image, in the order in which they are read, and those of its older builds where the tag does not tell which it is. */
export interface FpmFiles {
  readonly files: Files;
  readonly before2026?: Files;
}

/** The last releases that were built in 2025, by their lines: some of their builds are of 2026. */
const LAST_OF_2025: Readonly<Record<string, number>> = { '8.2': 30, '8.3': 29, '8.4': 16, '8.5': 1 };

/**
 * The pools of the official php:*-fpm images. Those that were built since January 2026 set `listen` in the first file, and no longer in
 * the last one.
 *
 * https://github.com/docker-library/php/blob/master/Dockerfile-linux.template and https://github.com/docker-library/php/pull/1635
 */
export function fpmFilesOf(version: string): FpmFiles {
  if (isBefore(version, 8, 2)) return { files: LISTEN_LAST };
  const [, line = '', patch] = /^(\d+\.\d+)(?:\.(\d+))?(?:-|$)/.exec(version) ?? [];
  const last = LAST_OF_2025[line];
  if (line !== '' && last === undefined) return { files: LISTEN_FIRST };
  if (last !== undefined && patch !== undefined) {
    if (Number(patch) < last) return { files: LISTEN_LAST };
    if (Number(patch) > last) return { files: LISTEN_FIRST };
  }
  return { files: LISTEN_FIRST, before2026: LISTEN_LAST };
}
