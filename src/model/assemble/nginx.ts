import type { HostInput } from '../../load/host-input.ts';
import type { RefusedFile } from '../../load/included.ts';
import { meantInclude } from '../../load/meant-include.ts';
import { type LoadedNginx, loadNginx, loadNginxFiles, type NginxEntry } from '../../load/nginx.ts';
import type { SiteContext } from '../../load/nginx-context.ts';
import { packagedNginxVersion } from '../../load/nginx-package.ts';
import type { ReadFailure, Root } from '../../load/root.ts';
import { checkDirectives } from '../../syntax/nginx/check.ts';
import type { NginxContext } from '../../syntax/nginx/contexts.ts';
import type { Directive, NginxProblem } from '../../syntax/nginx/tree.ts';
import { type Block, type BlockKind, buildBlock, type Included } from '../nginx/block.ts';
import { buildNginx, type MissingInclude, type Nginx } from '../nginx/nginx.ts';
import { inPlace } from '../nginx/start/refusal.ts';

/** The nginx of a host as it was read, or why its main file was not. */
export type AssembledNginx =
  | { readonly kind: 'none' }
  | { readonly kind: 'unread'; readonly failure: ReadFailure }
  | { readonly kind: 'nginx'; readonly nginx: Nginx; readonly loaded: LoadedNginx };

/** Reads and checks the nginx configuration of a host. */
export function assembleNginx({ root, nginx: input }: HostInput, given: string | undefined): AssembledNginx {
  if (!input) return { kind: 'none' };
  const version = given ?? (input.kind === 'main' ? packagedNginxVersion(root, input.path) : undefined);
  const loaded =
    input.kind === 'main'
      ? loadNginx(root, input.path, input.others)
      : loadNginxFiles(root, input.paths, input.prefix);
  if ('kind' in loaded) return { kind: 'unread', failure: loaded };
  const included: Included = (include) => {
    const found = loaded.includes.get(include);
    if (found?.kind !== 'files') return undefined;
    const [first, ...others] = found.files;
    if (others.length === 0) return first?.parsed.directives ?? [];
    return found.files.flatMap(({ parsed }) => parsed.directives);
  };
  const nginx = buildNginx({
    complete: loaded.complete,
    ...(loaded.main && { mainFile: loaded.main.parsed.source }),
    main: mainBlock(loaded.entries, included),
    problems: problemsOf(loaded, included, version),
    missingIncludes: missingIncludes(loaded, root),
    ...(version !== undefined && { version }),
  });
  return { kind: 'nginx', nginx, loaded };
}

/** Where the directives of an entry stand; what tells nothing of its place is not judged. */
const contextOfEntry = {
  main: 'main',
  http: 'http',
  stream: 'stream',
  upstream: 'upstream',
  server: 'server',
  location: 'location',
  any: 'unknown',
  unknown: 'unknown',
} as const satisfies Record<SiteContext, NginxContext>;

function problemsOf(
  loaded: LoadedNginx,
  included: Included,
  nginxVersion: string | undefined,
): readonly NginxProblem[] {
  const judged = loaded.entries.flatMap(({ file, context }) =>
    checkDirectives(file.parsed.directives, contextOfEntry[context], {
      included,
      complete: loaded.complete && loaded.modulesComplete,
      loadModules: loaded.modules,
      ...(nginxVersion !== undefined && { nginxVersion }),
    }),
  );
  // nginx judges a directive before it reads on: what it says of one stands in place of what it would say behind it.
  const placeOf = ({ span: { source, start } }: NginxProblem): string => `${source.file}:${start}`;
  const first = new Set(judged.filter(({ kind }) => kind === 'syntax').map(placeOf));
  const read = loaded.files.flatMap(({ parsed }) => parsed.problems);
  const all = [...read.filter((problem) => !first.has(placeOf(problem))), ...judged];
  // How a template reads will be known once it is filled in.
  return all.filter(({ span }) => span.source.asRead === undefined);
}

/**
 * The outermost block. Files that nothing includes are put where they would be included: sites into `http`, what
 * belongs into a server or a location into one without a name.
 */
function mainBlock(entries: readonly NginxEntry[], included: Included): Block {
  const main = entries.find(({ context }) => context === 'main');
  const inContext = (context: SiteContext) =>
    entries.filter((entry) => entry.context === context).flatMap(({ file }) => file.parsed.directives);
  const snippets = (http: Block): Block => {
    const server = loose('server', buildBlock('server', inContext('server'), included), http);
    const location = loose('location', buildBlock('location', inContext('location'), included), server);
    return withChild(http, withChild(server, location));
  };
  if (!main) return snippets(buildBlock('http', inContext('http'), included));
  const whole = buildBlock('main', withSites(main.file.parsed.directives, inContext('http')), included);
  return { ...whole, blocks: whole.blocks.map((block) => (block.kind === 'http' ? snippets(block) : block)) };
}

/** The directives of a main file, with those of sites that it does not include at the end of its `http`. */
function withSites(main: readonly Directive[], sites: readonly Directive[]): readonly Directive[] {
  if (sites.length === 0) return main;
  return main.map((directive) =>
    directive.name === 'http' && directive.block
      ? { ...directive, block: [...directive.block, ...sites] }
      : directive,
  );
}

/** A block of files that stand alone: there is no directive that opens it. */
function loose(kind: BlockKind, block: Block, parent: Block): Block {
  return { ...block, kind, parent };
}

function withChild(block: Block, child: Block): Block {
  return child.directives.length === 0 && child.blocks.length === 0
    ? block
    : { ...block, blocks: [...block.blocks, child] };
}

function missingIncludes(loaded: LoadedNginx, root: Root): readonly MissingInclude[] {
  const missing: MissingInclude[] = [];
  for (const [directive, found] of loaded.includes) {
    if (found.kind === 'unread') continue;
    const refused = found.kind === 'files' ? found.failed : [found];
    for (const each of refused) {
      if (each.kind === 'unread') continue;
      const argument = directive.args[0]?.value;
      const meant =
        found.kind === 'missing' && argument !== undefined
          ? meantInclude(root, loaded.prefix, directive.source.path, argument)
          : undefined;
      missing.push({
        directive,
        message: logOf(each, directive),
        ...(meant && { meant }),
        ...(found.kind === 'files' && { match: each.path }),
      });
    }
  }
  return missing;
}

/** nginx opens a directory without complaint, and names no place where it then fails to read it. */
function logOf({ kind, message }: RefusedFile, directive: Directive): string {
  return kind === 'directory' ? message : `${message}${inPlace(directive)}`;
}
