import type { Directive, Word } from '../../syntax/nginx/tree.ts';
import { type Address, normalUnixPath } from '../links/address.ts';
import { oncePer } from '../once-per.ts';
import { type Block, own, ownAll } from './block.ts';

/** One `listen` of a server. https://nginx.org/en/docs/http/ngx_http_core_module.html#listen */
export interface Listen {
  readonly address: Address;
  /** Absent where the server has no `listen` and nginx's default applies. */
  readonly directive?: Directive;
  readonly tls: boolean;
  readonly defaultServer: boolean;
}

/** A `server` block of `http`. */
export interface Server {
  readonly block: Block;
  readonly names: readonly Word[];
  readonly listens: readonly Listen[];
  /** The locations right inside, in order. */
  readonly locations: readonly Location[];
}

/** How a location is chosen. https://nginx.org/en/docs/http/ngx_http_core_module.html#location */
export type LocationMatch = 'prefix' | 'exact' | 'prefix-no-regex' | 'regex' | 'named';

export interface Location {
  readonly block: Block;
  readonly match: LocationMatch;
  /** The prefix, the regular expression or the name with its `@`. */
  readonly pattern: string;
  /** Locations nested inside. */
  readonly locations: readonly Location[];
}

/** Builds the servers of an `http` block. */
export function buildServer(block: Block): Server {
  const listens = ownAll(block, 'listen').flatMap((directive) => readListen(directive) ?? []);
  const names = ownAll(block, 'server_name').flatMap((directive) => directive.args);
  const byDefault: Listen = {
    address: { kind: 'tcp', host: '*', port: 80 },
    tls: false,
    defaultServer: false,
  };
  return {
    block,
    names,
    listens: ownAll(block, 'listen').length === 0 ? [byDefault] : listens,
    locations: readLocations(block),
  };
}

/** Reads one `listen`; `undefined` where its address is not a literal that nginx would take. */
function readListen(directive: Directive): Listen | undefined {
  const [target, ...parameters] = directive.args.map((word) => word.value);
  if (target === undefined) return undefined;
  const address = readListenAddress(target);
  if (!address) return undefined;
  return {
    address,
    directive,
    tls: parameters.includes('ssl') || parameters.includes('quic') || parameters.includes('http3'),
    defaultServer: parameters.includes('default_server') || parameters.includes('default'),
  };
}

function readListenAddress(text: string): Address | undefined {
  if (text.startsWith('unix:')) return { kind: 'unix', path: normalUnixPath(text.slice('unix:'.length)) };
  if (/^\d+$/.test(text)) return { kind: 'tcp', host: '0.0.0.0', port: Number(text) };
  const sixth = /^\[([^\]]*)\](?::(\d+))?$/.exec(text);
  if (sixth) return { kind: 'tcp', host: sixth[1]?.toLowerCase() ?? '::', port: Number(sixth[2] ?? 80) };
  const [host = '', port = '80', more] = text.split(':');
  if (more !== undefined || !/^\d+$/.test(port) || host.includes('$')) return undefined;
  return { kind: 'tcp', host: host === '*' ? '0.0.0.0' : host.toLowerCase(), port: Number(port) };
}

const matchOfModifier: Readonly<Record<string, LocationMatch>> = {
  '=': 'exact',
  '^~': 'prefix-no-regex',
  '~': 'regex',
  '~*': 'regex',
};

function readLocations(block: Block): readonly Location[] {
  return block.blocks.flatMap((inner) => {
    if (inner.kind !== 'location' || !inner.directive) return [];
    const args = inner.directive.args.map((word) => word.value);
    return [{ block: inner, ...readMatch(args), locations: readLocations(inner) }];
  });
}

/** nginx also takes the modifier and the pattern as one word: `location ~\.php$`, `location =/x`. */
function readMatch(args: readonly string[]): { match: LocationMatch; pattern: string } {
  const [first = '', second] = args;
  if (second !== undefined) return { match: matchOfModifier[first] ?? 'prefix', pattern: second };
  if (first.startsWith('@')) return { match: 'named', pattern: first };
  for (const modifier of ['=', '^~', '~*', '~']) {
    const match = matchOfModifier[modifier];
    if (match && first.startsWith(modifier)) return { match, pattern: first.slice(modifier.length) };
  }
  return { match: 'prefix', pattern: first };
}

/** Every location of a server, nested ones after the one they stand in. */
export function* eachLocation(locations: readonly Location[]): Generator<Location> {
  for (const location of locations) {
    yield location;
    yield* eachLocation(location.locations);
  }
}

/** A server as a person would call it: its first name, else its address. */
export function serverTitle(server: Server): string {
  const name = server.names.find((word) => word.value !== '' && word.value !== '_');
  if (name) return name.value;
  const address = server.listens[0]?.address;
  if (!address) return 'the server';
  if (address.kind === 'unix') return `unix:${address.path}`;
  return `port ${address.port}`;
}

/** The document root in effect for a block, where it is written without variables. */
export function staticRoot(block: Block): string | undefined {
  const value = own(block, 'root')?.args[0]?.value;
  return value === undefined || value.includes('$') ? undefined : value;
}

/** Who is hit where these servers fail, as findings name them: `visitors of shop.example.com`. */
export const visitorsOf = oncePer((servers: readonly Server[]): readonly string[] =>
  [...new Set(servers)].map((server) => `visitors of ${serverTitle(server)}`),
);
