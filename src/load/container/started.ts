import type { Given } from '../../syntax/compose/given.ts';
import { baseName } from '../../syntax/path-parts.ts';
import { fpmOptions } from '../fpm-options.ts';
import type { ImageFpm, KnownImage } from '../images/known-image.ts';
import type { Container } from './container.ts';
import type { ContainerProgram } from './program.ts';

/** What a container starts, and the files that nginx and php-fpm start from where they are it. */
export interface Started {
  readonly program: ContainerProgram;
  /** The main file of nginx, where the container starts one. */
  readonly nginxMain?: string;
  readonly fpm?: ImageFpm;
  /** Present where php-fpm is the first process, and nothing goes on without it. */
  readonly firstProcess?: { readonly inBackground?: boolean };
}

type Words = readonly Given<string>[];

/**
 * Tells what a container starts from its entrypoint and its command. The entrypoints of known images, and scripts that end in
 * `"$@"`, run the command that they are given.
 */
export function startedBy(container: Container): Started {
  const { start, image, service } = container;
  const { entrypoint, command } = start;
  if (container.user?.kind === 'unknown') return unknownProgram('it is not known as whom it runs');
  if (entrypoint?.kind === 'unknown') return unknownProgram(entrypoint.why);
  if (command?.kind === 'unknown') return unknownProgram(command.why);
  const given = command?.value ?? [];
  const first = entrypoint?.value ?? [];
  if (!image) {
    const words = [...first, ...given];
    const saysAll = service.entrypoint !== undefined;
    return words.length === 0
      ? unknownProgram('nothing is known of its image')
      : { program: commandOf(words, saysAll ? undefined : 'its image begins with another program') };
  }
  const isGivenAll = start.isImagesEntrypoint || first.length === 0;
  const last = isGivenAll ? undefined : lastCommandOf(container, first);
  const isHandedOn = isGivenAll || /"\$@"|\$@|\$\*/.test(last ?? '');
  if (start.isImagesEntrypoint && service.command === undefined && !isBuiltCommand(container)) {
    return ofImage(image, given);
  }
  const started = ofWords(isHandedOn && given.length > 0 ? given : [...first, ...given], image);
  if (isGivenAll || !isHandedOn || /^(?:exec\s+)?"?\$@"?$/.test(last ?? '')) return started;
  // The script may go on, or add words of its own.
  const { firstProcess, ...rest } = started;
  return rest;
}

/** True where a Dockerfile gives the command. */
function isBuiltCommand({ origin }: Container): boolean {
  return origin.kind === 'build' && origin.built.command !== undefined;
}

/** What an image starts of its own accord: nginx, php-fpm, both below a supervisor, or something else. */
function ofImage(image: KnownImage, command: Words): Started {
  const started = ofWords(command, image);
  if (started.program.kind === 'server') return started;
  const { nginx, fpm, reference, ports } = image;
  return {
    program: { kind: 'image', reference, ports },
    ...(nginx && { nginxMain: nginx.mainFile }),
    ...(fpm && { fpm }),
  };
}

function ofWords(words: Words, { nginx, fpm }: KnownImage): Started {
  const texts = words.flatMap((word) => (word.kind === 'known' ? [word.value] : []));
  const [name = '', ...args] = texts;
  const isKnown = texts.length === words.length;
  const program = baseName(name);
  if (isKnown && nginx && /^nginx(?:-debug)?$/.test(program) && !isTelling(args)) {
    return { program: { kind: 'server' }, nginxMain: fileOption(args, '-c') ?? nginx.mainFile };
  }
  if (isKnown && fpm && /^php-fpm[\d.]*$/.test(program)) {
    const { config, prefix, ini, inBackground } = fpmOptions(args);
    return {
      program: { kind: 'server' },
      firstProcess: { ...(inBackground !== undefined && { inBackground }) },
      fpm: {
        ...fpm,
        ...(config !== undefined && { mainFile: config }),
        ...(prefix !== undefined && { prefix }),
        ...(ini !== undefined && { iniFile: ini }),
      },
    };
  }
  return words.length === 0
    ? unknownProgram('it is not known what it starts')
    : { program: commandOf(words, undefined) };
}

/** `-t`, `-T`, `-v` and `-s` do not start a server. */
function isTelling(args: readonly string[]): boolean {
  return args.some((arg) => /^-[tTvVsh?]/.test(arg));
}

/** How a script among the files ends: with `exec "$@"` it runs what it is given. */
function lastCommandOf({ root }: Container, [script]: Words): string | undefined {
  if (script?.kind !== 'known') return undefined;
  const path = script.value.startsWith('/') ? script.value : `/usr/local/bin/${script.value}`;
  const read = root.read(path);
  return read.kind === 'read' ? lastCommand(read.source.text) : undefined;
}

function lastCommand(script: string): string {
  const lines = script.split('\n').map((line) => line.trim());
  return lines.findLast((line) => line !== '' && !line.startsWith('#')) ?? '';
}

function commandOf(words: Words, doubt: string | undefined): ContainerProgram {
  return { kind: 'command', words, ...(doubt !== undefined && { doubt }) };
}

function fileOption(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name);
  const value = at === -1 ? undefined : args[at + 1];
  return value?.startsWith('/') ? value : undefined;
}

function unknownProgram(why: string): Started {
  return { program: { kind: 'unknown', why } };
}
