import { type Directive, nameWordOf, type Word } from '../../syntax/nginx/tree.ts';
import { oncePer } from '../once-per.ts';
import type { Block } from './block.ts';
import { replacedPasses } from './handlers.ts';
import type { Outline } from './outline.ts';
import { locationUnreachable, serverUnreachable } from './reach.ts';
import { Location, type Server } from './server.ts';
import { type ParsedTarget, parseTarget } from './target.ts';
import type { Upstream } from './upstream.ts';
import { type Choice, expandText, unknownText, type Variables } from './variables.ts';

/** What nginx speaks to the other side. `uwsgi` stands for `suwsgi` too, `grpc` for `grpcs`. */
export type PassProtocol = 'fastcgi' | 'http' | 'https' | 'uwsgi' | 'scgi' | 'grpc' | 'memcached';

/** One place where nginx hands a request on. */
export class Pass {
  readonly protocol: PassProtocol;
  readonly directive: Directive;
  /** The block it stands in: a location, or an `if` or `limit_except` inside one. */
  readonly block: Block;
  readonly location: Location;
  readonly server: Server;
  readonly target: PassTarget;
  /** True where the target has variables, so that nginx reads it anew for each request. */
  readonly atRunTime: boolean;
  /** Why no request comes here, where that is certain. */
  readonly unreachable: string | undefined;

  constructor(read: ReadPass, unreachable: string | undefined) {
    this.protocol = read.protocol;
    this.directive = read.directive;
    this.block = read.block;
    this.location = read.location;
    this.server = read.server;
    this.target = read.target;
    this.atRunTime = read.atRunTime;
    this.unreachable = unreachable;
  }

  /** The argument that names the target. */
  get word(): Word {
    return this.directive.args[0] ?? nameWordOf(this.directive);
  }
}

/** What a pass is, beside why no request comes to it. */
type ReadPass = Omit<Pass, 'unreachable' | 'word'>;

export type PassTarget =
  | { readonly kind: 'address'; readonly parsed: ParsedTarget }
  | { readonly kind: 'upstream'; readonly upstream: Upstream }
  /** A `map` decides: each choice with what it leads to. */
  | { readonly kind: 'choices'; readonly choices: readonly TargetChoice[] }
  | { readonly kind: 'unknown'; readonly why: string };

export interface TargetChoice {
  readonly choice: Choice;
  readonly target: Exclude<PassTarget, { kind: 'choices' }>;
}

/** What the passes of an `http` block may refer to. */
export interface PassScope {
  /** By name in lower case. */
  readonly upstreams: ReadonlyMap<string, Upstream>;
  readonly variables: () => Variables;
  /** Servers that no request reaches, because others have all of their names. */
  readonly shadowed: ReadonlySet<Server>;
}

const protocolOfDirective: Readonly<Record<string, PassProtocol>> = {
  fastcgi_pass: 'fastcgi',
  proxy_pass: 'http',
  uwsgi_pass: 'uwsgi',
  scgi_pass: 'scgi',
  grpc_pass: 'grpc',
  memcached_pass: 'memcached',
};

const settings = new Map<string, Map<string, string>>();

/**
 * The setting of the module of a pass: `fastcgi_read_timeout` for a `fastcgi_pass` and `_read_timeout`. Always the same text, as
 * looking one up that was just put together takes longer than the rest.
 */
export function settingOf({ directive: { name } }: Pass, suffix: string): string {
  return settingBeside(name, suffix);
}

/** The same for passes by a directive of that name. */
export function settingBeside(name: string, suffix: string): string {
  const known = settings.get(suffix)?.get(name);
  if (known !== undefined) return known;
  const setting = name.replace(/_pass$/, suffix);
  const ofSuffix = settings.get(suffix) ?? new Map<string, string>();
  settings.set(suffix, ofSuffix.set(name, setting));
  return setting;
}

/** Finds every pass of a server, in reading order. */
export function collectPasses(server: Server, scope: PassScope): readonly Pass[] {
  if (!passesIn(server.block.layout.outline).isAny) return none;
  const passes: Pass[] = [];
  const wholeServer = scope.shadowed.has(server)
    ? 'other servers at its addresses have its names'
    : serverUnreachable(server);
  const visit = (around: Block): void => {
    for (const block of leadingToPasses(around)) {
      if (block.kind !== 'location' || !block.directive) continue;
      const location = new Location(block, block.directive);
      visitBlock(block, location);
      for (const inner of leadingToPasses(block)) {
        if (inner.kind === 'if' || inner.kind === 'limit_except') visitBlock(inner, location);
      }
      visit(block);
    }
  };
  const visitBlock = (block: Block, location: Location): void => {
    const { places } = passesIn(block.layout.outline);
    if (places.length === 0) return;
    const dead = wholeServer ?? locationUnreachable(location, server);
    // An `if` answers before the location's own `return` is looked at only when it stands first: do not judge.
    const reason = block.kind === 'if' && !wholeServer ? undefined : dead;
    for (const at of places) {
      const directive = block.directiveAt(at);
      const read = directive && readPass(directive, block, location, server, scope);
      if (read) passes.push(new Pass(read, reason));
    }
  };
  visit(server.block);
  if (passes.length < 2) return passes;
  const replaced = new Map(replacedPasses(passes).map(({ lost, winner }) => [lost, winner]));
  return passes.map((pass) => {
    const winner = replaced.get(pass);
    return winner ? new Pass(pass, `${winner.directive.name} behind it takes its requests`) : pass;
  });
}

