import { isNumber } from './slots.ts';

/**
 * The address of a `listen` as nginx prints it: `0.0.0.0:80`, `[::]:443`, `unix:/run/x.sock`. Two of the same text are one
 * socket. `undefined` for host names, ranges of ports and what is not plainly an address.
 * https://nginx.org/en/docs/http/ngx_http_core_module.html#listen
 */
export function listenAddress(value: string): string | undefined {
  const known = read.get(value);
  if (known !== undefined) return known;
  const address = readAddress(value);
  if (address !== undefined && read.size < READ_MAX) read.set(value, address);
  return address;
}

const read = new Map<string, string>();

/** So many are kept: ten thousand sites listen on a handful of addresses, and every rule about sockets asks for each. */
const READ_MAX = 1000;

function readAddress(value: string): string | undefined {
  if (value.startsWith('unix:')) return value;
  if (isPort(value)) return `0.0.0.0:${Number(value)}`;
  const colon = value.lastIndexOf(':');
  const hasPort = colon !== -1 && isPort(value.slice(colon + 1)) && !value.endsWith(']');
  const host = hasPort ? value.slice(0, colon) : value;
  const port = hasPort ? Number(value.slice(colon + 1)) : 80;
  if (host === '*') return `0.0.0.0:${port}`;
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return `${host}:${port}`;
  if (host === '[::]' || host === '[::1]') return `${host}:${port}`;
  return undefined;
}

function isPort(text: string): boolean {
  return isNumber(text) && Number(text) > 0 && Number(text) < 65536;
}
