import { baseName } from '../../../../syntax/path-parts.ts';
import type { UwsgiOption } from '../../../../syntax/uwsgi/uwsgi-ini.ts';
import { readUwsgiIni } from '../../../../syntax/uwsgi/uwsgi-ini.ts';
import type { AppLimit, AppLimits, AppProtocol, SocketFacts } from '../../app.ts';
import { bindAddress } from '../bind-address.ts';
import { type Call, type CommandListeners, type DeclaredListener, given } from '../call.ts';

/** The options that open a socket, and what is spoken there. https://uwsgi-docs.readthedocs.io/en/latest/Options.html#socket */
const sockets: ReadonlyMap<string, AppProtocol> = new Map(
  Object.entries({
    socket: 'uwsgi',
    'uwsgi-socket': 'uwsgi',
    'http-socket': 'http',
    http: 'http',
    'https-socket': 'https',
    https: 'https',
    'fastcgi-socket': 'fastcgi',
    'scgi-socket': 'scgi',
  } as const),
);

/** What `protocol` makes of `socket`. https://uwsgi-docs.readthedocs.io/en/latest/Protocol.html */
const protocols: ReadonlyMap<string, AppProtocol> = new Map(
  Object.entries({
    uwsgi: 'uwsgi',
    http: 'http',
    https: 'https',
    fastcgi: 'fastcgi',
    scgi: 'scgi',
  } as const),
);

const shortNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    s: 'socket',
    C: 'chmod-socket',
    b: 'buffer-size',
    t: 'harakiri',
  }),
);

/** Options that read more options, in a form that is not read here or from a place that is not known. */
const otherFiles = new Set([
  'emperor',
  'xml',
  'x',
  'yaml',
  'y',
  'json',
  'j',
  'sqlite3',
  'ini-paste',
  'include',
]);

/** `uwsgi --ini app.ini`, `uwsgi app.ini`, or options on the command line. */
export function listenersOfUwsgi(call: Call): CommandListeners {
  const options: UwsgiOption[] = [];
  for (const [index, word] of call.args.entries()) {
    const match = /^--?([\w-]+)(?:=([\s\S]*))?$/.exec(word.text);
    const next = call.args[index + 1];
    if (match) {
      const long = word.text.startsWith('--');
      const name = long ? (match[1] ?? '') : (shortNames.get(match[1] ?? '') ?? match[1] ?? '');
      if (otherFiles.has(name)) return { kind: 'unplaced' };
      if (match[2] !== undefined) options.push({ name, ...given(word, match[2]) });
      else if (next && !next.text.startsWith('-')) options.push({ name, ...given(next, next.text) });
      else options.push({ name, text: '', span: word.span });
    }
    const isIni = word.text.endsWith('.ini') && (!match || match[1] === 'ini');
    const path = match?.[2] ?? word.text;
    if (!isIni) continue;
    const source = word.isUnknown ? undefined : call.nearby.read(under(call.directory, path));
    if (!source) return { kind: 'unplaced' };
    for (const option of readUwsgiIni(source)) options.push(option);
  }
  return listenersOfOptions(options, call.directory);
}

function under(directory: string | undefined, path: string): string {
  return path.startsWith('/') || directory === undefined ? path : `${directory}/${path}`;
}

/** What the options of one uWSGI open. */
export function listenersOfOptions(
  options: readonly UwsgiOption[],
  directory: string | undefined,
): CommandListeners {
  const last = (name: string): UwsgiOption | undefined => options.findLast((each) => each.name === name);
  if (options.some(({ name }) => otherFiles.has(name))) return { kind: 'unplaced' };
  const changed = last('chdir')?.text ?? directory;
  const spoken = protocols.get(last('protocol')?.text ?? last('socket-protocol')?.text ?? 'uwsgi');
  const limits = limitsOf(last);
  const opened = options.filter(({ name }) => sockets.has(name));
  const listeners = opened.flatMap(({ name, text, span, isUnknown }): readonly DeclaredListener[] => {
    const protocol = name === 'socket' ? spoken : sockets.get(name);
    const isPath = text.includes('/') || !/[:\d]/.test(text);
    const address = isUnknown
      ? undefined
      : bindAddress(isPath && !text.startsWith('/') ? `unix:${text}` : text, {
          host: '0.0.0.0',
          ...(changed !== undefined && { directory: changed }),
        });
    if (!address || !protocol) return [];
    const socket = address.kind === 'unix' ? socketFacts(last) : undefined;
    return [{ address, protocol, span, limits, ...(socket && { socket }) }];
  });
  return listeners.length > 0 && listeners.length === opened.length
    ? { kind: 'listens', listeners }
    : { kind: 'unplaced' };
}

/** https://uwsgi-docs.readthedocs.io/en/latest/Options.html#chmod-socket: 666 where no mode is given. */
function socketFacts(last: (name: string) => UwsgiOption | undefined): SocketFacts | undefined {
  const chmod = last('chmod-socket');
  const [owner, group] = last('chown-socket')?.text.split(':') ?? [last('uid')?.text, last('gid')?.text];
  const owners = { ...(owner !== undefined && { owner }), ...(group !== undefined && { group }) };
  if (!chmod) return last('umask') ? undefined : { mode: 0o755, ...owners };
  if (chmod.isUnknown) return undefined;
  const text = /^(?:1|true|)$/.test(chmod.text) ? '666' : chmod.text;
  if (!/^[0-7]{3}$/.test(text)) return undefined;
  return { mode: Number.parseInt(text, 8), span: chmod.span, ...owners };
}

function limitsOf(last: (name: string) => UwsgiOption | undefined): AppLimits {
  const harakiri = numberOf(last('harakiri'), 'harakiri');
  const buffer = numberOf(last('buffer-size'), 'buffer-size') ?? { value: 4096, name: 'buffer-size' };
  return {
    ...(harakiri && harakiri.value > 0 && { requestSeconds: harakiri }),
    uwsgiBufferBytes: buffer,
  };
}

function numberOf(option: UwsgiOption | undefined, name: string): AppLimit | undefined {
  return option && !option.isUnknown && /^\d+$/.test(option.text)
    ? { value: Number(option.text), name, span: option.span }
    : undefined;
}

/** The name of an app that a file of uWSGI holds. */
export function uwsgiAppName(path: string): string {
  return baseName(path).replace(/\.ini$/, '');
}
