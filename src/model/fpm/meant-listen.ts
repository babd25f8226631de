import { type Address, longestUnixPath, normalUnixPath, type UnixAddress } from '../links/address.ts';
import type { ListenAddress } from './listen-address.ts';
import { parseListen } from './listen-address.ts';
import type { Pool } from './pool.ts';
import { knownValue } from './setting.ts';

/** Where a pool was most likely meant to listen, and why it listens elsewhere or not at all. */
export interface MeantListen {
  /**
   * `unix-prefix`, `scheme`: nginx's or a URL's way to write it. `no-port`: a host alone, which php-fpm takes for the
   * name of a socket file. `hash-comment`: `#` begins no comment. `long-path`: what does not fit is cut.
   * `moved`: a later section of the same name says another address.
   */
  readonly kind: 'unix-prefix' | 'scheme' | 'no-port' | 'hash-comment' | 'long-path' | 'moved';
  /** Absent where only the host is known. */
  readonly address?: Address;
  readonly host?: string;
}

/** All that the `listen` lines of a pool may have been meant to say, beside what they do say. */
export function meantListens(pool: Pool): readonly MeantListen[] {
  const written = pool.listen;
  const listen = knownValue(written);
  if (written.kind !== 'given' || listen === undefined) return [];
  const meant = misread(listen, written.text);
  const others = overridden(pool, listen);
  return meant ? [meant, ...others] : others;
}

function misread(listen: string, written: string): MeantListen | undefined {
  // Most pools: none of the mistakes begins with a slash, unless a comment follows or the path is too long.
  if (written.startsWith('/') && !listen.includes('#') && cutPath(listen) === listen) return undefined;
  if (/^unix:/i.test(listen)) return at('unix-prefix', parseListen(listen.slice('unix:'.length)));
  const scheme = /^[a-z]+:\/\//i.exec(listen);
  if (scheme) return at('scheme', parseListen(listen.slice(scheme[0].length)));
  const hash = hashAt(listen);
  if (hash !== undefined) return at('hash-comment', parseListen(listen.slice(0, hash).trimEnd()));
  if (isHostAlone(written)) return { kind: 'no-port', host: written.toLowerCase() };
  if (listen.startsWith('/') && cutPath(listen) !== listen) {
    return { kind: 'long-path', address: { kind: 'unix', path: normalUnixPath(listen) } };
  }
  return undefined;
}

function overridden({ section }: Pool, listen: string): readonly MeantListen[] {
  const earlier = section.keys.overridden.get('listen');
  if (!earlier) return [];
  return earlier.flatMap((index) => {
    const line = section.lines[index];
    if (!line || line.refused || line.value.kind === 'unknown') return [];
    const { text } = line.value;
    return text === listen ? [] : (at('moved', parseListen(text)) ?? []);
  });
}

function at(kind: MeantListen['kind'], listen: ListenAddress): MeantListen | undefined {
  const address = addressOf(listen);
  return address && { kind, address };
}

/** The address a `listen` binds, in normal form; `undefined` where it binds none or that is not known. */
export function addressOf(listen: ListenAddress | undefined): Address | undefined {
  switch (listen?.kind) {
    case 'unix':
      return boundPath(listen);
    case 'tcp':
      return { kind: 'tcp', host: listen.host.toLowerCase(), port: listen.port };
    case 'any':
      return { kind: 'tcp', host: '*', port: listen.port };
    default:
      return undefined;
  }
}

function boundPath(listen: UnixAddress): Address | undefined {
  if (!listen.path.startsWith('/')) return undefined;
  const path = normalUnixPath(cutPath(listen.path));
  // Nearly all are written so, and the address is kept beside the `listen`.
  return path === listen.path ? listen : { kind: 'unix', path };
}

/**
 * The path that is bound: php-fpm copies it into `sun_path` and cuts what does not fit.
 * https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_sockets.c
 */
export function cutPath(path: string): string {
  // Only bytes count, and only a path that is long in characters or holds more than ASCII can be long in bytes.
  if (path.length * 3 <= longestUnixPath) return path;
  const bytes = new TextEncoder().encode(path);
  return bytes.length <= longestUnixPath ? path : new TextDecoder().decode(bytes.slice(0, longestUnixPath));
}

/** Where a `#` stands that looks like the beginning of a comment; `undefined` where there is none. */
export function hashAt(text: string): number | undefined {
  for (let hash = text.indexOf('#'); hash > 0; hash = text.indexOf('#', hash + 1)) {
    const before = text.charAt(hash - 1);
    if (before === ' ' || before === '\t') return hash;
  }
  return undefined;
}

function isHostAlone(text: string): boolean {
  return text.toLowerCase() === 'localhost' || text === '*' || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text);
}
