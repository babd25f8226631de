import {
  compilePattern,
  hasWildcards,
  matchesName,
  type NamePattern,
  unescapeName,
} from '../../../src/load/glob-pattern.ts';
import { splitNginxDump } from '../../../src/load/nginx-dump.ts';
import { markedComments, readSuppressions } from '../../../src/syntax/suppression.ts';
import type { Corpus } from '../corpus.ts';
import { pieces } from '../pieces.ts';
import { mustLieIn } from '../places.ts';
import { must, type Target } from '../target.ts';
import { anyText, soup, sourceFrom } from '../texts.ts';

/** A comment for no502 lies in its file, and so do the rules that it names. */
export function suppressions({ nginx }: Corpus): Target {
  return {
    name: 'suppressions',
    share: 100,
    make: (random) => ({ text: anyText(random, nginx, pieces.suppression, 160) }),
    check({ text }) {
      const source = sourceFrom(text);
      const lines = source.text.split('\n').length;
      for (const openers of [';', '#;/']) {
        for (const { span, comment, rules, line } of readSuppressions(
          source,
          markedComments(source, openers),
        )) {
          for (const each of [span, comment, ...rules.map((rule) => rule.span)])
            mustLieIn(source, each, 'a comment');
          must(line >= 1 && line <= lines + 1, `it is about line ${line} of ${lines}`);
        }
      }
    },
  };
}

/** The files of a dump have paths in normal form and hold stretches of it; taken apart and put together it is the same. */
export function nginxDump({ nginx }: Corpus): Target {
  return {
    name: 'nginx-dump',
    share: 30,
    make: (random) => ({ text: anyText(random, nginx, pieces.dump, 200) }),
    check({ text }) {
      const dump = splitNginxDump(Buffer.from(text));
      if (dump)
        for (const path of dump.files.keys())
          must(/^\/(?!.*\/\.{1,2}(?:\/|$))/s.test(path), `the path ${path}`);
      const body = text.replaceAll('# configuration file', '#').replaceAll('\r', '');
      const written = `# configuration file /a:\n${body}\n# configuration file /b/c:\n${body}\n`;
      const again = splitNginxDump(Buffer.from(written));
      const read = again && [...again.files].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]);
      const bodyRead = Buffer.from(body).toString();
      must(
        JSON.stringify(read) ===
          JSON.stringify([
            ['/a', bodyRead],
            ['/b/c', bodyRead],
          ]),
        'it is not what was put together',
      );
    },
  };
}

/** A name matches a pattern where a simple reading of the same pattern says so. */
export function globPattern(): Target {
  return {
    name: 'glob-pattern',
    share: 110,
    make: (random) => ({ text: `${soup(random, pieces.path, 8)}\n${soup(random, pieces.path, 5)}` }),
    check({ text }) {
      const [pattern = '', name = ''] = text.replaceAll('/', '').split('\n');
      const compiled = compilePattern(pattern);
      const bytes = Buffer.from(name);
      const expected =
        (!name.startsWith('.') || compiled.matchesHidden) && slowly(compiled.elements, bytes, 0, 0);
      must(matchesName(compiled, name) === expected, `"${pattern}" and "${name}"`);
      if (hasWildcards(pattern) || /[[\]]/.test(pattern)) return;
      must(matchesName(compiled, unescapeName(pattern)), `"${pattern}" is not its own name`);
    },
  };
}

function slowly(elements: NamePattern['elements'], name: Uint8Array, at: number, from: number): boolean {
  const element = elements[at];
  if (!element) return from === name.length;
  if (element.kind === 'star') {
    for (let end = from; end <= name.length; end++) if (slowly(elements, name, at + 1, end)) return true;
    return false;
  }
  const code = name[from];
  if (code === undefined) return false;
  const fits =
    element.kind === 'any' ||
    (element.kind === 'literal' ? element.code === code : (element.bytes[code] === 1) !== element.negated);
  return fits && slowly(elements, name, at + 1, from + 1);
}
