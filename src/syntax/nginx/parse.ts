import { limitedProblems } from '../problem.ts';
import { shared } from '../repeated.ts';
import { positionAt, type Source } from '../source.ts';
import { isWhitespace } from './characters.ts';
import { createLexer, type Lexer } from './lex.ts';
import type { Comment, Directive, NginxProblem, ParsedNginx, Word } from './tree.ts';
import { unescapeWord } from './word.ts';

/** A directive whose end is not known yet. */
interface Draft extends Directive {
  end: number;
  block?: Draft[];
  body?: { readonly start: number; readonly end: number };
}

/**
 * Reads one file into its directives, as nginx's tokenizer and ngx_conf_parse do (src/core/ngx_conf_file.c), without
 * knowing what the directives mean. Never throws: what nginx refuses is in `problems`, and reading goes on after it.
 * Takes time in proportion to the length of the text and no stack, however deep the blocks nest.
 */
export function parseNginx(source: Source): ParsedNginx {
  const text = source.asRead ?? source.text;
  const { problems, add: report } = limitedProblems<NginxProblem>();
  const comments: Comment[] = [];
  const directives: Draft[] = [];
  const lexer = createLexer(source, report);

  const open: Draft[] = [];
  let siblings = directives;
  /** The name of the directive that is being read, once there is one. */
  let name: string | undefined;
  let nameStart = 0;
  let nameEnd = 0;
  /** Its arguments are the first of these: one array serves all, as growing one costs more than the words. */
  const words: Word[] = [];
  let count = 0;
  /** The first block that was closed by a brace further left than itself: its own is the one that is missing. */
  let misindented: Draft | undefined;

  function add(terminator: number, terminated: boolean, block?: Draft[]): Draft | undefined {
    if (name === undefined) return undefined;
    const args = count === 0 ? none : words.slice(0, count);
    const end = terminated ? terminator + 1 : (args.at(-1)?.end ?? nameEnd);
    const draft: Draft = block
      ? { source, name, nameEnd, args, start: nameStart, end, terminator, block }
      : { source, name, nameEnd, args, start: nameStart, end, terminator };
    name = undefined;
    count = 0;
    siblings.push(draft);
    return draft;
  }

  function addWord(): void {
    if (name === undefined) {
      name = valueAt(text, lexer);
      nameStart = lexer.start;
      nameEnd = lexer.end;
    } else
      words[count++] = {
        value: valueAt(text, lexer),
        start: lexer.start,
        end: lexer.end,
        quoted: lexer.quoted,
      };
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
    const around = open.at(-1)?.block ?? directives;
    // Pushing leaves room for more, in every block of every site. Those without a name share the array of the block around.
    if (siblings !== around) closed.block = siblings.slice();
    siblings = around;
  }

  while (lexer.next()) {
    switch (lexer.kind) {
      case 'word':
        addWord();
        break;
      case 'semicolon':
        add(lexer.start, true);
        break;
      case 'open': {
        // A block without a name most often follows a stray `;`: `location / ; {`.
        const owner = add(lexer.start, true, []) ?? ownerOfStrayBlock(text, siblings, lexer.start);
        enter(owner ?? nameless(source, siblings, lexer.start));
        break;
      }
      case 'lua': {
        const owner = open.at(-1);
        if (owner) owner.body = { start: lexer.start, end: lexer.end };
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
        comments.push({ start: lexer.start, end: lexer.end });
        break;
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
  // Pushing leaves room for more, in every file.
  return { source, directives: directives.slice(), comments: comments.slice(), problems };
}

const none: readonly Word[] = [];

function valueAt(text: string, { innerStart, innerEnd }: Lexer): string {
  return shared(unescapeWord(text, innerStart, innerEnd));
}

/** A block without a name: what it holds goes to the block around it. */
function nameless(source: Source, siblings: Draft[], brace: number): Draft {
  const end = brace + 1;
  return {
    source,
    name: '',
    nameEnd: brace,
    args: [],
    start: brace,
    end,
    terminator: brace,
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
