import type { ContainerEnvironment, RunningContainer } from '../../load/container/program.ts';
import type { ImagePort, PortProtocol } from '../../load/images/known-image.ts';
import type { Root } from '../../load/root.ts';
import type { Word } from '../../syntax/command-line/words.ts';
import type { Given } from '../../syntax/compose/given.ts';
import type { App, AppProtocol } from './app.ts';
import { listenersOfCommand } from './commands/listeners-of-command.ts';
import type { Environment, Variable } from './environment.ts';
import { nearbyFiles } from './nearby.ts';
import { type AppReading, declare } from './reading.ts';

/** The apps of a container: what its command tells, or the usual ports of its image. */
export function containerApps(container: RunningContainer, root: Root): AppReading {
  const { name, span, program } = container;
  const declaredBy = `the service ${name}`;
  switch (program.kind) {
    case 'server':
      return { apps: [], unplaced: [], sources: [] };
    case 'image':
      return {
        apps: program.ports.map((port) => imageApp(container, port, program.reference)),
        unplaced: [],
        sources: [],
      };
    case 'command': {
      const { workingDirectory, user } = container;
      const found = listenersOfCommand({
        words: program.words.map(wordOf),
        environment: environmentOf(container.environment),
        ...(workingDirectory?.kind === 'known' && { directory: workingDirectory.value }),
        nearby: nearbyFiles(root),
      });
      const declared = declare(found, {
        name,
        declaredBy,
        span,
        ...(program.doubt !== undefined && { doubt: program.doubt }),
        ...(user?.kind === 'known' && { process: { user: user.value } }),
      });
      return { ...declared, sources: [] };
    }
    case 'unknown':
      return { apps: [], unplaced: [{ name, declaredBy, span }], sources: [] };
    default:
      return program satisfies never;
  }
}

const protocols: Partial<Record<PortProtocol, AppProtocol>> = {
  http: 'http',
  https: 'https',
  fastcgi: 'fastcgi',
};

/** The ports of an image are usual ones: its own configuration may say others. */
function imageApp({ name, span }: RunningContainer, { port, protocol }: ImagePort, reference: string): App {
  const spoken = protocols[protocol];
  return {
    name,
    address: { kind: 'tcp', host: '*', port },
    protocol: spoken ?? 'http',
    ...(!spoken && { isProtocolGuessed: true }),
    span,
    declaredBy: `the image ${reference}`,
    doubt: `${reference} is told another port`,
  };
}

/** Nothing is expanded in a command that no shell reads. */
function wordOf(given: Given<string>): Word {
  return given.kind === 'known'
    ? { text: given.value, span: given.span, isVerbatim: true }
    : { text: given.text ?? '', span: given.span, isUnknown: true };
}

function environmentOf({ variables, isWhole }: ContainerEnvironment): Environment {
  const entries = [...variables].map(([name, given]): [string, Variable] => [
    name,
    given.kind === 'known'
      ? { value: given.value, span: given.span }
      : { value: given.text ?? '', span: given.span, isUnknown: true },
  ]);
  return { variables: new Map(entries), isWhole };
}
