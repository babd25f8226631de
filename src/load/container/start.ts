import { type Given, known } from '../../syntax/compose/given.ts';
import type { BuiltImage } from '../compose/built-image.ts';
import { type ScriptEffects, scriptEffects } from '../compose/script-effects.ts';
import type { ComposeService } from '../compose/service.ts';
import type { KnownImage } from '../images/known-image.ts';
import type { ContainerView } from './view.ts';

type Words = Given<readonly Given<string>[]>;

/** With which words a container starts, and who gives them. */
export interface ContainerStart {
  /** Absent where neither service, nor build, nor what is known of the image says. */
  readonly entrypoint?: Words;
  readonly command?: Words;
  /** True where the image's own entrypoint runs. */
  readonly isImagesEntrypoint: boolean;
}

/** The words that count: of the service before those of its build before those of the image. */
export function containerStart(
  service: ComposeService,
  built: BuiltImage | undefined,
  image: KnownImage | undefined,
): ContainerStart {
  const imageWords = (words: readonly string[]): Words => {
    const { span } = service;
    return known(
      words.map((word) => known(word, span)),
      span,
    );
  };
  const isImagesEntrypoint = !service.entrypoint && !built?.entrypoint && image !== undefined;
  const imageEntrypoint = image && imageWords(image.entrypoint);
  const entrypoint = service.entrypoint ?? built?.entrypoint ?? imageEntrypoint;
  // An entrypoint of one's own takes the command of the image below away.
  const buildCommand = built?.entrypoint
    ? built.command
    : (built?.command ?? (image && imageWords(image.command)));
  const command = service.command ?? (service.entrypoint ? undefined : buildCommand);
  return { isImagesEntrypoint, ...(entrypoint && { entrypoint }), ...(command && { command }) };
}

/** All words in a row; undefined where some are not known. */
function startWords({ entrypoint, command }: ContainerStart): readonly string[] | undefined {
  const words: string[] = [];
  for (const part of [entrypoint, command]) {
    if (!part) continue;
    if (part.kind === 'unknown') return undefined;
    for (const word of part.value) {
      if (word.kind === 'unknown') return undefined;
      words.push(word.value);
    }
  }
  return words;
}

const NOTHING: ScriptEffects = { paths: [], removed: [] };

/** Scripts call scripts; how deep that is followed. */
const MAX_SCRIPTS = 4;

/**
 * What the start of a container may change in its files before the server reads them. The entrypoints of known images do what is known of
 * them; scripts that are among the files are read, though never run.
 */
export function startEffects(
  start: ContainerStart,
  environment: ReadonlyMap<string, Given<string>>,
  view: ContainerView,
): ScriptEffects {
  const { command, entrypoint } = start;
  const words = startWords(
    start.isImagesEntrypoint ? { isImagesEntrypoint: true, ...(command && { command }) } : start,
  );
  // Of an image that is not known, nothing but what is laid over it is.
  if (!entrypoint && !command) return NOTHING;
  if (!words) {
    return { paths: [], removed: [], anything: 'what it runs is not known' };
  }
  return effectsOf(words, environment, view, 0);
}

function effectsOf(
  words: readonly string[],
  environment: ReadonlyMap<string, Given<string>>,
  view: ContainerView,
  depth: number,
): ScriptEffects {
  const [program = '', ...rest] = words;
  if (program === '') return NOTHING;
  const isShell = /^(?:\/bin\/|\/usr\/bin\/)?(?:ba|a|da)?sh$/.test(program);
  const script = isShell && rest[0] !== undefined && !rest[0].startsWith('-') ? rest[0] : program;
  const text = depth < MAX_SCRIPTS ? scriptText(script, view) : undefined;
  if (text === undefined) {
    const { removed, ...effects } = scriptEffects(quoted(words), undefined, environment);
    // A container that starts again finds what it left.
    return { ...effects, paths: [...effects.paths, ...removed], removed: [] };
  }
  const own = scriptEffects(text, undefined, environment);
  // A script ends by running what it is given.
  const given = script === program ? rest : rest.slice(1);
  const after = effectsOf(given, environment, view, depth + 1);
  const anything = own.anything ?? after.anything;
  const paths = [...own.paths, ...own.removed, ...after.paths, ...after.removed];
  return { paths, removed: [], ...(anything !== undefined && { anything }) };
}

function scriptText(program: string, view: ContainerView): string | undefined {
  const path = program.includes('/') ? program : `/usr/local/bin/${program}`;
  const place = view.find(path);
  if (place.kind !== 'host' && place.kind !== 'text') return undefined;
  try {
    const text = Buffer.from(view.fileSystem.readFile(path)).toString('utf8');
    return /^#!\S*\/(?:env )?(?:ba|a|da)?sh\b/.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
}