const none: readonly Pass[] = [];

/** Where in blocks of an outline passes stand, and which of the blocks right inside lead to some: most locations do not. */
interface PassesIn {
  readonly isAny: boolean;
  readonly places: readonly number[];
  readonly leading: readonly number[];
}

const passesIn = oncePer(({ names, below, inner }: Outline): PassesIn => {
  const passing = Object.keys(protocolOfDirective);
  const isAnyIn = (all: ReadonlySet<string>): boolean => passing.some((name) => all.has(name));
  return {
    isAny: isAnyIn(below),
    places: passing.flatMap((name) => names.get(name) ?? []).sort((a, b) => a - b),
    leading: inner.flatMap((outline, at) => (isAnyIn(outline.below) ? at : [])),
  };
});

/** The blocks right inside in which passes stand, however deep. */
function leadingToPasses(block: Block): readonly Block[] {
  const { layout, isAsLaidOut } = block;
  if (!isAsLaidOut) return block.blocks.filter((inner) => passesIn(inner.layout.outline).isAny);
  const found: Block[] = [];
  for (const at of passesIn(layout.outline).leading) {
    const inner = block.blockAt(at);
    if (inner) found.push(inner);
  }
  return found;
}

function readPass(
  directive: Directive,
  block: Block,
  location: Location,
  server: Server,
  scope: PassScope,
): ReadPass | undefined {
  const protocol = protocolOfDirective[directive.name];
  const text = directive.statement.values[0];
  if (!protocol || text === undefined) return undefined;
  const atRunTime = directive.statement.hasDollar && text.includes('$');
  const scheme = protocol === 'http' && /^https:/i.test(text) ? 'https' : protocol;
  const target = atRunTime
    ? resolveVariables(text, protocol, block, scope)
    : resolve(text, protocol, scope, false);
  return { protocol: scheme, directive, block, location, server, target, atRunTime };
}

function resolveVariables(text: string, protocol: PassProtocol, block: Block, scope: PassScope): PassTarget {
  const expansion = expandText(text, block, scope.variables());
  switch (expansion.kind) {
    case 'unknown':
      return expansion;
    case 'constant':
      return resolve(expansion.text, protocol, scope, true);
    case 'choices':
      return {
        kind: 'choices',
        choices: expansion.choices.map((choice) => ({
          choice,
          target: resolve(choice.text, protocol, scope, true),
        })),
      };
    default:
      return expansion satisfies never;
  }
}

/** The schemes a pass may begin with, and the port each one means where none is written. */
const schemes: Readonly<Record<PassProtocol, readonly (readonly [prefix: string, port?: number])[]>> = {
  http: [
    ['http://', 80],
    ['https://', 443],
  ],
  https: [],
  uwsgi: [['uwsgi://'], ['suwsgi://']],
  scgi: [],
  grpc: [['grpc://'], ['grpcs://']],
  fastcgi: [],
  memcached: [],
};

function resolve(
  text: string,
  protocol: PassProtocol,
  scope: PassScope,
  atRunTime: boolean,
): Exclude<PassTarget, { kind: 'choices' }> {
  const scheme = schemes[protocol].find(([prefix]) => text.toLowerCase().startsWith(prefix));
  if (protocol === 'http' && !scheme) {
    if (text.includes(unknownText)) return { kind: 'unknown', why: 'its host is decided by the request' };
    const message = atRunTime ? `invalid URL prefix in "${text}"` : 'invalid URL prefix';
    return { kind: 'address', parsed: { kind: 'invalid', reason: 'invalid-prefix', text, message } };
  }
  const rest = scheme ? text.slice(scheme[0].length) : text;
  const unknownAt = rest.indexOf(unknownText);
  const known = unknownAt === -1 ? rest : rest.slice(0, unknownAt);
  // Only the path may be left to the request: `http://127.0.0.1:3000$request_uri`.
  if (unknownAt !== -1 && !/[/?]/.test(known)) {
    return { kind: 'unknown', why: 'its host is decided by the request' };
  }
  if (unknownAt !== -1 && /^unix:/i.test(known) && !known.slice(5).includes(':')) {
    return { kind: 'unknown', why: 'its path is decided by the request' };
  }
  const uriPart = protocol === 'http';
  const name = uriPart ? known.replace(/[/?].*$/s, '') : known;
  const { upstreams } = scope;
  const upstream = upstreams.size === 0 ? undefined : upstreams.get(name.toLowerCase());
  if (upstream) return { kind: 'upstream', upstream };
  const host = upstreams.size === 0 || atRunTime ? name : name.replace(/:\d+$/, '');
  if (host !== name && upstreams.has(host.toLowerCase())) {
    const port = name.slice(host.length + 1);
    const message = `upstream "${host}" may not have port ${port}`;
    return { kind: 'address', parsed: { kind: 'invalid', reason: 'port-of-upstream', text: name, message } };
  }
  const defaultPort = scheme?.[1];
  const parsed = parseTarget(known, defaultPort === undefined ? { uriPart } : { defaultPort, uriPart });
  return { kind: 'address', parsed };
}
