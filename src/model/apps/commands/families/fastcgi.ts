import type { SocketFacts } from '../../app.ts';
import { bindAddress } from '../bind-address.ts';
import { type Call, type CommandListeners, listensAt, optionValues, portOf } from '../call.ts';

/**
 * `php-cgi -b 127.0.0.1:9000` or a path; a port alone is every address.
 * https://www.php.net/manual/en/install.unix.commandline.php
 */
export function listenersOfPhpCgi({ args, directory }: Call): CommandListeners {
  const bind = optionValues(args, ['-b', '--bindpath']).at(-1);
  if (!bind || bind.isUnknown) return { kind: 'unplaced' };
  const port = portOf(bind.text);
  const defaults = { host: '*', ...(directory !== undefined && { directory }) };
  const address = port ? ({ kind: 'tcp', host: '*', port } as const) : bindAddress(bind.text, defaults);
  return listensAt(address, { protocol: 'fastcgi', span: bind.span });
}

/** `spawn-fcgi -a 127.0.0.1 -p 9000 -- program`, or `-s socket -M 0660`. https://redmine.lighttpd.net/projects/spawn-fcgi/wiki */
export function listenersOfSpawnFcgi({ args, directory }: Call): CommandListeners {
  const end = args.findIndex(({ text }) => text === '--');
  const own = end === -1 ? args : args.slice(0, end);
  const path = optionValues(own, ['-s']).at(-1);
  if (path) {
    const defaults = { host: '*', ...(directory !== undefined && { directory }) };
    const address = path.isUnknown
      ? undefined
      : bindAddress(path.text.startsWith('/') ? path.text : `unix:${path.text}`, defaults);
    const socket = spawnedSocket(own);
    return listensAt(address, { protocol: 'fastcgi', span: path.span, ...(socket && { socket }) });
  }
  const port = optionValues(own, ['-p']).at(-1);
  const host = optionValues(own, ['-a']).at(-1);
  const number = port && !port.isUnknown && !host?.isUnknown ? portOf(port.text) : undefined;
  return number === undefined || !port
    ? { kind: 'unplaced' }
    : listensAt(
        { kind: 'tcp', host: host?.text ?? '*', port: number },
        { protocol: 'fastcgi', span: port.span },
      );
}

function spawnedSocket(args: Call['args']): SocketFacts | undefined {
  const mode = optionValues(args, ['-M']).at(-1);
  if (!mode || !/^[0-7]{3,4}$/.test(mode.text)) return undefined;
  const owner = optionValues(args, ['-U', '-u']).at(0)?.text;
  const group = optionValues(args, ['-G', '-g']).at(0)?.text;
  return {
    mode: Number.parseInt(mode.text, 8),
    span: mode.span,
    ...(owner !== undefined && { owner }),
    ...(group !== undefined && { group }),
  };
}

/** `fcgiwrap -s unix:/run/fcgiwrap.sock` or `-s tcp:127.0.0.1:9001`. https://github.com/gnosek/fcgiwrap/blob/master/fcgiwrap.8 */
export function listenersOfFcgiwrap({ args }: Call): CommandListeners {
  const socket = optionValues(args, ['-s']).at(-1);
  if (!socket || socket.isUnknown) return { kind: 'unplaced' };
  const text = socket.text.replace(/^tcp6?:/, '');
  return listensAt(bindAddress(text, { host: '*' }), { protocol: 'fastcgi', span: socket.span });
}
