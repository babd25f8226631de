import { baseName } from '../syntax/path-parts.ts';
import { isComposeName } from './compose/file-names.ts';
import type { FoundRoot } from './found-root.ts';
import { guessPrefix } from './nginx-prefix.ts';
import { isInside, joinPath } from './path-resolver.ts';
import type { Root } from './root.ts';

/** Directories that hold other people's code, or no configuration at all. */
const SKIPPED_DIRECTORIES: ReadonlySet<string> = new Set([
  ...['.git', '.hg', '.svn', 'node_modules', 'vendor', 'bower_components', '__pycache__', '.venv', '.cache'],
]);

/** Endings of files that are never a configuration of nginx or php-fpm. */
const SKIPPED_ENDINGS: ReadonlySet<string> = new Set(
  `js mjs cjs ts tsx jsx vue svelte php phtml py rb go rs java c h cpp cs swift kt lua pl pm sh bash zsh fish ps1 bat sql
  css scss sass less html htm xml svg json jsonl lock yml yaml toml md rst adoc csv tsv log
  png jpg jpeg gif webp ico avif mp3 mp4 webm woff woff2 ttf eot otf pdf
  zip gz tgz bz2 xz zst tar rar 7z jar war so a o dll exe wasm
  pem crt key csr p12 db sqlite sqlite3 po mo pot patch diff env`.split(/\s+/),
);

/** How deep and how much is walked: a run on somebody's home directory by mistake ends soon. */
const MAX_DEPTH = 24;
const MAX_ENTRIES = 100_000;

/** Where hosts lie and which files there are in a directory. */
export interface Walked {
  /** Directories that are the `/` of a host; they are not walked further. */
  readonly roots: readonly string[];
  /** Directories that are laid over the `/` of a host; the files below them are among `files`. */
  readonly overlays: readonly string[];
  /** All other files that may be configuration, sorted. */
  readonly files: readonly string[];
  /** Files that may declare apps, sorted; some of them are among `files` too. */
  readonly declarations: readonly string[];
  /** Files that are named like those of a compose project, sorted. */
  readonly composeFiles: readonly string[];
  /** True where there were more entries than are looked at. */
  readonly isTruncated: boolean;
}

/**
 * Collects the files below a directory. Links to directories are not followed; links to files are, as in `sites-enabled`, unless they lead
 * out of nginx's directory: a link of a repository to `/etc/nginx` means the server's, not this machine's.
 * `isExcluded` gets paths of the file system.
 */
export function walk(
  root: Root,
  start: string,
  isExcluded: (path: string) => boolean,
  kindOf: (directory: string) => FoundRoot,
): Walked {
  const around = guessPrefix(joinPath(start, 'x'));
  const roots: string[] = [];
  const overlays: string[] = [];
  const files: string[] = [];
  const declarations: string[] = [];
  const composeFiles: string[] = [];
  const walked = (isTruncated: boolean): Walked => ({
    roots: roots.sort(),
    overlays,
    files: files.sort(),
    declarations: declarations.sort(),
    composeFiles: composeFiles.sort(),
    isTruncated,
  });
  let entries = 0;
  const pending = [{ directory: start, depth: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { directory, depth } = next;
    const listing = root.list(directory);
    if (listing.kind !== 'listed') continue;
    const kind = listing.names.includes('etc') ? kindOf(directory) : 'directory';
    if (kind === 'snapshot') {
      roots.push(directory);
      continue;
    }
    if (kind === 'overlay') overlays.push(directory);
    for (const name of listing.names) {
      if (++entries > MAX_ENTRIES) return walked(true);
      const path = joinPath(directory, name);
      const declares = mayDeclareApps(path);
      const isCompose = isComposeName(name);
      if (isExcluded(path) || (isForeign(name) && !declares && !isCompose)) continue;
      const found = root.resolve(path);
      if (found.kind !== 'found') continue;
      if (found.status.kind === 'file') {
        if (declares && isInside(found.path, start)) declarations.push(path);
        if (isCompose && isInside(found.path, start)) composeFiles.push(path);
        if (isForeign(name)) continue;
        if (isInside(found.path, start) || isInside(found.path, around)) files.push(path);
      } else if (found.status.kind === 'directory' && found.path === path && depth < MAX_DEPTH) {
        if (!SKIPPED_DIRECTORIES.has(name)) pending.push({ directory: path, depth: depth + 1 });
      }
    }
  }
  return walked(false);
}

/** Names by which the files go that start programs: units, pm2's, supervisor's, uWSGI's, Procfiles. */
const declaring =
  /^(?:Procfile|.+\.(?:service|socket)|(?:ecosystem|pm2|process).*\.(?:c?js|mjs|json|ya?ml)|.*supervisor.*\.(?:conf|ini)|.*uwsgi.*\.ini)$/;

/** Directories whose `*.conf` and `*.ini` are supervisor's or uWSGI's. */
const declaringDirectory = /\/(?:supervisord?(?:\.d)?|vassals|uwsgi)\/(?:conf\.d\/)?[^/]+\.(?:conf|ini)$/;

/** True where the path of a file says that it may declare apps. */
function mayDeclareApps(path: string): boolean {
  return declaring.test(baseName(path)) || declaringDirectory.test(path);
}

/** True where the name alone says that a file is none of nginx's or php-fpm's. */
export function isForeign(name: string): boolean {
  return SKIPPED_ENDINGS.has(endingOf(name));
}

function endingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}
