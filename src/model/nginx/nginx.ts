import type { MeantInclude } from '../../load/meant-include.ts';
import type { Directive, NginxProblem } from '../../syntax/nginx/tree.ts';
import type { Source, Span } from '../../syntax/source.ts';
import { type Block, own } from './block.ts';
import { collectPasses, type Pass } from './pass.ts';
import { Server } from './server.ts';
import { type NameConflict, nameConflicts } from './server-names.ts';
import { buildUpstream, type Upstream } from './upstream.ts';
import { collectVariables, type Variables } from './variables.ts';

/** An `include` of one literal path that nginx cannot open. */
export interface MissingInclude {
  readonly directive: Directive;
  /** nginx's words, with the place where it names one: `open() "/etc/nginx/x.conf" failed (2: No such file or directory) in ...`. */
  readonly message: string;
  /** The file that is most likely meant. */
  readonly meant?: MeantInclude;
  /** The match that nginx cannot open, where the argument is a pattern. */
  readonly match?: string;
}

/** The nginx of a host: its configuration with includes put in place, read once. */
export interface Nginx {
  /** True where a main `nginx.conf` was read with all it includes; false for single site files. */
  readonly complete: boolean;
  /** The main `nginx.conf` itself; absent where only other files were given. */
  readonly mainFile?: Source;
  readonly main: Block;
  readonly http?: Block;
  readonly servers: readonly Server[];
  /** By name in lower case, the first of each name. */
  readonly upstreams: ReadonlyMap<string, Upstream>;
  readonly passes: readonly Pass[];
  /** Names that nginx ignores, because another server has them. */
  readonly nameConflicts: readonly NameConflict[];
  /** What nginx would refuse in its own files. */
  readonly problems: readonly NginxProblem[];
  readonly missingIncludes: readonly MissingInclude[];
  /** The directive that names the worker's user. https://nginx.org/en/docs/ngx_core_module.html#user */
  readonly user?: { readonly name: string; readonly group?: string; readonly span: Span };
  readonly variables: () => Variables;
  /** `1.22.1`, where it is known. */
  readonly version?: string;
}

/** What the loader and the checks found, beside the blocks. */
export interface NginxParts {
  readonly complete: boolean;
  readonly mainFile?: Source;
  readonly main: Block;
  readonly problems: readonly NginxProblem[];
  readonly missingIncludes: readonly MissingInclude[];
  readonly version?: string;
}

/** Builds the model of an nginx from its expanded blocks. */
export function buildNginx(parts: NginxParts): Nginx {
  const { main } = parts;
  const http = main.kind === 'http' ? main : main.blocks.find((block) => block.kind === 'http');
  let variables: Variables | undefined;
  const lazyVariables = (): Variables => {
    variables ??= http
      ? collectVariables(http)
      : { sets: new Map(), maps: new Map(), setAtRunTime: new Set() };
    return variables;
  };
  const servers: Server[] = [];
  const upstreams = new Map<string, Upstream>();
  for (const block of http?.blocks ?? []) {
    if (block.kind === 'server') servers.push(new Server(block));
    if (block.kind !== 'upstream') continue;
    const upstream = buildUpstream(block);
    if (!upstreams.has(upstream.name.toLowerCase())) upstreams.set(upstream.name.toLowerCase(), upstream);
  }
  const names = nameConflicts(servers);
  // Of files that were only given together, such as copies of a site, one may be included and the other not.
  const shadowed: ReadonlySet<Server> = parts.complete ? names.shadowed : new Set();
  const scope = { upstreams, variables: lazyVariables, shadowed };
  const passes = servers.flatMap((server) => collectPasses(server, scope));
  const user = readUser(main);
  return {
    ...parts,
    ...(http && { http }),
    ...(user && { user }),
    servers,
    upstreams,
    passes,
    nameConflicts: names.conflicts,
    variables: lazyVariables,
  };
}

function readUser(main: Block): Nginx['user'] {
  if (main.kind !== 'main') return undefined;
  const directive = own(main, 'user');
  const [name, group] = directive?.args ?? [];
  if (!directive || !name) return undefined;
  const span = { source: directive.source, start: directive.start, end: directive.end };
  return { name: name.value, ...(group && { group: group.value }), span };
}
