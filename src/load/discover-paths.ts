import { resolve as resolvePath } from 'node:path';
import { baseName } from '../syntax/path-parts.ts';
import { encode } from '../syntax/source.ts';
import { classify } from './classify.ts';
import type { ComposeHosts } from './compose-hosts.ts';
import { dumpHosts } from './dump-host.ts';
import { excluder } from './exclude.ts';
import { followConfiguration, leadsAway } from './fence.ts';
import type { FileSystem } from './file-system.ts';
import { foundRoot } from './found-root.ts';
import type {
  AppDeclarations,
  DiscoverRequest,
  GivenFile,
  HostInput,
  LoadProblem,
  TemplateFile,
} from './host-input.ts';
import { nearPathHint } from './near-path.ts';
import { type NginxDump, splitNginxDump } from './nginx-dump.ts';
import { guessPrefix } from './nginx-prefix.ts';
import { partialHosts } from './partial-host.ts';
import { joinPath } from './path-resolver.ts';
import { openRoot, type ReadFailure, type Root } from './root.ts';
import { findPlaceholder } from './template.ts';
import { UsageError } from './usage-error.ts';
import { isForeign, walk } from './walk.ts';

/** What paths on the command line stand for. */
export interface GivenPaths {
  /** Directories that play the `/` of a host. */
  readonly roots: readonly string[];
  /** The hosts that single files belong to. */
  readonly partial: readonly HostInput[];
  readonly problems: readonly LoadProblem[];
  readonly templates: readonly TemplateFile[];
}

/** Characters that make a path a pattern of globby's, where no file has that very name. */
const PATTERN_CHARACTERS = ['*', '?', '[', '{', '!('] as const;

const TOO_MANY = 'it holds too many files, not all were looked at';
const REPEATED =
  'it holds the output of nginx -T more than once; give that of each host as a file of its own';
const NOT_OURS = 'it is no configuration of nginx or php-fpm';

/** Expands patterns, walks directories, tells from their content what files are, and sorts them into hosts. */
export async function discoverPaths(request: DiscoverRequest): Promise<GivenPaths> {
  const { fs, cwd, exclude } = request;
  const disk = openRoot(fs, '/', cwd);
  const isExcluded = excluder(exclude, cwd);
  const kindOf = (directory: string) => foundRoot(disk, directory, fs, cwd);
  const roots = new Set<string>();
  const overlays = new Set<string>();
  const explicit = new Set<string>();
  const walked = new Set<string>();
  const declaring = new Set<string>();
  const composing = new Set<string>();
  const directories = new Set<string>();
  const problems: LoadProblem[] = [];
  for (const { path, given } of await expandPatterns(request, disk, isExcluded)) {
    const resolved = followConfiguration(disk, cwd, given);
    if (resolved.kind !== 'found') {
      throw new UsageError(`${given}: ${resolved.message}${nearPathHint(fs, cwd, given)}`);
    }
    if (resolved.status.kind !== 'directory') explicit.add(path);
    else {
      const listing = disk.list(resolved.path);
      if (listing.kind !== 'listed') problems.push({ file: given, reason: listing.message, named: true });
      // Links that lead elsewhere are not even looked at: some file systems are mounted by a look.
      const around = [resolved.path, guessPrefix(joinPath(resolved.path, 'x'))];
      const near = openRoot(fs, '/', cwd, { within: around });
      const below = walk(near, resolved.path, isExcluded, kindOf);
      for (const root of below.roots) roots.add(root);
      for (const overlay of below.overlays) overlays.add(overlay);
      for (const file of below.files) walked.add(file);
      for (const file of below.declarations) declaring.add(file);
      for (const file of below.composeFiles) composing.add(file);
      directories.add(resolved.path);
      if (below.isTruncated) problems.push({ file: given, reason: TOO_MANY, named: true });
    }
  }
  const given = openRoot(fs, '/', cwd, { within: [...directories] });
  const compose = composing.size > 0 ? await readCompose(fs, given, [...composing]) : noCompose;
  for (const path of walked) if (compose.isTaken(disk.resolve(path).path)) walked.delete(path);
  const { files, dumps, templates, failures } = sortGiven(disk, explicit, walked);
  for (const failure of failures) problems.push(failure);
  const [dump] = dumps;
  // Pools beside one dump are those of its host; of several, nobody knows to which they belong.
  const partial =
    dump && dumps.length === 1
      ? dumpHosts(request, dump, files, [...overlays])
      : [
          ...dumps.flatMap((each) => dumpHosts(request, each, [], [])),
          ...partialHosts(request, disk, files, [...overlays]),
        ];
  const declarations: AppDeclarations = {
    root: given,
    paths: [...declaring],
  };
  if (roots.size + partial.length + compose.hosts.length + problems.length + templates.length === 0) {
    const why =
      exclude.length > 0 ? 'is everything excluded?' : 'give --root DIR where DIR is the / of a host';
    throw new UsageError(
      `no configuration of nginx or php-fpm was found in ${request.paths.join(' ')}; ${why}`,
    );
  }
  return {
    roots: [...roots],
    partial: [
      ...compose.hosts,
      ...(declaring.size === 0 ? partial : partial.map((host) => ({ ...host, declarations }))),
    ],
    problems,
    templates,
  };
}

