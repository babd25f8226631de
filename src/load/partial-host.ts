import { baseName, directoryOf } from '../syntax/path-parts.ts';
import type { DiscoverRequest, GivenFile, HostInput, NginxInput, PoolFiles } from './host-input.ts';
import { guessPrefix } from './nginx-prefix.ts';
import { directoriesAbove, isInside, joinPath } from './path-resolver.ts';
import type { MasterLayout } from './php.ts';
import { fillIn, LAYOUTS, versionIn } from './php-layouts.ts';
import { openRoot, type Root } from './root.ts';

/** Of several hosts in one tree, a file belongs to the one with which it has the deepest directory in common. */
function nearestOf(mains: readonly string[]): (path: string) => number {
  const owners = new Map<string, number>();
  mains.forEach((main, index) => {
    for (const directory of directoriesAbove(main)) if (!owners.has(directory)) owners.set(directory, index);
  });
  return (path) => {
    for (const directory of directoriesAbove(path)) {
      const owner = owners.get(directory);
      if (owner !== undefined) return owner;
    }
    return 0;
  };
}

/**
 * Sorts single files into hosts: one for each nginx.conf with the pools nearest to it, or one for everything where there is none. Files of
 * an overlay are a matter of their own, with the paths they will have on the host.
 */
export function partialHosts(
  request: DiscoverRequest,
  disk: Root,
  files: readonly GivenFile[],
  overlays: readonly string[],
): readonly HostInput[] {
  const byBase = new Map<string, GivenFile[]>();
  // The innermost overlay comes first.
  const bases = [...overlays].sort((a, b) => b.length - a.length);
  for (const file of files) {
    const real = disk.resolve(file.path).path;
    const base = bases.find((overlay) => isInside(file.path, overlay) && isInside(real, overlay)) ?? '/';
    const path = base === '/' ? file.path : file.path.slice(base.length);
    const group = byBase.get(base);
    if (group) group.push({ ...file, path });
    else byBase.set(base, [{ ...file, path }]);
  }
  return [...byBase].flatMap(([base, given]) => {
    const root = base === '/' ? disk : openRoot(request.fs, base, request.cwd);
    return hostsIn(request, root, given);
  });
}

function hostsIn(request: DiscoverRequest, root: Root, files: readonly GivenFile[]): readonly HostInput[] {
  const mains = files.filter(({ kind }) => kind === 'nginx-main').map(({ path }) => path);
  const groups: GivenFile[][] = mains.length === 0 ? [[]] : mains.map(() => []);
  const nearest = nearestOf(mains);
  for (const file of files) groups[nearest(file.path)]?.push(file);
  return groups.filter((group) => group.length > 0).map((group) => partialHost(request, root, group));
}

function partialHost({ fs, cwd }: DiscoverRequest, base: Root, files: readonly GivenFile[]): HostInput {
  const pathsOf = (kind: GivenFile['kind']): string[] =>
    files.filter((file) => file.kind === kind).map(({ path }) => path);
  const nginx = nginxInput(
    base,
    pathsOf('nginx-main'),
    files.filter(({ kind }) => kind === 'nginx-site'),
  );
  const globals = files.filter(({ kind }) => kind === 'fpm-global');
  const mounts = new Map<string, string>();
  const isDump = files.some(({ dump }) => dump !== undefined);
  // A dump says itself where its files lie.
  if (nginx && !isDump)
    mount(mounts, '/etc/nginx', nginx.kind === 'main' ? directoryOf(nginx.path) : nginx.prefix);
  for (const file of globals) mountIncludes(mounts, base, file);
  const first = files[0]?.path ?? '/';
  const root = openRoot(fs, base.directory, cwd, { within: visibleFrom(base, files, nginx, mounts), mounts });
  return {
    name: base.directory === '/' ? base.display(first) : base.display('/'),
    root,
    given: 'paths',
    ...(nginx && { nginx }),
    masters: globals.map(({ path }) => partialMaster(path)),
    poolFiles: poolGroups(files),
    iniFiles: pathsOf('php-ini'),
    complete: { nginx: false, fpm: false },
  };
}

/**
 * What may be read: an overlay whole; of a dump its files alone, as it tells nothing of what lies beside them; else the
 * directories of what was given, and where its links lead.
 */
function visibleFrom(
  base: Root,
  files: readonly GivenFile[],
  nginx: NginxInput | undefined,
  mounts: ReadonlyMap<string, string>,
): readonly string[] {
  if (base.directory !== '/') return ['/'];
  // The real file may lie elsewhere than the link that was given: sites-enabled/shop.
  const within = new Set(
    files.flatMap(({ path, dump }) => dump ?? [directoryOf(path), base.resolve(path).path]),
  );
  for (const directory of mounts.values()) within.add(directory);
  if (nginx?.kind === 'files') within.add(nginx.prefix);
  return [...within];
}

