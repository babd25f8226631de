/** What php-src's `www.conf.default` sets. https://github.com/php/php-src/blob/master/sapi/fpm/www.conf.in */
const WWW = `[www]
user = www-data
group = www-data
listen = 127.0.0.1:9000
pm = dynamic
pm.max_children = 5
pm.start_servers = 2
pm.min_spare_servers = 1
pm.max_spare_servers = 3
`;

/** What the image lays over it: logs go to the container's, and it listens on all addresses. */
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
listen = 9000
`;

/**
 * The pools of the official php:*-fpm images, in the order in which they are read: the last `listen` counts, so a `www.conf` of one's own
 * does not change it.
 *
 * https://github.com/docker-library/php/blob/master/Dockerfile-linux.template
 */
export const FPM_FILES: Readonly<Record<string, string>> = {
  '/usr/local/etc/php-fpm.conf': '[global]\ninclude=etc/php-fpm.d/*.conf\n',
  '/usr/local/etc/php-fpm.d/docker.conf': DOCKER,
  '/usr/local/etc/php-fpm.d/www.conf': WWW,
  '/usr/local/etc/php-fpm.d/zz-docker.conf': ZZ_DOCKER,
};
