import { posix } from 'node:path';

/** The files of an `nginx -T` dump. */
export interface NginxDump {
  /** The path of nginx.conf: nginx prints what it opens in the order it opens it. */
  readonly main: string;
  /** What stands in each file, by absolute path in normal form. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** True where a file is in it twice, as where the dumps of two hosts were written into one file. */
  readonly isRepeated: boolean;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const MARK = '# configuration file /';

/**
 * Takes the output of `nginx -T` apart. Before each file nginx prints `# configuration file PATH:` and after it a line feed,
 * each file once however often it is included. In front may stand what nginx says on standard error.
 * https://nginx.org/en/docs/switches.html, `main()` in https://github.com/nginx/nginx/blob/master/src/core/nginx.c
 *
 * `undefined` where the bytes are no such output.
 */
export function splitNginxDump(bytes: Uint8Array): NginxDump | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = nextHeader(buffer, 0);
  if (!first || !isPreamble(buffer.toString('latin1', 0, first.start))) return undefined;
  const files = new Map<string, Uint8Array>();
  let isRepeated = false;
  for (let header: Header | undefined = first; header; ) {
    const next = nextHeader(buffer, header.end);
    if (files.has(header.path)) isRepeated = true;
    else files.set(header.path, buffer.subarray(header.end, contentEnd(buffer, header.end, next?.start)));
    header = next;
  }
  return { main: first.path, files, isRepeated };
}

interface Header {
  readonly path: string;
  /** Where its line begins. */
  readonly start: number;
  /** Where the file begins. */
  readonly end: number;
}

function nextHeader(buffer: Buffer, from: number): Header | undefined {
  for (let at = buffer.indexOf(MARK, from); at !== -1; at = buffer.indexOf(MARK, at + 1)) {
    if (at > 0 && buffer[at - 1] !== LINE_FEED) continue;
    const lineFeed = buffer.indexOf(LINE_FEED, at);
    if (lineFeed === -1) return undefined;
    const line = buffer.toString('utf8', at + MARK.length - 1, lineFeed).trimEnd();
    if (line.endsWith(':')) return { path: posix.normalize(line.slice(0, -1)), start: at, end: lineFeed + 1 };
  }
  return undefined;
}

/** Without the line feed that nginx puts behind each file; it may be gone behind the last. */
function contentEnd(buffer: Buffer, from: number, next = buffer.length): number {
  if (next <= from || buffer[next - 1] !== LINE_FEED) return next;
  // The dump came through something that writes line endings of its own.
  return next - 2 >= from && buffer[next - 2] === CARRIAGE_RETURN ? next - 2 : next - 1;
}

/** `nginx: the configuration file /etc/nginx/nginx.conf syntax is ok`, `nginx: [warn] ...` */
function isPreamble(text: string): boolean {
  return text.split('\n').every((line) => line.trim() === '' || line.startsWith('nginx: '));
}
