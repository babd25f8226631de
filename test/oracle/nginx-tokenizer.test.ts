import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { tokens } from '../../src/syntax/nginx/lex.ts';
import { parseNginx } from '../../src/syntax/nginx/parse.ts';
import {
  type Directive,
  type NginxProblem,
  nameWordOf,
  reportedLineOf,
} from '../../src/syntax/nginx/tree.ts';
import { decode, type Source } from '../../src/syntax/source.ts';
import { configText } from '../syntax/nginx/arbitrary.ts';
import { sourceOf } from '../syntax/nginx/source-of.ts';
import { tokenizerCases } from '../syntax/nginx/tokenizer-cases.ts';
import { nginxVersion, openWorkbench, refusalIn, SENTINEL, type Workbench, withoutNginx } from './nginx.ts';

const corpus = resolve(import.meta.dirname, '../../../shared/corpus');
const hasCorpus = existsSync(join(corpus, 'labels.jsonl'));

/** nginx cuts its log lines; words this long come out whole. */
const LONGEST_SHOWN = 500;
const SAMPLE = 400;
const SEED = 502;
/** What nginx cannot say of a text without its blocks. */
const UNCLOSED = 'unexpected end of file, expecting "}"';

/**
 * nginx's tokenizer can be made to show its words: inside `types { }` it repeats every extension it has seen before,
 * with its type, that is every argument with its directive, and the line. So a text is read there twice. It has to
 * hold no blocks, which are taken out at the price of no byte and no line: `{` becomes `;` and `}` a space, up to
 * the first problem. Errors of the tokenizer come out as they are.
 */
function withoutBlocks(source: Source, problem: NginxProblem | undefined): string {
  const characters = source.text.split('');
  const end = problem && problem.message !== UNCLOSED ? problem.span.start : source.text.length;
  let depth = 0;
  let first = true;
  for (const token of tokens(source)) {
    if (token.start >= end) break;
    if (token.kind === 'open') {
      characters[token.start] = ';';
      depth++;
    } else if (token.kind === 'close') {
      if (depth === 0) break;
      characters[token.start] = ' ';
      depth--;
    }
    // `types` would open the file.
    if (token.kind === 'word' && first && /^["']?include/.test(source.text.slice(token.start, token.end))) {
      characters[source.text.indexOf('include', token.start)] = 'I';
    }
    if (token.kind === 'word') first = false;
    else if (token.kind !== 'whitespace' && token.kind !== 'comment') first = true;
  }
  return characters.join('');
}

/** What `types` says when it reads the directives twice, by our own reading of them. */
function expectedRemarks(directives: readonly Directive[]): readonly string[] {
  const flat: Directive[] = [];
  const stack = [...directives].reverse();
  for (let next = stack.pop(); next; next = stack.pop()) {
    flat.push(next);
    for (const child of [...(next.block ?? [])].reverse()) stack.push(child);
  }
  const types = new Map<string, string>();
  const remarks: string[] = [];
  for (const directive of [...flat, ...flat]) {
    const name = directive.name === 'include' ? 'Include' : directive.name;
    for (const { value } of directive.args) {
      const extension = value.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
      const previous = types.get(extension);
      if (previous !== undefined) {
        const said = `duplicate extension "${extension}", content type: "${name}", previous content type: "${previous}"`;
        remarks.push(`${reportedLineOf(directive)} ${said}`);
      }
      types.set(extension, name);
    }
  }
  return remarks;
}

function isShownWhole(directives: readonly Directive[]): boolean {
  const stack = [...directives];
  for (let next = stack.pop(); next; next = stack.pop()) {
    if ([nameWordOf(next), ...next.args].some((word) => word.value.length > LONGEST_SHOWN)) return false;
    stack.push(...(next.block ?? []));
  }
  return true;
}

/** Asks nginx about many texts; it stops at the first error, so each text gets a run of its own where it has one. */
function compare(workbench: Workbench, sources: readonly Source[]): void {
  const sound: { readonly file: string; readonly expected: readonly string[] }[] = [];
  for (const [index, source] of sources.entries()) {
    // Without the Lua module nginx reads these otherwise.
    if (source.text.includes('_by_lua_block')) continue;
    const { directives, problems } = parseNginx(source);
    const [problem] = problems;
    const file = workbench.write(
      `${index}.conf`,
      Buffer.from(withoutBlocks(source, problem), source.encoding),
    );
    if (!problem) {
      if (isShownWhole(directives)) sound.push({ file, expected: expectedRemarks(directives) });
      continue;
    }
    const refusal = refusalIn(
      workbench.test(`events {}\nhttp { types { include ${file}; }\n${SENTINEL}\n}\n`),
    );
    const expected = problem.message === UNCLOSED ? undefined : problem;
    expect([refusal?.message, refusal?.line], source.text).toEqual([
      expected?.message,
      expected?.reportedLine,
    ]);
  }
  const blocks = sound.map(({ file }) => `server { types { include ${file}; include ${file}; } }`);
  const remarks = workbench.test(`events {}\nhttp {\n${blocks.join('\n')}\n${SENTINEL}\n}\n`);
  expect(refusalIn(remarks)).toBeUndefined();
  const said = new Map<string, string[]>();
  for (const { file, level, line, message } of remarks) {
    if (file === undefined || level !== 'warn') continue;
    const ofFile = said.get(file);
    if (ofFile) ofFile.push(`${line} ${message}`);
    else said.set(file, [`${line} ${message}`]);
  }
  for (const { file, expected } of sound) expect(said.get(file) ?? [], file).toEqual(expected);
}

describe.skipIf(nginxVersion === undefined)(`the real nginx's tokenizer (${withoutNginx})`, () => {
  const workbench = openWorkbench();
  afterAll(() => workbench.close());

  it.each(tokenizerCases)('says the same of $title', ({ text, says }) => {
    const file = workbench.write('case.conf', text);
    const refusal = refusalIn(workbench.test(`events {}\nhttp { include ${file};\n${SENTINEL}\n}\n`));
    expect(refusal && [refusal.message, refusal.line]).toEqual(says);
  });

  it(`reads the same words in ${SAMPLE} generated texts`, () => {
    const texts = fc.sample(configText, { numRuns: SAMPLE, seed: SEED });
    compare(
      workbench,
      texts.map((text) => sourceOf(text)),
    );
  });
});

describe.skipIf(nginxVersion === undefined || !hasCorpus)(
  'the real nginx on public configurations (left out without nginx or ../shared/corpus)',
  () => {
    const workbench = openWorkbench();
    afterAll(() => workbench.close());

    it('reads the same words in every one', () => {
      const rows = readFileSync(join(corpus, 'labels.jsonl'), 'utf8').trim().split('\n');
      const sources: Source[] = [];
      for (const row of rows) {
        const label: { readonly path: string; readonly kind: string } = JSON.parse(row);
        if (label.kind !== 'nginx') continue;
        const decoded = decode(readFileSync(join(corpus, label.path)));
        sources.push({ path: label.path, file: label.path, ...decoded });
      }
      compare(workbench, sources);
    });
  },
);