function nginxInput(
  base: Root,
  mains: readonly string[],
  sites: readonly GivenFile[],
): NginxInput | undefined {
  const paths = sites.map(({ path }) => path);
  const [main] = mains;
  if (main !== undefined) {
    const others = sites.filter(({ path, named }) => named || !isDisabled(base, path));
    return { kind: 'main', path: main, others: others.map(({ path }) => path) };
  }
  const [first] = paths;
  return first === undefined ? undefined : { kind: 'files', paths, prefix: guessPrefix(first) };
}

/** Endings that take a file out of use; `*.conf` does not match them. */
const UNUSED_ENDINGS: readonly string[] = [
  ...['.bak', '.old', '.orig', '.off', '.disabled', '.example', '.sample', '.dist', '.default', '.save', '~'],
  ...['.rpmnew', '.rpmsave', '.dpkg-dist', '.dpkg-old', '.dpkg-new', '.ucf-dist', '.swp'],
];

/** Files that are kept and not used: by name, by directory, or in `sites-available` beside a `sites-enabled` that chooses. */
function isDisabled(base: Root, path: string): boolean {
  const directory = directoryOf(path);
  if (directory.includes('disabled') || UNUSED_ENDINGS.some((ending) => path.endsWith(ending))) return true;
  if (baseName(directory) !== 'sites-available') return false;
  const enabled = base.list(joinPath(directoryOf(directory), 'sites-enabled'));
  return enabled.kind === 'listed' && enabled.names.length > 0;
}

/** Directories whose `*.conf` one php-fpm.conf includes together. */
const POOL_DIRECTORIES: ReadonlySet<string> = new Set(['pool.d', 'php-fpm.d', 'fpm.d', 'fpm-pool.d']);

function poolGroups(files: readonly GivenFile[]): readonly PoolFiles[] {
  const groups = new Map<string, string[]>();
  for (const { path, kind } of files) {
    if (kind !== 'fpm-pool') continue;
    const directory = directoryOf(path);
    const together = POOL_DIRECTORIES.has(baseName(directory)) && path.endsWith('.conf');
    const key = together ? directory : path;
    const group = groups.get(key);
    if (group) group.push(path);
    else groups.set(key, [path]);
  }
  return [...groups].map(([key, paths]) => {
    const phpVersion = phpVersionOf(key);
    return { paths, ...(phpVersion !== undefined && { phpVersion }) };
  });
}

function mount(mounts: Map<string, string>, from: string, to: string): void {
  if (from !== to && to !== '/') mounts.set(from, to);
}

/**
 * A php-fpm.conf in a repository names the directory that its pools are copied to. Where the repository has a directory of that name beside
 * it, that is the one.
 */
function mountIncludes(mounts: Map<string, string>, base: Root, { path, text }: GivenFile): void {
  for (const line of text.split('\n')) {
    const [key = '', value = ''] = line.split('=', 2);
    const pattern = value.trim();
    if (key.trim() !== 'include' || !pattern.startsWith('/')) continue;
    const directory = directoryOf(pattern);
    const beside = joinPath(directoryOf(path), baseName(directory));
    if (base.exists(beside)) mount(mounts, directory, beside);
  }
}

/** What the path of a php-fpm.conf tells, wherever a repository keeps it: `host/etc/php/8.2/fpm/php-fpm.conf` is Debian's. */
function partialMaster(path: string): MasterLayout {
  for (const row of LAYOUTS) {
    for (let from = path.indexOf('/'); from !== -1; from = path.indexOf('/', from + 1)) {
      const found = versionIn(row.config, path.slice(from));
      if (!found || row.config.split('/').length < 4) continue;
      const phpVersion = found.version ?? row.version;
      return {
        configPath: path,
        layout: row.layout,
        ...(phpVersion !== undefined && { phpVersion }),
        prefix: fillIn(row.prefix, found),
        localstatedir: fillIn(row.localstatedir, found),
        iniFile: joinPath(directoryOf(path), 'php.ini'),
        binaryHint: fillIn(row.binary, found),
      };
    }
  }
  return { configPath: path, layout: 'custom', iniFile: joinPath(directoryOf(path), 'php.ini') };
}

/** The version of PHP in whose directory of configuration a path lies: `8.2` for `etc/php/8.2/fpm/pool.d/www.conf`. */
function phpVersionOf(path: string): string | undefined {
  for (let at = path; at !== '/'; at = directoryOf(at)) {
    const { phpVersion } = partialMaster(joinPath(at, 'php-fpm.conf'));
    if (phpVersion !== undefined) return phpVersion;
  }
  return undefined;
}
