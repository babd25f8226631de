import { afterWhitespace, LF, SHARP } from './characters.ts';
import { LENGTH_MAX as LINE_MAX, type LineCache, lineCache, type ReadLines } from './line-cache.ts';
import { type Contents, contentsOf, Statement } from './statement.ts';

/** A directive of more lines is read with all of the file around. */
const LINES_MAX = 30;

/** A longer block is hardly ever written twice. */
const SHARED_MAX = 64;

/** So many different blocks are shared, and so many of those whose hashes are equal. */
const BLOCKS_MAX = 20_000;
const ALIKE_MAX = 8;

/** A block that is being read. */
interface Frame {
  opener: Statement | undefined;
  /** The lines that opened it and where they begin, where they do nothing else. */
  lines: ReadLines | undefined;
  linesStart: number;
  /** Where the directive around begins. */
  start: number;
  /** The first `count` of both lists are its statements so far: to let them grow anew for each block costs more than the rest. */
  readonly statements: Statement[];
  readonly starts: number[];
  count: number;
}

/**
 * Reads texts line by line, looking each line up among those it has met: what ten thousand sites repeat is cut into words once. Blocks of
 * lines that were all met before are one object as well, wherever they stand. `undefined` for a text that is not well-formed; it is
 * for {@link readWhole}, which knows what to say of it.
 */
export function readerByLines(): (text: string) => Contents | undefined {
  const cache: LineCache = lineCache();
  const frames: Frame[] = [];
  const blocks = new Map<number, Statement[]>();
  let blockCount = 0;
  let ids = 0;

  function frameAt(depth: number): Frame {
    let frame = frames[depth];
    if (!frame) {
      frame = {
        opener: undefined,
        lines: undefined,
        linesStart: 0,
        start: 0,
        statements: [],
        starts: [],
        count: 0,
      };
      frames.push(frame);
    }
    return frame;
  }

  function linesAt(text: string, start: number, firstEnd: number): ReadLines | undefined {
    let end = firstEnd;
    for (let lines = 0; lines < LINES_MAX; lines++) {
      const reading = cache.read(text, start, end);
      if (reading === 'faulty') return undefined;
      if (reading !== 'part') {
        lineEnd = end;
        return reading;
      }
      if (end === text.length) return undefined;
      end = endOfLine(text, end + 1);
    }
    return undefined;
  }
  /** Where the lines that were read last end. */
  let lineEnd = 0;

  /** The block that closes, the same object as an equal one before where all of its lines were met before. */
  function closed(frame: Frame, opener: Statement, end: number): Statement {
    const isShared = opener.id > 0 && frame.count <= SHARED_MAX && allRepeated(frame);
    if (!isShared) return blockOf(frame, opener, end);
    const hash = hashOf(frame, opener, end);
    const alike = blocks.get(hash);
    const known = alike?.find((block) => isSame(block, frame, opener, end));
    if (known) return known;
    const block = blockOf(frame, opener, end);
    if (blockCount >= BLOCKS_MAX || (alike && alike.length >= ALIKE_MAX)) return block;
    blockCount++;
    // Of the ids of lines, none is negative.
    block.id = --ids;
    if (alike) alike.push(block);
    else blocks.set(hash, [block]);
    return block;
  }

  return (text) => {
    let depth = 0;
    let frame = frameAt(0);
    frame.count = 0;
    for (let start = 0; start < text.length; start = lineEnd + 1) {
      const firstEnd = endOfLine(text, start);
      if (saysNothing(text, start, firstEnd)) {
        lineEnd = firstEnd;
        continue;
      }
      const read = linesAt(text, start, firstEnd);
      if (!read) return undefined;
      const { block } = read;
      if (block && text.slice(start, start + block.text.length) === block.text) {
        const end = start + block.text.length;
        if (end === text.length || text.charCodeAt(end) === LF) {
          add(frame, block.statement, start + block.at);
          lineEnd = end;
          continue;
        }
      }
      for (const step of read.steps) {
        const at = start + step.at;
        switch (step.kind) {
          case 'statement':
            add(frame, step.statement, at);
            break;
          case 'open':
            frame = frameAt(++depth);
            frame.opener = step.opener;
            frame.lines = read.steps.length === 1 ? read : undefined;
            frame.linesStart = start;
            frame.start = at;
            frame.count = 0;
            break;
          case 'close': {
            const { opener } = frame;
            if (depth === 0 || !opener) return undefined;
            const block = closed(frame, opener, at + 1 - frame.start);
            const { start: from, lines, linesStart } = frame;
            if (lines && block.id !== 0 && read.steps.length === 1) {
              const whole = text.slice(linesStart, lineEnd);
              lines.block = { text: whole, at: from - linesStart, statement: block };
            }
            frame = frameAt(--depth);
            add(frame, block, from);
            break;
          }
          default:
            step satisfies never;
        }
      }
    }
    return depth === 0 ? contentsIn(frame) : undefined;
  };
}

/** True for an empty line, and for a comment that is sure to fit nginx's buffer. */
function saysNothing(text: string, start: number, end: number): boolean {
  const at = afterWhitespace(text, start, end);
  return at === end || (text.charCodeAt(at) === SHARP && end - at < LINE_MAX);
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function add(frame: Frame, statement: Statement, at: number): void {
  frame.statements[frame.count] = statement;
  frame.starts[frame.count] = at - frame.start;
  frame.count++;
}

function contentsIn({ statements, starts, count }: Frame): Contents {
  return contentsOf(statements.slice(0, count), starts.slice(0, count));
}

function blockOf(frame: Frame, opener: Statement, end: number): Statement {
  const { name, nameEnd, values, terminator, hasBrace, hasDollar } = opener;
  const contents = contentsIn(frame);
  return new Statement(name, nameEnd, values, terminator, true, hasBrace, hasDollar, end, contents);
}

function allRepeated({ statements, count }: Frame): boolean {
  for (let at = 0; at < count; at++) if (statements[at]?.id === 0) return false;
  return true;
}

function hashOf({ statements, starts, count }: Frame, opener: Statement, end: number): number {
  let hash = opener.id * 31 + end;
  for (let at = 0; at < count; at++) {
    hash = Math.imul(hash, 31) + (statements[at]?.id ?? 0);
    hash = Math.imul(hash, 31) + (starts[at] ?? 0);
  }
  return hash | 0;
}

function isSame(block: Statement, frame: Frame, opener: Statement, end: number): boolean {
  const { contents } = block;
  if (!contents || contents.statements.length !== frame.count || block.end !== end) return false;
  if (
    block.name !== opener.name ||
    block.values !== opener.values ||
    block.terminator !== opener.terminator
  ) {
    return false;
  }
  for (let at = 0; at < frame.count; at++) {
    if (contents.statements[at] !== frame.statements[at] || contents.starts[at] !== frame.starts[at]) {
      return false;
    }
  }
  return true;
}
