/** A place a connection can be made to or accepted at, in normal form. */
export type Address = UnixAddress | TcpAddress;

export interface UnixAddress {
  readonly kind: 'unix';
  /** Absolute and normal: no `//`, `.` or `..`, `/var/run` written `/run`. */
  readonly path: string;
}

export interface TcpAddress {
  readonly kind: 'tcp';
  /** Lower case, brackets of IPv6 removed; `*` for every address of the machine. */
  readonly host: string;
  readonly port: number;
}

/** The longest path that fits `sun_path` with its closing NUL, in bytes (unix(7)). */
export const longestUnixPath = 107;

/**
 * Collapses `//`, `/./` and `/../`, and writes `/var/run` as `/run`: every distribution of the last decade has that link,
 * and a checkout of `/etc` does not show it.
 */
export function normalUnixPath(path: string): string {
  if (isNormal(path)) return path;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  const normal = `/${parts.join('/')}`;
  return normal === '/var/run' || normal.startsWith('/var/run/') ? normal.slice('/var'.length) : normal;
}

/** Most paths are normal, and every pass and pool of a host asks. */
function isNormal(path: string): boolean {
  return (
    path.startsWith('/') &&
    path.length > 1 &&
    !path.includes('//') &&
    !path.includes('/.') &&
    !path.endsWith('/') &&
    !path.startsWith('/var/run')
  );
}

/** The address as its key in maps: equal for equal addresses only. */
export function addressKey(address: Address): string {
  return address.kind === 'unix' ? `unix:${address.path}` : `${address.host}:${address.port}`;
}

/** The address as a person reads it. */
export function addressText(address: Address): string {
  if (address.kind === 'unix') return `unix:${address.path}`;
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return `${host}:${address.port}`;
}

/** True for hosts that always mean the machine itself. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/** True for a literal IPv4 or IPv6 address. */
export function isIpAddress(host: string): boolean {
  return host.includes(':') || /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/** True where the host stands for every address of the machine. */
export function isWildcard(host: string): boolean {
  return host === '*' || host === '0.0.0.0' || host === '::';
}

/**
 * Whether a connection to `dialed` arrives at a socket bound to `bound`. Only what the two literals decide:
 * a name other than `localhost` is the caller's to resolve.
 */
export function reaches(dialed: Address, bound: Address): boolean {
  if (dialed.kind === 'unix' || bound.kind === 'unix') {
    return dialed.kind === 'unix' && bound.kind === 'unix' && dialed.path === bound.path;
  }
  if (dialed.port !== bound.port) return false;
  const dialedSixth = dialed.host === '::1' || (dialed.host.includes(':') && dialed.host !== '::');
  if (bound.host === '*' || bound.host === '::') return true;
  if (bound.host === '0.0.0.0') return !dialedSixth;
  if (dialed.host === bound.host) return true;
  if (dialed.host === 'localhost') return bound.host === '127.0.0.1' || bound.host === '::1';
  if (bound.host === 'localhost') return dialed.host === '127.0.0.1' || dialed.host === '::1';
  // Linux takes a connection to 0.0.0.0 or :: to mean the loopback address.
  if (dialed.host === '0.0.0.0') return bound.host === '127.0.0.1';
  if (dialed.host === '::') return bound.host === '::1' || bound.host === '127.0.0.1';
  return false;
}
