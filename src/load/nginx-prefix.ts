import { baseName, directoryOf } from '../syntax/path-parts.ts';

/** Directories that stand directly in nginx's own, by convention. */
const NGINX_SUBDIRECTORIES: ReadonlySet<string> = new Set(
  `sites-enabled sites-available conf.d snippets includes include vhosts vhost vhost.d servers stream.d streams-enabled
  modules-enabled global common default.d http.d http-conf.d templates`.split(/\s+/),
);

/** Where the nginx.conf of a site file would lie: above `sites-enabled` and the like, else beside the file. */
export function guessPrefix(path: string): string {
  for (let at = directoryOf(path); at !== '/'; at = directoryOf(at)) {
    if (NGINX_SUBDIRECTORIES.has(baseName(at))) return directoryOf(at);
  }
  return directoryOf(path);
}
