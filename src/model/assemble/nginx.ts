import type { HostInput } from '../../load/host-input.ts';
import type { RefusedFile } from '../../load/included.ts';
import { meantInclude } from '../../load/meant-include.ts';
import { type LoadedNginx, loadNginx, loadNginxFiles, type NginxEntry } from '../../load/nginx.ts';
import type { SiteContext } from '../../load/nginx-context.ts';
import { packagedNginxVersion } from '../../load/nginx-package.ts';
import type { ReadFailure, Root } from '../../load/root.ts';
import { nginxCheck } from '../../syntax/nginx/check.ts';
import type { NginxContext } from '../../syntax/nginx/contexts.ts';
import type { Directive, NginxProblem } from '../../syntax/nginx/tree.ts';
import { type Block, buildBlock, withBlocks } from '../nginx/block.ts';
import type { Included } from '../nginx/layout.ts';
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
  const included: Included = {
    files(include, source) {
      const found = loaded.included(include, source);
      return found?.kind === 'files' ? found.files : undefined;
    },
    isSameEverywhere: loaded.isSameEverywhere,
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
  const check = nginxCheck({
    included: included.files,
    includesDiffer: !included.isSameEverywhere,
    complete: loaded.complete && loaded.modulesComplete,
    loadModules: loaded.modules,
    ...(nginxVersion !== undefined && { nginxVersion }),
  });
  const judged = loaded.entries.flatMap(({ file, context }) => check(file.parsed, contextOfEntry[context]));
  // nginx judges a directive before it reads on: what it says of one stands in place of what it would say behind it.
  const placeOf = ({ span: { source, start } }: NginxProblem): string => `${source.file}:${start}`;
  const first = new Set(judged.filter(({ kind }) => kind === 'syntax').map(placeOf));
  const read: NginxProblem[] = [];
  for (const { parsed } of loaded.files) {
    for (const problem of parsed.problems) if (!first.has(placeOf(problem))) read.push(problem);
  }
  // How a template reads will be known once it is filled in.
  return [...read, ...judged].filter(({ span }) => span.source.asRead === undefined);
}

/**
 * The outermost block. Files that nothing includes are put where they would be included: sites into `http`, what
 * belongs into a server or a location into one without a name.
 */
function mainBlock(entries: readonly NginxEntry[], included: Included): Block {
  const main = entries.find(({ context }) => context === 'main');
  const inContext = (context: SiteContext) =>
    entries.filter((entry) => entry.context === context).flatMap(({ file }) => file.parsed.directives);
  const withSnippets = (http: Block): Block => {
    const server = buildBlock('server', inContext('server'), included, { parent: http });
    const location = buildBlock('location', inContext('location'), included, { parent: server });
    return withChild(http, withChild(server, location));
  };
  const sites = inContext('http');
  if (!main) return withSnippets(buildBlock('http', sites, included));
  const whole = buildBlock('main', main.file.parsed.directives, included, { sites });
  const blocks = whole.blocks.map((block) => (block.kind === 'http' ? withSnippets(block) : block));
  return blocks.every((block, at) => block === whole.blocks[at]) ? whole : withBlocks(whole, blocks);
}

function withChild(block: Block, child: Block): Block {
  return child.layout.items.length === 0 && child.blocks.length === 0
    ? block
    : withBlocks(block, [...block.blocks, child]);
}

function missingIncludes(loaded: LoadedNginx, root: Root): readonly MissingInclude[] {
  const missing: MissingInclude[] = [];
  for (const { directive, found } of loaded.troubled) {
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
