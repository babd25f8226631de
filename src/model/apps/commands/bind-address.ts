import { type Address, isWildcard, normalUnixPath } from '../../links/address.ts';
import { portOf } from './call.ts';

/** What a program takes for an address where a part of it is not written. */
export interface BindDefaults {
  /** Where it is not written or empty. */
  readonly host: string;
  readonly port?: number;
  /** The directory that relative paths of sockets begin at. */
  readonly directory?: string;
  /** True where digits alone are a port. */
  readonly takesPort?: true;
}

/**
 * Reads where a program binds: `127.0.0.1:8000`, `:8000`, `[::]:8000`, `unix:/run/app.sock`, `/run/app.sock`,
 * `http://localhost:5000`; `undefined` for a descriptor that is handed over, or where the text is none of these.
 */
export function bindAddress(
  text: string,
  { host, port, directory, takesPort }: BindDefaults,
): Address | undefined {
  if (/^\d+$/.test(text)) {
    const number = takesPort ? portOf(text) : undefined;
    return number === undefined ? undefined : { kind: 'tcp', host, port: number };
  }
  const path = unixPath(text);
  if (path !== undefined) {
    if (path.startsWith('@') || path === '') return undefined;
    if (path.startsWith('/')) return { kind: 'unix', path: normalUnixPath(path) };
    return directory === undefined
      ? undefined
      : { kind: 'unix', path: normalUnixPath(`${directory}/${path}`) };
  }
  if (/^fd:/.test(text)) return undefined;
  const bare = text
    .replace(/^[a-z]+:\/\//i, '')
    .split(/[/?]/, 1)
    .join('');
  const match = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d+))?$/.exec(bare);
  if (!match) return undefined;
  const [, sixth, other = '', portText] = match;
  const bound = portText === undefined ? port : portOf(portText);
  if (bound === undefined) return undefined;
  // A colon with nothing before it means every address, to whoever reads it.
  const byDefault = bare.startsWith(':') && !isWildcard(host) ? '0.0.0.0' : host;
  return { kind: 'tcp', host: hostOf(sixth ?? other, byDefault), port: bound };
}

function unixPath(text: string): string | undefined {
  if (text.startsWith('/')) return text;
  const match = /^unix:(?:\/\/(?=\/))?([^?]*)/.exec(text);
  return match?.[1];
}

/** `0.0.0.0` and `::` as they are, `*` and `+` for every address, names in lower case. */
export function hostOf(text: string, byDefault: string): string {
  const host = text.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === '') return byDefault;
  return host === '+' ? '*' : host;
}
