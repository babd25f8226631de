import type { Root } from './root.ts';

/** Where nginx.conf lies: packages, `make install`, FreeBSD and Homebrew, aaPanel, OpenResty. */
const NGINX_MAINS = [
  '/etc/nginx/nginx.conf',
  '/usr/local/nginx/conf/nginx.conf',
  '/usr/local/etc/nginx/nginx.conf',
  '/opt/homebrew/etc/nginx/nginx.conf',
  '/www/server/nginx/conf/nginx.conf',
  '/usr/local/openresty/nginx/conf/nginx.conf',
  '/etc/openresty/nginx.conf',
  '/opt/bitnami/nginx/conf/nginx.conf',
] as const;

/** The main file of a host's nginx: the first of the usual places that is there. */
export function findNginxMain(root: Root): string | undefined {
  return NGINX_MAINS.find((path) => root.exists(path));
}
