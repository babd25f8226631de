import { type Given, known, unknown } from '../../syntax/compose/given.ts';
import { lineSpan } from '../../syntax/dockerfile/logical-line.ts';
import { type Instruction, parseDockerfile } from '../../syntax/dockerfile/parse.ts';
import type { Source, Span } from '../../syntax/source.ts';
import type { BuildStep, BuiltImage } from './built-image.ts';
import { copySteps } from './dockerfile-copy.ts';
import { pathBelow, type WordReader, wordReader } from './dockerfile-words.ts';

/** With what an image is built. */
export interface BuildOptions {
  /** The stage that is built; the last one where absent. */
  readonly target?: Given<string>;
  readonly args: ReadonlyMap<string, Given<string>>;
  /** Names for which `FROM` means something else than a stage or an image. */
  readonly contexts: ReadonlySet<string>;
  /** What an image brings along; undefined where it is not known. */
  inherited(image: string): Inherited | undefined;
}

/** What a stage takes from the image it starts from. */
export interface Inherited {
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
}

/** A stage while it is read. */
interface Stage {
  readonly name: string;
  readonly base: Given<string>;
  readonly steps: BuildStep[];
  readonly environment: Map<string, Given<string>>;
  readonly exposed: Given<string>[];
  readonly args: Map<string, Given<string>>;
  user?: Given<string>;
  workingDirectory?: Given<string>;
  entrypoint?: Given<readonly Given<string>[]>;
  command?: Given<readonly Given<string>[]>;
}

/** The builder sets them itself. https://docs.docker.com/reference/dockerfile/#predefined-args */
const PREDEFINED = /^(?:BUILD|TARGET)(?:PLATFORM|OS|ARCH|VARIANT)$|^(?:https?|ftp|no|all)_proxy$/i;

/** In UTF-16 units; and so many instructions and sources of copies. Stages that build on each other repeat all of those before. */
const LONGEST = 1 << 18;
const MAX_STEPS = 300;

/** Reads a Dockerfile and follows it to the stage that is built, or says why there is none. */
export function readDockerfile(source: Source, options: BuildOptions): BuiltImage | string {
  if (source.text.length > LONGEST) return 'its Dockerfile is longer than is read';
  const { instructions, escapeCharacter } = parseDockerfile(source);
  if (instructions.length > MAX_STEPS) return `its Dockerfile has more than ${MAX_STEPS} instructions`;
  const stages: Stage[] = [];
  const globals = new Map<string, Given<string>>();
  for (const instruction of instructions) {
    const stage = stages.at(-1);
    const values = instruction.keyword === 'FROM' || !stage ? globals : valuesOf(stage);
    const reader = wordReader(instruction, values, escapeCharacter);
    if (instruction.keyword === 'FROM') stages.push(newStage(instruction, stages, reader, options));
    else if (instruction.keyword === 'ARG') {
      declareArguments(instruction, stage?.args ?? globals, globals, reader, options);
    } else if (stage) apply(instruction, stage, reader);
    if (stage && stage.steps.length > MAX_STEPS) return `its Dockerfile has more than ${MAX_STEPS} steps`;
  }
  const stage = targetStage(stages, options.target);
  if (!stage) return 'its Dockerfile has no such target';
  const { name: _, args: __, ...image } = stage;
  return { source, ...image };
}

/** A variable of `ENV` counts before an argument of the same name. */
function valuesOf({ args, environment }: Stage): ReadonlyMap<string, Given<string>> {
  return new Map([...args, ...environment]);
}

function targetStage(stages: readonly Stage[], target: Given<string> | undefined): Stage | undefined {
  if (!target) return stages.at(-1);
  if (target.kind === 'unknown') return undefined;
  const wanted = target.value.toLowerCase();
  return (
    stages.find(({ name }) => name === wanted) ?? (/^\d+$/.test(wanted) ? stages[Number(wanted)] : undefined)
  );
}

