import { placeOf, type Word } from '../../../syntax/command-line/words.ts';
import type { Source, Span } from '../../../syntax/source.ts';
import type { Address } from '../../links/address.ts';
import type { App } from '../app.ts';
import type { Environment } from '../environment.ts';

/** One place where a command has its program listen: an app that is not named yet. */
export type DeclaredListener = Omit<App, 'name' | 'declaredBy' | 'process' | 'isAlternative'>;

/**
 * What a command tells of where its program listens. `silent`: nowhere that nginx could dial. `unplaced`: the command does
 * not tell, so that it may be anywhere.
 */
export type CommandListeners =
  | { readonly kind: 'listens'; readonly listeners: readonly DeclaredListener[] }
  | { readonly kind: 'silent' }
  | { readonly kind: 'unplaced' };

/** The files around a program that its start may refer to. */
export interface NearbyFiles {
  /** The text of a file; absent where it is not there or not to be read. */
  read(path: string): Source | undefined;
  /** True only where a file is known not to be there. */
  isAbsent(path: string): boolean;
  /** A script of the package.json of a directory: `next start -p 3000`. */
  script(directory: string, name: string): Word | undefined;
}

/** A program, what it is given, and what it finds around it. */
export interface Call {
  /** The last part of its path: `gunicorn`. */
  readonly program: string;
  /** The word that names it. */
  readonly word: Word;
  readonly args: readonly Word[];
  readonly environment: Environment;
  /** Where relative paths begin; absent where that is not known. */
  readonly directory?: string;
  readonly nearby: NearbyFiles;
}

/** A value that was given, and where it stands. */
export interface Given {
  readonly text: string;
  readonly span: Span;
  readonly isUnknown?: true;
}

/** A value and its place, out of a word that holds it. */
export function given(word: Word, text: string): Given {
  return { text, span: placeOf(word, text), ...(word.isUnknown && { isUnknown: true }) };
}

/**
 * The values of an option, in their order: `--port 3000`, `--port=3000`, `-p 3000`, `-p3000`. `names` are all its spellings.
 */
export function optionValues(args: readonly Word[], names: readonly string[] = []): readonly Given[] {
  return args.flatMap((word, index): readonly Given[] => {
    if (names.includes(word.text)) {
      const next = args[index + 1];
      return next ? [given(next, next.text)] : [];
    }
    for (const name of names) {
      if (word.text.startsWith(`${name}=`)) return [given(word, word.text.slice(name.length + 1))];
      const isShort = /^-[A-Za-z]$/.test(name) && word.text.startsWith(name);
      if (isShort && /^[\d:./[]/.test(word.text.slice(2))) return [given(word, word.text.slice(2))];
    }
    return [];
  });
}

/** True where one of the options stands there, with or without a value. */
export function hasOption(args: readonly Word[], names: readonly string[] = []): boolean {
  return args.some(({ text }) => names.some((name) => text === name || text.startsWith(`${name}=`)));
}

/** The first word that is no option: most often a command of the program. */
export function commandWord(args: readonly Word[]): string | undefined {
  return args.find(({ text }) => !text.startsWith('-'))?.text;
}

/** The value of the first of these variables that is set. */
export function variableOf(
  { variables }: Environment,
  names: readonly string[] = [],
): (Given & { readonly name: string; readonly doubt?: string }) | undefined {
  for (const name of names) {
    const variable = variables.get(name);
    if (!variable || variable.value === '') continue;
    const { value, span, isUnknown, doubt } = variable;
    return {
      name,
      text: value,
      span,
      ...(isUnknown && { isUnknown }),
      ...(doubt !== undefined && { doubt }),
    };
  }
  return undefined;
}

/** A port as it is written, 1 to 65535; zero asks the kernel for any. */
export function portOf(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? port : undefined;
}

/** What is told where a command names one address. */
export function listensAt(
  address: Address | undefined,
  facts: Omit<DeclaredListener, 'address'>,
): CommandListeners {
  return address ? { kind: 'listens', listeners: [{ address, ...facts }] } : { kind: 'unplaced' };
}
