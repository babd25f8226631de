import type { DeclaredListener } from '../call.ts';
import { type Call, type CommandListeners, commandWord, hasOption, optionValues, portOf } from '../call.ts';

/**
 * `docker run -p 127.0.0.1:3000:80 image`: the port of the host is that of a proxy of docker's, whatever the program
 * behind it does. https://docs.docker.com/reference/cli/docker/container/run/#publish
 */
export function listenersOfContainer({ args }: Call): CommandListeners {
  if (commandWord(args) !== 'run') return { kind: 'unplaced' };
  if (hasOption(args, ['--network', '--net', '-P', '--publish-all'])) return { kind: 'unplaced' };
  const published = optionValues(args, ['-p', '--publish']);
  const listeners = published.flatMap((each): readonly DeclaredListener[] => {
    const match = /^(?:(\[[^\]]+\]|[\d.]+):)?(\d+):\d+(?:\/tcp)?$/.exec(each.text);
    const port = portOf(match?.[2] ?? '');
    if (each.isUnknown || port === undefined) return [];
    const host = match?.[1]?.replace(/^\[|\]$/g, '') ?? '*';
    return [
      { address: { kind: 'tcp', host, port }, protocol: 'http', isProtocolGuessed: true, span: each.span },
    ];
  });
  return listeners.length > 0 && listeners.length === published.length
    ? { kind: 'listens', listeners }
    : { kind: 'unplaced' };
}
