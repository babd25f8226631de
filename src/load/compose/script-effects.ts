import type { Given } from '../../syntax/compose/given.ts';
import { interpolate } from '../../syntax/compose/interpolate.ts';
import { type ShellCommand, shellCommands } from '../../syntax/shell/commands.ts';
import { isInside } from '../path-resolver.ts';
import { packageEffects } from './package-effects.ts';
import { normalPath } from './reading.ts';
import {
  BUILDERS,
  CONDITIONS,
  EXTENSION_STEPS,
  MAKERS,
  PACKAGE_TOOLS,
  QUIET,
  SHELLS,
  UNPACKERS,
  USER_TOOLS,
  WRAPPERS,
  WRITERS,
} from './script-programs.ts';

/** What a script may have changed. */
export interface ScriptEffects {
  /** Paths at and below which anything may be different. */
  readonly paths: readonly string[];
  /** Paths, or patterns of a last name, that are not there afterwards. A script that may take another way has none. */
  readonly removed: readonly string[];
  /** Set where it may have changed anything at all: what in it is not understood. */
  readonly anything?: string;
}

/** Directories where a change of owner or mode decides whether a socket can be made or opened. */
const SOCKET_PLACES = /^\/(?:var\/)?run(?:\/|$)|^\/tmp(?:\/|$)|^\/var\/lib(?:\/|$)|^\/sock/;

/** Every shell starts anew, so nesting ends; a script made to nest does not. */
const MAX_DEPTH = 5;

/** In UTF-16 units; a command of so many words; and paths that are looked for each time that a file is. Real scripts are far below. */
const LONGEST = 1 << 18;
const MAX_PATHS = 500;
const MAX_WORDS = 500;
/** `! ! ! exec env ...`: each word runs the rest. */
const MAX_WRAPPERS = 20;

/** What a script may have changed, started in a directory, with the variables it sees. Commands it does not know may change anything. */
export function scriptEffects(
  script: string,
  directory: string | undefined,
  values: ReadonlyMap<string, Given<string>>,
  depth = 0,
): ScriptEffects {
  if (script.length > LONGEST)
    return { paths: [], removed: [], anything: 'it is longer than is looked through' };
  const paths: string[] = [];
  const removed: string[] = [];
  let anything: string | undefined;
  let current = directory;
  let isCertain = true;
  let isExtension = false;

  const filled = (word: string): string | undefined => {
    if (!word.includes('$')) return word;
    const result = interpolate(word, (name) => {
      const value = values.get(name);
      return value?.kind === 'known' ? { kind: 'known', value: value.value } : undefined;
    });
    return result.kind === 'known' ? result.value : undefined;
  };
  const pathOf = (word: string): string | undefined => {
    const text = filled(word);
    const glob = text?.search(/[*?[]/) ?? -1;
    const fixed = glob === -1 ? text : text?.slice(0, text.lastIndexOf('/', glob) + 1);
    if (fixed === undefined) return undefined;
    if (fixed.startsWith('/')) return normalPath(fixed);
    return current === undefined ? undefined : normalPath(`${current}/${fixed}`);
  };
  /** Notes what a command writes; a path that is not known may be any. */
  const write = (word: string, isCertain: boolean): void => {
    const path = pathOf(word);
    if (path !== undefined) paths.push(path);
    else if (!isCertain) anything ??= `it writes to "${word}"`;
  };

  function run({ words, outputs }: ShellCommand, wrappers = 0): void {
    if (wrappers > MAX_WRAPPERS || words.length > MAX_WORDS || paths.length + removed.length > MAX_PATHS) {
      anything ??= 'it does more than is looked through';
      return;
    }
    for (const output of outputs) if (output !== '/dev/null') write(output, false);
    const start = words.findIndex((word) => !/^\w+=/.test(word));
    const [name = '', ...args] = start === -1 ? [] : words.slice(start);
    const program = name.replace(/^(?:\/usr)?(?:\/local)?\/s?bin\//, '');
    const names = args.filter((word) => !word.startsWith('-'));
    if (program === '') return;
    if (program === 'cd') current = names[0] === undefined ? undefined : pathOf(names[0]);
    else if (CONDITIONS.has(program)) {
      isCertain = false;
      run({ words: args, outputs: [] }, wrappers + 1);
    } else if (WRAPPERS.has(program)) run({ words: names, outputs: [] }, wrappers + 1);
    else if (program === 'rm' && isCertain) names.forEach(remove);
    else if (QUIET.has(program)) return;
    else if (SHELLS.has(program)) shell(args);
    else if (PACKAGE_TOOLS.has(program)) paths.push(...packageEffects(names));
    else if (/^docker-php-ext-|^install-php-extensions$/.test(program))
      paths.push('/usr/local/etc/php/conf.d');
    else if (USER_TOOLS.has(program)) paths.push('/etc/passwd', '/etc/group');
    else if (BUILDERS.has(program)) {
      if (current !== undefined && current !== '/') paths.push(current);
    } else if (MAKERS.has(program)) make(program, names);
    else if (EXTENSION_STEPS.has(program) && isExtension) return;
    else if (program === 'phpize') isExtension = true;
    else if (WRITERS.has(program)) {
      if (UNPACKERS.has(program) && current !== undefined && current !== '/') paths.push(current);
      for (const word of args.map((each) => each.replace(/^--?[\w-]+=?/, ''))) {
        if (word !== '' && word !== '-' && !/^[a-z]+:\/\//.test(word)) write(word, !/[/$]/.test(word));
      }
    } else anything ??= `it runs "${program}"`;
  }

  /** What is removed before something else is put there counts as changed. */
  function remove(word: string): void {
    const text = filled(word);
    const path = text?.startsWith('/') ? normalPath(text) : pathOf(word);
    if (path === undefined || paths.some((changed) => isInside(changed, path))) make('rm', [word]);
    else if (!/[[?]|\*.*\/|\*.*\*/.test(path)) removed.push(path);
    else make('rm', [word]);
  }

  function make(program: string, names: readonly string[]): void {
    const isOwner = program.startsWith('ch') || program.startsWith('set');
    for (const word of names) {
      const path = pathOf(word);
      if (path !== undefined && (!isOwner || SOCKET_PLACES.test(path))) paths.push(path);
    }
  }

  function shell(args: readonly string[]): void {
    const at = args.findIndex((word) => /^-\w*c$/.test(word));
    const text = at === -1 ? undefined : args[at + 1];
    // The one script that half of all Dockerfiles pipe into a shell adds a source of packages.
    if (text === undefined && script.includes('https://deb.nodesource.com/setup')) return;
    if (text === undefined || depth >= MAX_DEPTH) {
      anything ??= `it runs the script "${args[0] ?? ''}"`;
      return;
    }
    const inner = scriptEffects(text, current, values, depth + 1);
    paths.push(...inner.paths, ...inner.removed);
    anything ??= inner.anything;
  }

  for (const command of shellCommands(script)) run(command);
  return {
    paths: [...new Set(paths)].filter((path) => path !== ''),
    removed,
    ...(anything !== undefined && { anything }),
  };
}
