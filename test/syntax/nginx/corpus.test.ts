import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nginxCheck } from '../../../src/syntax/nginx/check.ts';
import type { NginxContext } from '../../../src/syntax/nginx/contexts.ts';
import { tokens } from '../../../src/syntax/nginx/lex.ts';
import { parseNginx } from '../../../src/syntax/nginx/parse.ts';
import type { Directive, NginxProblem } from '../../../src/syntax/nginx/tree.ts';
import { decode, positionAt, type Source } from '../../../src/syntax/source.ts';

const corpus = resolve(import.meta.dirname, '../../../../shared/corpus');
const hasCorpus = existsSync(join(corpus, 'labels.jsonl'));

/** What the real nginx 1.22.1 said of a file. */
interface Label {
  readonly path: string;
  readonly kind: string;
  readonly tokenizer: 'ok' | { readonly line: number; readonly msg: string };
  readonly context: NginxContext;
  readonly verdict: string;
  readonly line: number | null;
  readonly msg: string | null;
}

type Tree = readonly (readonly [string, number, readonly string[], Tree?])[];

function rowsOf<Row>(file: string): readonly Row[] {
  return readFileSync(join(corpus, file), 'utf8')
    .trim()
    .split('\n')
    .map((line): Row => JSON.parse(line));
}

function sourceAt(path: string): Source {
  return { path, file: path, ...decode(readFileSync(join(corpus, path))) };
}

function treeOf(directives: readonly Directive[]): Tree {
  return directives.map(({ source, name, start, args, block }) => {
    const { line } = positionAt(source, start);
    const words = args.map((word) => word.value);
    return block ? [name, line, words, treeOf(block)] : [name, line, words];
  });
}

function check(source: Source, label: Label, nginxVersion?: string): readonly NginxProblem[] {
  const options = { included: () => undefined, complete: false };
  return nginxCheck(nginxVersion ? { ...options, nginxVersion } : options)(parseNginx(source), label.context);
}

/** The messages that take knowledge of directives alone. */
const OF_DIRECTIVES =
  /^unknown directive|^invalid number of arguments|directive is not allowed here$|directive is duplicate$|^duplicate location|^directive "/;

describe.skipIf(!hasCorpus)('public configurations (left out: ../shared/corpus is not there)', () => {
  const labels = hasCorpus ? rowsOf<Label>('labels.jsonl').filter((label) => label.kind === 'nginx') : [];

  it('that nginx can tokenize come out as the reference trees, without a problem', () => {
    const trees = new Map(
      rowsOf<{ path: string; tree: Tree }>('trees.jsonl').map(({ path, tree }) => [path, tree]),
    );
    for (const { path } of labels.filter((label) => label.tokenizer === 'ok')) {
      const { directives, problems } = parseNginx(sourceAt(path));
      expect(problems, path).toEqual([]);
      expect(JSON.stringify(treeOf(directives)), path).toBe(JSON.stringify(trees.get(path)));
    }
  });

  it("that nginx cannot tokenize get nginx's message and line", () => {
    for (const { path, tokenizer } of labels) {
      if (tokenizer === 'ok') continue;
      const [problem] = parseNginx(sourceAt(path)).problems;
      expect({ line: problem?.reportedLine, msg: problem?.message }, path).toEqual(tokenizer);
    }
  });

  it('fall into tokens that give back the text', () => {
    for (const { path } of labels) {
      const source = sourceAt(path);
      const pieces = tokens(source).map((token) => source.text.slice(token.start, token.end));
      expect(pieces.join('') === source.text, path).toBe(true);
    }
  });

  it('that nginx takes are accused of nothing fatal, whatever the version', () => {
    for (const label of labels.filter(({ verdict }) => verdict === 'ok')) {
      const source = sourceAt(label.path);
      for (const version of ['1.22.1', undefined]) {
        const fatal = check(source, label, version).filter((problem) => problem.fatal);
        expect(
          fatal.map((problem) => problem.message),
          label.path,
        ).toEqual([]);
      }
    }
  });

  it("with a directive nginx refuses as such are named with nginx's message and line", () => {
    const refused = labels.filter(({ tokenizer, verdict, msg }) => {
      return tokenizer === 'ok' && verdict !== 'ok' && msg !== null && OF_DIRECTIVES.test(msg);
    });
    const missed = refused.filter((label) => {
      const problems = check(sourceAt(label.path), label, '1.22.1');
      return !problems.some(
        ({ message, reportedLine }) => message === label.msg && reportedLine === label.line,
      );
    });
    expect(missed.map((label) => `${label.path}: ${label.msg}`)).toEqual([]);
    expect(refused.length).toBeGreaterThan(0);
  });

  it('cut anywhere are read without an exception', () => {
    for (const [index, { path }] of labels.entries()) {
      const source = sourceAt(path);
      // A different cut for each file, the same in every run.
      const cut = ((index + 1) * 7919) % (source.text.length + 1);
      const half = { ...source, text: source.text.slice(0, cut) };
      nginxCheck({ included: () => undefined, complete: true })(parseNginx(half), 'http');
    }
  });
});
