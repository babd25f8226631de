import type { Statement } from '../../syntax/nginx/statement.ts';
import type { Directive, Word } from '../../syntax/nginx/tree.ts';
import { type Address, normalUnixPath } from '../links/address.ts';
import { oncePer } from '../once-per.ts';
import { type Block, namesOf, ownAll } from './block.ts';
import { statementAt } from './layout.ts';

const tlsParameters = ['ssl', 'quic', 'http3'];
const defaultParameters = ['default_server', 'default'];

/** One `listen` of a server. https://nginx.org/en/docs/http/ngx_http_core_module.html#listen */
export class Listen {
  readonly address: Address;
  /** What the directive says; absent where the server has no `listen` and nginx's default applies. */
  readonly statement: Statement | undefined;
  readonly tls: boolean;
  readonly defaultServer: boolean;
  readonly #block: Block | undefined;
  readonly #place: number;

  /** The `listen` that stands at a place of a server's block, where one does. */
  constructor(address: Address, at?: { statement: Statement; block: Block; place: number }) {
    const values = at?.statement.values;
    this.address = address;
    this.statement = at?.statement;
    this.tls = values !== undefined && hasParameter(values, tlsParameters);
    this.defaultServer = values !== undefined && hasParameter(values, defaultParameters);
    this.#block = at?.block;
    this.#place = at?.place ?? -1;
  }

  /** Absent where the server has no `listen` and nginx's default applies. */
  get directive(): Directive | undefined {
    return this.#block?.directiveAt(this.#place);
  }
}

/** A `server` block of `http`. Its names and locations are read when somebody asks for them. */
export class Server {
  readonly block: Block;
  readonly listens: readonly Listen[];
  #names: readonly Word[] | undefined;
  #locations: readonly Location[] | undefined;

  constructor(block: Block) {
    this.block = block;
    this.listens = listensOf(block);
    this.#names = undefined;
    this.#locations = undefined;
  }

  /** What its `server_name` lines say. */
  get names(): readonly Word[] {
    if (!this.#names) {
      const [first, ...others] = ownAll(this.block, 'server_name');
      const names = first?.args ?? [];
      this.#names = others.length === 0 ? names : [...names, ...others.flatMap(({ args }) => args)];
    }
    return this.#names;
  }

  /** The locations right inside, in order. */
  get locations(): readonly Location[] {
    this.#locations ??= readLocations(this.block);
    return this.#locations;
  }
}

/** How a location is chosen. https://nginx.org/en/docs/http/ngx_http_core_module.html#location */
export type LocationMatch = 'prefix' | 'exact' | 'prefix-no-regex' | 'regex' | 'named';

export class Location {
  readonly block: Block;
  readonly match: LocationMatch;
  /** The prefix, the regular expression or the name with its `@`. */
  readonly pattern: string;
  #locations: readonly Location[] | undefined;

  /** The location of a block that `opener` opens. */
  constructor(block: Block, opener: Directive) {
    const { match, pattern } = readMatch(opener.statement.values);
    this.block = block;
    this.match = match;
    this.pattern = pattern;
    this.#locations = undefined;
  }

  /** Locations nested inside. */
  get locations(): readonly Location[] {
    this.#locations ??= readLocations(this.block);
    return this.#locations;
  }
}

/** Where a server without a `listen` listens. */
const unlisted: readonly Listen[] = [new Listen({ kind: 'tcp', host: '*', port: 80 })];

function listensOf(block: Block): readonly Listen[] {
  const places = namesOf(block).get('listen');
  if (!places) return unlisted;
  const read = places.map((place) => readListen(block, place));
  // `map` makes arrays that fit, and those that can be read are nearly all.
  return read.every((listen) => listen !== undefined) ? read : read.filter((listen) => listen !== undefined);
}

/** Reads one `listen`; `undefined` where its address is not a literal that nginx would take. */
function readListen(block: Block, place: number): Listen | undefined {
  const statement = statementAt(block.layout, place);
  const target = statement?.values[0];
  const address = target === undefined ? undefined : listenAddressOf(target);
  return statement && address && new Listen(address, { statement, block, place });
}

function hasParameter(values: readonly string[], names: readonly string[]): boolean {
  for (let at = 1; at < values.length; at++) if (names.includes(values[at] ?? '')) return true;
  return false;
}

const listenAddresses = new Map<string, Address>();

/** So many are kept: ten thousand sites listen on a handful of addresses. */
const LISTEN_ADDRESSES_MAX = 1000;

function listenAddressOf(text: string): Address | undefined {
  const known = listenAddresses.get(text);
  if (known) return known;
  const address = readListenAddress(text);
  if (address && listenAddresses.size < LISTEN_ADDRESSES_MAX) listenAddresses.set(text, address);
  return address;
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
  const locations: Location[] = [];
  for (const inner of block.blocks) {
    if (inner.kind === 'location' && inner.directive) locations.push(new Location(inner, inner.directive));
  }
  return locations;
}

/** nginx also takes the modifier and the pattern as one word: `location ~\.php$`, `location =/x`. */
function readMatch([first = '', second]: readonly string[]): { match: LocationMatch; pattern: string } {
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
export function serverTitle({ block, listens }: Server): string {
  for (const place of namesOf(block).get('server_name') ?? []) {
    for (const value of statementAt(block.layout, place)?.values ?? []) if (isName(value)) return value;
  }
  const address = listens[0]?.address;
  if (!address) return 'the server';
  if (address.kind === 'unix') return `unix:${address.path}`;
  return `port ${address.port}`;
}

/** A placeholder of a template is no name yet. */
function isName(value: string): boolean {
  return value !== '' && value !== '_' && !value.includes('$_');
}

/** The visitors of some servers, put into words when asked for: of ten thousand sites a person is told four. */
export class Visitors implements Iterable<string> {
  /** What each of their names begins with. */
  readonly beginning = 'visitors of ';
  readonly #servers: readonly Server[];

  constructor(servers: readonly Server[]) {
    this.#servers = [...new Set(servers)];
  }

  get length(): number {
    return this.#servers.length;
  }

  slice(start: number, end?: number): readonly string[] {
    return this.#servers.slice(start, end).map((server) => this.beginning + serverTitle(server));
  }

  [Symbol.iterator](): Iterator<string> {
    return this.slice(0)[Symbol.iterator]();
  }
}

/** Who is hit where these servers fail, as findings name them: `visitors of shop.example.com`. */
export const visitorsOf = oncePer((servers: readonly Server[]) => new Visitors(servers));
