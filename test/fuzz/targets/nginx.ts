import { nginxCheck } from '../../../src/syntax/nginx/check.ts';
import { commentsOf } from '../../../src/syntax/nginx/comments.ts';
import { Lexer } from '../../../src/syntax/nginx/lex.ts';
import { parseNginx, nginxParser as parser } from '../../../src/syntax/nginx/parse.ts';
import { readWhole } from '../../../src/syntax/nginx/read-whole.ts';
import { type Directive, nameWordOf, ParsedNginx } from '../../../src/syntax/nginx/tree.ts';
import type { Source } from '../../../src/syntax/source.ts';
import type { Corpus } from '../corpus.ts';
import { pieces } from '../pieces.ts';
import { mustLieIn } from '../places.ts';
import { must, type Target } from '../target.ts';
import { anyText, sourceFrom } from '../texts.ts';

/** The tokens of a text, joined, are the text. */
export function nginxLexer({ nginx }: Corpus): Target {
  return {
    name: 'nginx-lexer',
    share: 330,
    make: (random) => ({ text: anyText(random, nginx, pieces.nginx, 200) }),
    check({ text }) {
      const source = sourceFrom(text);
      const lexer = new Lexer(source, ({ span }) => mustLieIn(source, span, 'a problem'));
      let at = 0;
      while (lexer.next()) {
        must(lexer.start === at, `a token begins at ${lexer.start}, the one before ended at ${at}`);
        must(lexer.end > at || lexer.kind === 'lua', `an empty token at ${at}`);
        if (lexer.kind === 'word') {
          must(
            at <= lexer.innerStart && lexer.innerStart <= lexer.innerEnd && lexer.innerEnd <= lexer.end,
            `a word at ${at}`,
          );
        }
        at = lexer.end;
      }
      must(at === source.text.length, `the tokens end at ${at} of ${source.text.length}`);
    },
  };
}

/** Every place lies in the text and in the block around it, and line endings change nothing. */
export function nginxParser({ nginx }: Corpus): Target {
  // One for all inputs: what it remembers of one must change nothing in another.
  const parse = parser();
  return {
    name: 'nginx-parser',
    share: 60,
    make: (random) => ({ text: anyText(random, nginx, pieces.nginx) }),
    check({ text }) {
      const source = sourceFrom(text);
      const parsed = parse(source);
      const { directives, problems } = parsed;
      for (const comment of commentsOf(source)) mustLieIn(source, comment, 'a comment');
      for (const { span, reportedLine = 1 } of problems) {
        mustLieIn(source, span, 'a problem');
        must(reportedLine >= 1 && reportedLine <= source.text.split('\n').length, `line ${reportedLine}`);
      }
      mustNest(source, directives, 0, source.text.length);
      const context = contexts[source.text.length % contexts.length] ?? 'main';
      const options = { included: () => undefined, complete: true };
      for (const { span } of nginxCheck(options)(parsed, context)) mustLieIn(source, span, 'a refusal');
      if (problems.length > 0) return;
      const shape = shapeOf(directives);
      const whole = new ParsedNginx(source, readWhole(source).contents, []);
      must(shape === shapeOf(whole.directives), 'read by lines, the tree is another one');
      must(
        shape === shapeOf(parseNginx({ ...source, text: `${source.text}\n` }).directives),
        'a line feed at the end changes the tree',
      );
      if (/["'\\\r]|_by_lua/.test(source.text)) return;
      const windows = { ...source, text: source.text.replaceAll('\n', '\r\n') };
      must(shape === shapeOf(parseNginx(windows).directives), 'line endings of Windows change the tree');
    },
  };
}

const contexts = ['main', 'http', 'server', 'location', 'upstream', 'stream'] as const;

function mustNest(source: Source, directives: readonly Directive[], start: number, end: number): void {
  let at = start;
  for (const directive of directives) {
    mustLieIn(source, directive, `"${directive.name}"`);
    must(directive.start >= at && directive.end <= end, `"${directive.name}" reaches out of its block`);
    for (const word of [nameWordOf(directive), ...directive.args]) {
      must(word.start >= at && word.end <= directive.end, `a word of "${directive.name}" is out of order`);
      at = word.end;
    }
    if (directive.block) mustNest(source, directive.block, at, directive.end);
    if (directive.body) mustLieIn(source, directive.body, 'a body');
    at = directive.end;
  }
}

function shapeOf(directives: readonly Directive[]): string {
  return JSON.stringify(directives.map(shapeOfOne));
}

function shapeOfOne({ name, args, block }: Directive): unknown {
  return [name, args.map(({ value }) => value), block?.map(shapeOfOne)];
}