const noCompose: ComposeHosts = { hosts: [], isTaken: () => false };

/** Loaded where there is a compose file: most calls name a host. A project in which neither nginx nor php-fpm is found is nobody's host. */
async function readCompose(fs: FileSystem, given: Root, paths: readonly string[]): Promise<ComposeHosts> {
  const { composeHosts } = await import('./compose-hosts.ts');
  return composeHosts(fs, given, paths);
}

/** What files given by path turned out to be. */
interface SortedFiles {
  readonly files: readonly GivenFile[];
  readonly dumps: readonly NginxDump[];
  readonly templates: readonly TemplateFile[];
  readonly failures: readonly LoadProblem[];
}

/** Reads what was given; a file named on the command line must be something, one met on a walk need not. */
function sortGiven(disk: Root, explicit: ReadonlySet<string>, walked: ReadonlySet<string>): SortedFiles {
  const files: GivenFile[] = [];
  const dumps: NginxDump[] = [];
  const templates: TemplateFile[] = [];
  const failures: LoadProblem[] = [];
  const seen = new Set<string>();
  for (const path of [...explicit, ...walked]) {
    const real = disk.resolve(path).path;
    if (seen.has(real)) continue;
    seen.add(real);
    const named = explicit.has(path);
    const read = disk.read(path);
    if (read.kind !== 'read') {
      if (named || isTellingFailure(read)) failures.push({ file: read.file, reason: read.message, named });
      continue;
    }
    const { file, text, encoding } = read.source;
    const dump = named ? splitNginxDump(encode(text, encoding)) : undefined;
    if (dump?.isRepeated) failures.push({ file, reason: REPEATED, named });
    else if (dump) dumps.push(dump);
    if (dump) continue;
    const kind = isForeign(baseName(path)) ? 'other' : classify(path, text);
    if (kind === 'other' && !named) continue;
    const isNginx = kind === 'nginx-main' || kind === 'nginx-site';
    const placeholder = findPlaceholder(path, text, isNginx ? 'nginx' : 'php-fpm');
    if (placeholder !== undefined) templates.push({ file, placeholder });
    else if (kind === 'other') failures.push({ file, reason: NOT_OURS, named });
    else files.push({ path, kind, text, named });
  }
  return { files, dumps, templates, failures };
}

/** On a walk only files that look like configuration are worth a word when they cannot be read. */
function isTellingFailure({ kind, path }: ReadFailure): boolean {
  return (
    (kind === 'denied' || kind === 'failed' || kind === 'binary' || kind === 'too-large') &&
    path.endsWith('.conf')
  );
}

interface Expanded {
  /** Absolute. */
  readonly path: string;
  /** As the user wrote it. */
  readonly given: string;
}

async function expandPatterns(
  { cwd, paths }: DiscoverRequest,
  disk: Root,
  isExcluded: (path: string) => boolean,
): Promise<readonly Expanded[]> {
  const expanded: Expanded[] = [];
  for (const given of paths) {
    const path = resolvePath(cwd, given);
    if (disk.exists(path) || !PATTERN_CHARACTERS.some((character) => given.includes(character))) {
      expanded.push({ path, given });
      continue;
    }
    const { globby } = await import('globby');
    const matches = await globby(given, {
      cwd,
      absolute: true,
      dot: true,
      expandDirectories: false,
      // Links to directories may lead anywhere; those to files count, so the kind is looked up below.
      followSymbolicLinks: false,
      onlyFiles: false,
    });
    const files = matches.filter((match) => !isExcluded(match) && isFileInside(disk, cwd, match));
    if (files.length === 0) throw new UsageError(`${given}: nothing matches the pattern`);
    for (const match of files.sort()) expanded.push({ path: match, given: match });
  }
  return expanded;
}

/** What a pattern matches and leads elsewhere by a link is none of the files that are meant. */
function isFileInside(disk: Root, cwd: string, match: string): boolean {
  const resolved = disk.resolve(match);
  return (
    resolved.kind === 'found' &&
    resolved.status.kind === 'file' &&
    !leadsAway(disk, cwd, match, resolved.path)
  );
}
