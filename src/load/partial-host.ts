import type { DiscoverRequest, GivenFile, HostInput, NginxInput } from './host-input.ts';
import { directoryOf, guessPrefix, nameOf } from './nginx-prefix.ts';
import { joinPath } from './path-resolver.ts';
import type { MasterLayout } from './php.ts';
import { fillIn, LAYOUTS, versionIn } from './php-layouts.ts';
import { openRoot, type Root } from './root.ts';

/** A path's directories, from its own up to the root. */
function* directoriesAbove(path: string): Generator<string> {
  let at = path;
  do {
    at = directoryOf(at);
    yield at;
  } while (at !== '/');
}

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
 * Sorts single files into hosts: one for each nginx.conf with the pools nearest to it, or one for everything where there is none.
 * Below an nginx.conf only what it includes counts, so that disabled sites stay out; files elsewhere are read by themselves.
 */
export function partialHosts(
  request: DiscoverRequest,
  disk: Root,
  files: readonly GivenFile[],
): readonly HostInput[] {
  const mains = files.filter(({ kind }) => kind === 'nginx-main').map(({ path }) => path);
  const groups: GivenFile[][] = mains.length === 0 ? [[]] : mains.map(() => []);
  const nearest = nearestOf(mains);
  for (const file of files) groups[nearest(file.path)]?.push(file);
  return groups.filter((group) => group.length > 0).map((group) => partialHost(request, disk, group));
}

function partialHost({ fs, cwd }: DiscoverRequest, disk: Root, files: readonly GivenFile[]): HostInput {
  const pathsOf = (kind: GivenFile['kind']): string[] =>
    files.filter((file) => file.kind === kind).map(({ path }) => path);
  const nginx = nginxInput(
    pathsOf('nginx-main'),
    files.filter(({ kind }) => kind === 'nginx-site'),
  );
  const globals = files.filter(({ kind }) => kind === 'fpm-global');
  const masterDirectories = globals.map(({ path }) => directoryOf(path));
  const mounts = new Map<string, string>();
  if (nginx) mount(mounts, '/etc/nginx', nginx.kind === 'main' ? directoryOf(nginx.path) : nginx.prefix);
  for (const file of globals) mountIncludes(mounts, disk, file);
  // The real file may lie elsewhere than the link that was given: sites-enabled/shop.
  const within = new Set(files.flatMap(({ path }) => [directoryOf(path), disk.resolve(path).path]));
  for (const directory of mounts.values()) within.add(directory);
  if (nginx?.kind === 'files') within.add(nginx.prefix);
  const root = openRoot(fs, '/', cwd, { within: [...within], mounts });
  const first = files[0]?.path ?? '/';
  return {
    name: disk.display(first),
    root,
    given: 'paths',
    ...(nginx && { nginx }),
    masters: globals.map(({ path }) => partialMaster(path)),
    poolFiles: pathsOf('fpm-pool').filter(
      (path) => !masterDirectories.some((directory) => path.startsWith(`${directory}/`)),
    ),
    iniFiles: pathsOf('php-ini'),
    complete: { nginx: false, fpm: false },
  };
}

function nginxInput(mains: readonly string[], sites: readonly GivenFile[]): NginxInput | undefined {
  const paths = sites.map(({ path }) => path);
  const [main] = mains;
  if (main !== undefined) {
    const below = `${directoryOf(main)}/`;
    const others = sites.filter(({ path, named }) => named || !(path.startsWith(below) || isDisabled(path)));
    return { kind: 'main', path: main, others: others.map(({ path }) => path) };
  }
  const [first] = paths;
  return first === undefined ? undefined : { kind: 'files', paths, prefix: guessPrefix(first) };
}

function isDisabled(path: string): boolean {
  return path.includes('/sites-available/') || path.includes('disabled');
}

function mount(mounts: Map<string, string>, from: string, to: string): void {
  if (from !== to && to !== '/') mounts.set(from, to);
}

/**
 * A php-fpm.conf in a repository names the directory that its pools are copied to. Where the repository has a directory of that name beside
 * it, that is the one.
 */
function mountIncludes(mounts: Map<string, string>, disk: Root, { path, text }: GivenFile): void {
  for (const line of text.split('\n')) {
    const [key = '', value = ''] = line.split('=', 2);
    const pattern = value.trim();
    if (key.trim() !== 'include' || !pattern.startsWith('/')) continue;
    const directory = directoryOf(pattern);
    const beside = joinPath(directoryOf(path), nameOf(directory));
    if (disk.exists(beside)) mount(mounts, directory, beside);
  }
}

/** What the path of a php-fpm.conf tells, wherever a repository keeps it: `host/etc/php/8.2/fpm/php-fpm.conf` is Debian's. */
function partialMaster(path: string): MasterLayout {
  for (const row of LAYOUTS) {
    for (let from = path.indexOf('/'); from !== -1; from = path.indexOf('/', from + 1)) {
      const found = versionIn(row.config, path.slice(from));
      if (!found || row.config.split('/').length < 4) continue;
      return {
        configPath: path,
        layout: row.layout,
        ...(found.version && { phpVersion: found.version }),
        prefix: fillIn(row.prefix, found),
        localstatedir: fillIn(row.localstatedir, found),
        iniFile: joinPath(directoryOf(path), 'php.ini'),
        binaryHint: fillIn(row.binary, found),
      };
    }
  }
  return { configPath: path, layout: 'custom', iniFile: joinPath(directoryOf(path), 'php.ini') };
}
