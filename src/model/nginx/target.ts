import { type Address, addressText, longestUnixPath, normalUnixPath } from '../links/address.ts';

/**
 * What a literal address in a `*_pass` or an upstream's `server` says.
 * Messages are nginx's own, before it appends ` in /path:line`. Source: ngx_parse_url in src/core/ngx_inet.c.
 */
export type ParsedTarget =
  | {
      readonly kind: 'address';
      readonly address: Address;
      /** As nginx writes it in its log: the path of a unix socket is not made normal there. */
      readonly logged: string;
      readonly portGiven: boolean;
    }
  /** A path without a leading slash: nginx opens it relative to its working directory. */
  | { readonly kind: 'relative-unix'; readonly path: string }
  | {
      readonly kind: 'invalid';
      readonly reason: TargetFault;
      readonly text: string;
      readonly message: string;
    };

/** What is wrong with a target that nginx does not take. */
export type TargetFault =
  | 'no-path'
  | 'long-path'
  | 'invalid-host'
  | 'no-host'
  | 'invalid-port'
  | 'no-port'
  | 'invalid-prefix'
  | 'port-of-upstream';

/** How a place names its target: nginx quotes it in its messages and has its own default port. */
export interface TargetContext {
  /** The default port; absent where the port is mandatory. */
  readonly defaultPort?: number;
  /** The text nginx quotes in its messages; the target itself where absent. */
  readonly quoted?: string;
  /** True where `:path` may follow a unix socket, as in `proxy_pass http://unix:/run/app.sock:/api`. */
  readonly uriPart?: boolean;
}

/** Reads `unix:/path`, `host:port`, `[::1]:port` or `host` as nginx's ngx_parse_url does. */
export function parseTarget(text: string, context: TargetContext): ParsedTarget {
  if (/^unix:/i.test(text)) return parseUnix(text, context);
  return parseInet(text, context);
}

function parseUnix(text: string, context: TargetContext): ParsedTarget {
  const quoted = context.quoted ?? text;
  let path = text.slice('unix:'.length);
  if (path === '') return refuse('no-path', quoted);
  if (context.uriPart) {
    const colon = path.indexOf(':');
    if (colon !== -1) path = path.slice(0, colon);
    if (path === '') return refuse('no-path', quoted);
  }
  if (isLongerThanSocketPaths(path)) return refuse('long-path', quoted);
  if (!path.startsWith('/')) return { kind: 'relative-unix', path };
  return {
    kind: 'address',
    address: { kind: 'unix', path: normalUnixPath(path) },
    // Of ten thousand sites, each would keep a text of its own that says the same.
    logged: text.startsWith('unix:') && text.endsWith(path) ? text : `unix:${path}`,
    portGiven: true,
  };
}

function isLongerThanSocketPaths(path: string): boolean {
  // Counting bytes only matters near the limit, and a UTF-16 unit is at most three bytes.
  return path.length * 3 > longestUnixPath && Buffer.byteLength(path) > longestUnixPath;
}

function parseInet(text: string, context: TargetContext): ParsedTarget {
  const quoted = context.quoted ?? text;
  // The path and query of a URL end the host; a pass without a URI part refuses them.
  const end = firstOf(text, '/?');
  const authority = text.slice(0, end);
  if (!context.uriPart && end < text.length) return refuse('invalid-host', quoted);
  if (authority.startsWith('[')) return parseSixth(authority, context, quoted);
  const colon = authority.indexOf(':');
  const host = colon === -1 ? authority : authority.slice(0, colon);
  const portText = colon === -1 ? undefined : authority.slice(colon + 1);
  if (portText !== undefined) {
    const port = parsePort(portText);
    if (port === undefined) return refuse('invalid-port', quoted);
    if (host === '') return refuse('no-host', quoted);
    return tcp(host, port, true);
  }
  if (host === '') return refuse('no-host', quoted);
  if (context.defaultPort === undefined) return refuse('no-port', quoted);
  return tcp(host, context.defaultPort, false);
}

function tcp(host: string, port: number, portGiven: boolean): ParsedTarget {
  const address: Address = { kind: 'tcp', host: host.toLowerCase(), port };
  return { kind: 'address', address, logged: addressText(address), portGiven };
}

function parseSixth(authority: string, context: TargetContext, quoted: string): ParsedTarget {
  const close = authority.indexOf(']');
  if (close === -1) return refuse('invalid-host', quoted);
  const host = authority.slice(1, close);
  const rest = authority.slice(close + 1);
  if (rest === '') {
    if (context.defaultPort === undefined) return refuse('no-port', quoted);
    return tcp(host, context.defaultPort, false);
  }
  const port = rest.startsWith(':') ? parsePort(rest.slice(1)) : undefined;
  if (port === undefined) return refuse('invalid-port', quoted);
  return tcp(host, port, true);
}

function parsePort(text: string): number | undefined {
  if (!/^\d{1,5}$/.test(text)) return undefined;
  const port = Number(text);
  return port >= 1 && port <= 65_535 ? port : undefined;
}

function firstOf(text: string, stops: string): number {
  for (let at = 0; at < text.length; at++) {
    if (stops.includes(text.charAt(at))) return at;
  }
  return text.length;
}

const wordsOfFault = {
  'no-path': 'no path in the unix domain socket',
  'long-path': 'too long path in the unix domain socket',
  'invalid-host': 'invalid host',
  'no-host': 'no host',
  'invalid-port': 'invalid port',
  'no-port': 'no port',
} as const;

function refuse(reason: keyof typeof wordsOfFault, text: string): ParsedTarget {
  return { kind: 'invalid', reason, text, message: `${wordsOfFault[reason]} in upstream "${text}"` };
}
