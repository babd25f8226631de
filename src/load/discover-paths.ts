import type { ComposeHosts } from './compose-hosts.ts';
import { dumpHosts } from './dump-host.ts';
import { excluder } from './exclude.ts';
import { expandPatterns } from './expand-patterns.ts';
import type { FileSystem } from './file-system.ts';
import type { AppDeclarations, DiscoverRequest, HostInput, LoadProblem, TemplateFile } from './host-input.ts';
import { lookInto } from './look-into.ts';
import { partialHosts } from './partial-host.ts';
import { openRoot, type Root } from './root.ts';
import { sortFiles } from './sort-files.ts';
import { UsageError } from './usage-error.ts';

/** What paths on the command line stand for. */
export interface GivenPaths {
  /** Directories that play the `/` of a host. */
  readonly roots: readonly string[];
  /** The hosts that single files belong to. */
  readonly partial: readonly HostInput[];
  readonly problems: readonly LoadProblem[];
  readonly templates: readonly TemplateFile[];
}

/** Finds what paths lead to, reads the compose projects among it, and sorts all other files into hosts. */
export async function discoverPaths(request: DiscoverRequest): Promise<GivenPaths> {
  const { fs, cwd, exclude } = request;
  const disk = openRoot(fs, '/', cwd);
  const isExcluded = excluder(exclude, cwd);
  const paths = await expandPatterns(request, disk, isExcluded);
  const found = lookInto(request, disk, isExcluded, paths);
  const { roots, declaring, composing } = found;
  const overlays = [...found.overlays];
  const given = openRoot(fs, '/', cwd, { within: [...found.directories] });
  const compose = composing.size > 0 ? await readCompose(fs, given, [...composing]) : noCompose;
  const walked = [...found.walked].filter((path) => !compose.isTaken(disk.resolve(path).path));
  const { files, dumps, templates, failures } = sortFiles(disk, found.explicit, walked);
  const problems = [...found.problems, ...failures];
  const [dump] = dumps;
  // Pools beside one dump are those of its host; of several, nobody knows to which they belong.
  const partial =
    dump && dumps.length === 1
      ? dumpHosts(request, dump, files, overlays)
      : [
          ...dumps.flatMap((each) => dumpHosts(request, each, [], [])),
          ...partialHosts(request, disk, files, overlays),
        ];
  const declarations: AppDeclarations = { root: given, paths: [...declaring] };
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
