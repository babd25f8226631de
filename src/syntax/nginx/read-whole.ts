import { limitedProblems } from '../problem.ts';
import { positionAt, type Source } from '../source.ts';
import { isWhitespace } from './characters.ts';
import { Lexer } from './lex.ts';
import { type Contents, contentsOf, Statement } from './statement.ts';
import type { NginxProblem, Word } from './tree.ts';
import { valueOfWord } from './word.ts';

/** A directive whose end is not known yet. All its offsets count from the start of the text. */
interface Draft {
  readonly name: string;
  readonly nameEnd: number;
  readonly args: readonly Word[];
  readonly start: number;
  readonly terminator: number;
  readonly isTerminated: boolean;
  end: number;
  block?: Draft[];
  /** The same, once it is closed. */
  contents?: Contents;
  script?: { readonly start: number; readonly end: number };
}

/**
 * Reads one file into its statements, as nginx's tokenizer and ngx_conf_parse do (src/core/ngx_conf_file.c), without
 * knowing what the directives mean. Never throws: what nginx refuses is in `problems`, and reading goes on after it.
 * Takes time in proportion to the length of the text and no stack, however deep the blocks nest.
 */
export function readWhole(source: Source): { contents: Contents; problems: readonly NginxProblem[] } {
  const text = source.asRead ?? source.text;
  const { problems, add: report } = limitedProblems<NginxProblem>();
  const outermost: Draft[] = [];
  const lexer = new Lexer(source, report);

  const open: Draft[] = [];
  let siblings = outermost;
  /** The words of the directive that is being read, its name first. */
  let words: Word[] = [];
  /** The first block that was closed by a brace further left than itself: its own is the one that is missing. */
  let misindented: Draft | undefined;

  function add(terminator: number, isTerminated: boolean, block?: Draft[]): Draft | undefined {
    const [name, ...args] = words;
    if (!name) return undefined;
    const draft: Draft = {
      name: name.value,
      nameEnd: name.end,
      args,
      start: name.start,
      terminator,
      isTerminated,
      end: isTerminated ? terminator + 1 : (words.at(-1)?.end ?? name.end),
      ...(block && { block }),
    };
    words = [];
    siblings.push(draft);
    return draft;
  }

  function enter(draft: Draft): void {
    draft.block ??= [];
    open.push(draft);
    siblings = draft.block;
  }

  function leave(end: number): void {
    const closed = open.pop();
    if (!closed) return;
    closed.end = end;
    const around = open.at(-1)?.block ?? outermost;
    // Those without a name share the array of the block around.
    if (siblings !== around) closed.contents = contentsFrom(siblings, closed.start);
    siblings = around;
  }

  while (lexer.next()) {
    switch (lexer.kind) {
      case 'word':
        words.push({
          value: valueOfWord(text, lexer.innerStart, lexer.innerEnd),
          start: lexer.start,
          end: lexer.end,
          quoted: lexer.quoted,
        });
        break;
      case 'semicolon':
        add(lexer.start, true);
        break;
      case 'open': {
        // A block without a name most often follows a stray `;`: `location / ; {`.
        const owner = add(lexer.start, true, []) ?? ownerOfStrayBlock(text, siblings, lexer.start);
        enter(owner ?? nameless(siblings, lexer.start));
        break;
      }
      case 'lua': {
        const owner = open.at(-1);
        if (owner) owner.script = { start: lexer.start, end: lexer.end };
        break;
      }
      case 'close':
        add(lexer.start, false);
        if (open.length === 0) {
          report(refusal(source, 'unexpected "}"', lexer.start, lexer.start, lexer.end));
          break;
        }
        misindented ??= closesFurtherLeft(text, open.at(-1), lexer.start);
        leave(lexer.end);
        break;
      case 'comment':
      case 'whitespace':
      case 'template':
        break;
      default:
        lexer.kind satisfies never;
    }
  }
  add(text.length, false);

  const unclosed = misindented ?? open.at(-1);
  if (open.length > 0 && unclosed && !lexer.endedInDirective) {
    const help = `the "{" of "${unclosed.name}" on line ${positionAt(source, unclosed.terminator).line} has no "}"`;
    const message = 'unexpected end of file, expecting "}"';
    report({
      ...refusal(source, message, text.length, unclosed.start, unclosed.terminator + 1),
      help,
    });
  }
  while (open.length > 0) leave(text.length);
  return { contents: contentsFrom(outermost, 0), problems };
}

/** The drafts of a block that begins at `around`; those with blocks of their own were closed before. */
function contentsFrom(drafts: readonly Draft[], around: number): Contents {
  return contentsOf(
    drafts.map(statementFrom),
    drafts.map(({ start }) => start - around),
  );
}

function statementFrom(draft: Draft): Statement {
  const { name, start: from, isTerminated, script, contents } = draft;
  return new Statement(
    name,
    draft.nameEnd - from,
    draft.args.map(({ value }) => value),
    draft.terminator - from,
    isTerminated,
    draft.args.some(({ value }) => value.includes('{')),
    draft.args.some(({ value }) => value.includes('$')),
    draft.end - from,
    contents,
    script && { start: script.start - from, end: script.end - from },
    draft.args.map((word) => ({ ...word, start: word.start - from, end: word.end - from })),
  );
}

/** A block without a name: what it holds goes to the block around it. */
function nameless(siblings: Draft[], brace: number): Draft {
  return {
    name: '',
    nameEnd: brace,
    args: [],
    start: brace,
    end: brace + 1,
    terminator: brace,
    isTerminated: true,
    block: siblings,
  };
}

function refusal(
  source: Source,
  message: string,
  reportedAt: number,
  start: number,
  end: number,
): NginxProblem {
  const reportedLine = positionAt(source, reportedAt).line;
  return { kind: 'syntax', message, span: { source, start, end }, reportedLine, fatal: true };
}

function ownerOfStrayBlock(text: string, siblings: readonly Draft[], brace: number): Draft | undefined {
  const previous = siblings.at(-1);
  if (!previous || previous.block) return undefined;
  for (let at = previous.end; at < brace; at++) {
    if (!isWhitespace(text.charCodeAt(at))) return undefined;
  }
  return previous;
}

/** The block itself, where the `}` that closes it begins its line and stands further left than the block does. */
function closesFurtherLeft(text: string, block: Draft | undefined, brace: number): Draft | undefined {
  if (!block) return undefined;
  const closing = indentation(text, brace);
  const opening = indentation(text, block.start);
  return closing !== undefined && opening !== undefined && closing < opening ? block : undefined;
}

/** How many characters of white space stand before an offset, or undefined where it is not the first on its line. */
function indentation(text: string, offset: number): number | undefined {
  let at = offset - 1;
  while (at >= 0 && text.charAt(at) !== '\n') {
    if (!isWhitespace(text.charCodeAt(at))) return undefined;
    at--;
  }
  return offset - 1 - at;
}
