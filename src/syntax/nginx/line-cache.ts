import { shared } from '../repeated.ts';
import type { Source } from '../source.ts';
import { Arguments } from './arguments.ts';
import { afterWhitespace } from './characters.ts';
import { Lexer } from './lex.ts';
import { plainStatement } from './plain-line.ts';
import { Statement } from './statement.ts';
import { unescapeWord } from './word.ts';

/** What a line does: it states something, opens a block or closes one. */
export type Step =
  | { readonly kind: 'statement'; readonly at: number; readonly statement: Statement }
  /** A statement of which only the words are known. */
  | { readonly kind: 'open'; readonly at: number; readonly opener: Statement }
  /** `at` is the offset of the brace. */
  | { readonly kind: 'close'; readonly at: number };

/** Lines that begin and end between directives, in the order of their steps; offsets count from the first character. */
export interface ReadLines {
  readonly steps: readonly Step[];
  /** The whole block that the lines opened last, where that was met before: most often it is the one that they open next. */
  block: RepeatedBlock | undefined;
}

/** A block of lines that were all met before. */
export interface RepeatedBlock {
  /** From the start of its first line to the end of its last. */
  readonly text: string;
  /** Where it begins, as an offset into the text. */
  readonly at: number;
  readonly statement: Statement;
}

/** `part`: a directive ends on a later line. `faulty`: to be read with all of the file around. */
export type LineReading = ReadLines | 'part' | 'faulty';

/** So many texts are kept of late, and as many of those before. */
const KEPT_MAX = 2048;

/** A longer text is not written twice, and might not fit nginx's buffer. */
export const LENGTH_MAX = 1000;

/** Reads lines, each text once: most lines of a host stand in every site. */
export interface LineCache {
  /** What lines of a text say. They begin at the start of one, between two directives. */
  read(text: string, start: number, end: number): LineReading;
}

/** A cache that has met nothing yet. What was not met for long is forgotten. */
export function lineCache(): LineCache {
  let late = new Map<string, LineReading>();
  let before = new Map<string, LineReading>();
  const met = metBefore();
  let ids = 0;

  function keep(text: string, reading: LineReading): void {
    if (late.size >= KEPT_MAX) {
      before = late;
      late = new Map();
    }
    late.set(text, reading);
  }

  return {
    read(text, start, end) {
      if (end - start > LENGTH_MAX) return 'faulty';
      const lines = text.slice(start, end);
      const known = late.get(lines);
      if (known !== undefined) return known;
      const older = before.get(lines);
      const reading = older ?? readPlain(text, start, end) ?? readLines(lines);
      // A tenth of a site's lines are in no other: to keep them all would cost more than to read some twice.
      if (older === undefined && !met(text, start, end)) return reading;
      keep(lines, reading);
      if (typeof reading === 'string' || older !== undefined) return reading;
      for (const step of reading.steps) {
        if (step.kind === 'statement') step.statement.id = ++ids;
        else if (step.kind === 'open') step.opener.id = ++ids;
      }
      return reading;
    },
  };
}

/** So many texts are told apart from those that were not met; a power of two. */
const TOLD_APART = 1 << 14;

/**
 * Tells whether lines were met before; once in a great while of some that were not, and after many others no more of some that were. It
 * walks the whole text: one that is cut out of another is slower to walk.
 */
function metBefore(): (text: string, start: number, end: number) => boolean {
  const hashes = new Int32Array(TOLD_APART);
  return (text, start, end) => {
    let hash = end - start;
    for (let at = start; at < end; at++) hash = Math.imul(hash, 31) + text.charCodeAt(at);
    const place = hash & (TOLD_APART - 1);
    // Zero is what nobody has left there.
    const left = hash | 0 || 1;
    const isMet = hashes[place] === left;
    hashes[place] = left;
    return isMet;
  };
}

function readPlain(text: string, start: number, end: number): ReadLines | undefined {
  const begin = afterWhitespace(text, start, end);
  const statement = plainStatement(text, begin, end);
  return statement && { steps: [{ kind: 'statement', at: begin - start, statement }], block: undefined };
}

const args = new Arguments();

function readLines(text: string): LineReading {
  let isFaulty = false;
  const source: Source = { path: '', file: '', text, encoding: 'utf8' };
  const lexer = new Lexer(source, () => {
    isFaulty = true;
  });
  let steps: Step[] = nothing;
  const add = (step: Step): void => {
    // Nearly all lines take one step, and an array that grows has room for many.
    if (steps === nothing) steps = [step];
    else steps.push(step);
  };
  const mayHaveBrace = text.includes('{');
  const mayHaveDollar = text.includes('$');
  /** The name of the directive that is being read, once there is one. */
  let name: string | undefined;
  let start = 0;
  let nameEnd = 0;
  args.begin();
  while (lexer.next()) {
    switch (lexer.kind) {
      case 'word': {
        const value = unescapeWord(text, lexer.innerStart, lexer.innerEnd);
        if (name === undefined) {
          name = shared(value);
          start = lexer.start;
          nameEnd = lexer.end - start;
          break;
        }
        args.add(value);
        break;
      }
      case 'semicolon':
      case 'open': {
        if (name === undefined || lexer.isBeforeScript) return 'faulty';
        const terminator = lexer.start - start;
        const values = args.all();
        const hasBrace = mayHaveBrace && values.some((value) => value.includes('{'));
        const hasDollar = mayHaveDollar && values.some((value) => value.includes('$'));
        const end = terminator + 1;
        const statement = new Statement(name, nameEnd, values, terminator, true, hasBrace, hasDollar, end);
        add(
          lexer.kind === 'open'
            ? { kind: 'open', at: start, opener: statement }
            : { kind: 'statement', at: start, statement },
        );
        name = undefined;
        args.begin();
        break;
      }
      case 'close':
        if (name !== undefined) return 'faulty';
        add({ kind: 'close', at: lexer.start });
        break;
      case 'lua':
      case 'template':
        return 'faulty';
      case 'comment':
      case 'whitespace':
        break;
      default:
        lexer.kind satisfies never;
    }
  }
  if (lexer.endedInDirective) return 'part';
  return isFaulty ? 'faulty' : { steps, block: undefined };
}

const nothing: Step[] = [];
