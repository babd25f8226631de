import { type Word, wordsWithin } from '../../../syntax/command-line/words.ts';

/** The programs that run a line of a shell. */
export const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'ash', 'zsh']);

/** Commands that end at once and leave what is started after them as it is. `cd` is looked at. */
const passing: ReadonlySet<string> = new Set([
  'mkdir',
  'chmod',
  'chown',
  'rm',
  'cp',
  'ln',
  'echo',
  'true',
  'sleep',
  'umask',
  'ulimit',
  'set',
]);

/** The one program that a line of a shell starts, and the directory that the line goes to first. */
export interface SimpleCommand {
  readonly words: readonly Word[];
  /** What `cd` is given, where it stands in front. */
  readonly directory?: string;
}

/** What makes a line more than programs one after the other. `2>&1` and `&&` are none of it. */
const involved = /[`|<(){}]|;;|&|\b(?:do|then|else|trap)\b/;

/**
 * Reads a line of a shell; `undefined` where it starts more than one program that stays, or finds out by running something
 * what it starts. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
 */
export function simpleCommand(line: Word): SimpleCommand | undefined {
  const plain = line.text
    .replaceAll('&&', ';')
    .replace(/\d?>&\d/g, '')
    .replace(/\$\{\w+(?::?-[^}]{0,500})?\}/g, '');
  if (involved.test(plain)) return undefined;
  const commands: Word[][] = [[]];
  for (const word of wordsWithin(line, 'shell')) {
    const ends = word.text === '&&' || (word.text.endsWith(';') && !word.isVerbatim);
    const text = word.text === '&&' ? '' : ends ? word.text.slice(0, -1) : word.text;
    if (text !== '') commands.at(-1)?.push({ ...word, text });
    if (ends) commands.push([]);
  }
  let directory: string | undefined;
  const started: (readonly Word[])[] = [];
  for (const command of commands) {
    const [first, second] = command;
    if (!first || passing.has(first.text)) continue;
    if (first.text !== 'cd') started.push(command);
    else if (started.length === 0 && second) directory = second.text;
  }
  const [only, ...others] = started;
  if (!only || others.length > 0) return undefined;
  const redirected = only.findIndex(({ text }) => /^\d?>/.test(text));
  const words = redirected === -1 ? only : only.slice(0, redirected);
  return { words, ...(directory !== undefined && { directory }) };
}