function newStage(
  { words, span }: Instruction,
  stages: readonly Stage[],
  reader: WordReader,
  options: BuildOptions,
): Stage {
  const [image, as, alias] = words;
  const name = as?.text.toLowerCase() === 'as' && alias ? alias.text.toLowerCase() : '';
  const base = image ? reader.word(image) : unknown('FROM names no image', span);
  const args = new Map<string, Given<string>>();
  const before = base.kind === 'known' && stages.find((each) => each.name === base.value.toLowerCase());
  if (before) {
    const { steps, environment, exposed } = before;
    return {
      ...before,
      name,
      steps: [...steps],
      environment: new Map(environment),
      exposed: [...exposed],
      args,
    };
  }
  if (base.kind === 'known' && options.contexts.has(base.value)) {
    const other = unknown('additional_contexts puts something else in its place', base.span);
    return { name, base: other, steps: [], environment: new Map(), exposed: [], args };
  }
  const inherited = base.kind === 'known' ? options.inherited(base.value) : undefined;
  const directory = inherited?.workingDirectory;
  return {
    name,
    base,
    steps: [],
    environment: inheritedEnvironment(inherited, base.span),
    exposed: [],
    args,
    ...(directory !== undefined && { workingDirectory: known(directory, base.span) }),
  };
}

function inheritedEnvironment(inherited: Inherited | undefined, span: Span): Map<string, Given<string>> {
  const entries = Object.entries(inherited?.environment ?? {});
  return new Map(entries.map(([name, value]) => [name, known(value, span)]));
}

function apply(instruction: Instruction, stage: Stage, reader: WordReader): void {
  const { keyword, words, span } = instruction;
  const [first] = words;
  switch (keyword) {
    case 'ENV':
      for (const [name, value] of assignments(instruction, reader)) stage.environment.set(name, value);
      break;
    case 'WORKDIR':
      if (first) stage.workingDirectory = pathBelow(stage.workingDirectory, reader.rest());
      break;
    case 'USER':
      if (first) stage.user = reader.word(first);
      break;
    case 'EXPOSE':
      for (const word of words) stage.exposed.push(reader.word(word));
      break;
    case 'ENTRYPOINT':
      stage.entrypoint = commandOf(instruction);
      // https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact
      delete stage.command;
      break;
    case 'CMD':
      stage.command = commandOf(instruction);
      break;
    case 'RUN': {
      const { workingDirectory } = stage;
      const values = valuesOf(stage);
      stage.steps.push({
        kind: 'run',
        span,
        text: runText(instruction),
        values,
        ...(workingDirectory && { workingDirectory }),
      });
      break;
    }
    case 'COPY':
    case 'ADD':
      for (const step of copySteps(instruction, stage.workingDirectory, reader)) stage.steps.push(step);
      break;
    default:
      break;
  }
}

/** The words that start a container: a list, or a line that `/bin/sh -c` gets. */
function commandOf({ list, rest, span }: Instruction): Given<readonly Given<string>[]> {
  const words = list ?? (rest === '' ? [] : ['/bin/sh', '-c', rest]);
  return known(
    words.map((text) => known(text, span)),
    span,
  );
}

function runText({ list, rest, heredocs }: Instruction): string {
  const text = list ? list.map((each) => `'${each}'`).join(' ') : rest;
  return [text, ...heredocs.map((each) => each.text)].join('\n');
}

/** `ENV A=1 B=2`, or `ENV A all of the rest`. */
function assignments(
  { words, rest, restStart, line }: Instruction,
  reader: WordReader,
): readonly (readonly [string, Given<string>])[] {
  const [first, second] = words;
  if (first && second && !first.text.includes('=')) {
    const value = rest.slice(second.start - restStart);
    return [[first.text, reader.text(value, lineSpan(line, second.start, second.start + value.length))]];
  }
  return words.flatMap(({ text, start, end }) => {
    const equals = text.indexOf('=');
    if (equals <= 0) return [];
    return [
      [text.slice(0, equals), reader.text(text.slice(equals + 1), lineSpan(line, start + equals + 1, end))],
    ];
  });
}

/** An argument has the value that is passed, its default, or that of a global argument; without any it is empty. */
function declareArguments(
  { words, line }: Instruction,
  into: Map<string, Given<string>>,
  globals: ReadonlyMap<string, Given<string>>,
  reader: WordReader,
  options: BuildOptions,
): void {
  for (const { text, start, end } of words) {
    const equals = text.indexOf('=');
    const name = equals === -1 ? text : text.slice(0, equals);
    const span = lineSpan(line, start, end);
    const passed = options.args.get(name);
    const value = equals === -1 ? undefined : reader.text(text.slice(equals + 1), span);
    const predefined = PREDEFINED.test(name) ? unknown('the builder sets it', span) : undefined;
    into.set(name, passed ?? value ?? globals.get(name) ?? predefined ?? known('', span));
  }
}
