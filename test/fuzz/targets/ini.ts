import { readFpm } from '../../../src/syntax/fpm/reader.ts';
import { readPhpIni } from '../../../src/syntax/php-ini/php-ini.ts';
import { parseIni } from '../../../src/syntax/zend/parser.ts';
import { createScanner } from '../../../src/syntax/zend/scanner.ts';
import { known, type Names } from '../../../src/syntax/zend/value.ts';
import type { Corpus } from '../corpus.ts';
import { pieces } from '../pieces.ts';
import { mustLieIn } from '../places.ts';
import { must, type Target } from '../target.ts';
import { anyText, sourceFrom } from '../texts.ts';

const names: Names = {
  constant: () => undefined,
  variable: (name) => (name === 'A' ? known('AA') : undefined),
};

/** Tokens come in the order of the text, and there is an end of them. */
export function zendScanner({ ini }: Corpus): Target {
  return {
    name: 'zend-scanner',
    share: 200,
    make: (random) => ({ text: anyText(random, ini, pieces.ini, 160) }),
    check({ text }) {
      const source = sourceFrom(text);
      for (const fallbacks of [false, true]) {
        const range = {
          text: source.text,
          start: 0,
          end: source.text.length,
          appendNewline: fallbacks,
          fallbacks,
        };
        const scanner = createScanner(range);
        let left = 2 * source.text.length + 8;
        let at = 0;
        for (let token = scanner.next(); token.kind !== 'end of file'; token = scanner.next()) {
          mustLieIn(source, token, token.kind);
          must(token.start >= at, `${token.kind} begins before the one in front of it ends`);
          must(left-- > 0, 'the tokens have no end');
          at = token.end;
        }
        for (const statement of parseIni(range, names)) {
          if (statement.kind === 'section' || statement.kind === 'error')
            mustLieIn(source, statement, statement.kind);
          else {
            mustLieIn(source, statement.key, 'a key');
            if (statement.value) mustLieIn(source, statement.value, 'a value');
          }
        }
      }
    },
  };
}

/** Entries lie in the file they are of, and a line feed at the end changes none. */
export function fpmReader({ ini }: Corpus): Target {
  return {
    name: 'fpm-reader',
    share: 60,
    make: (random) => ({ text: anyText(random, ini, pieces.ini) }),
    check({ text }) {
      const source = sourceFrom(text, '/etc/php/8.2/fpm/php-fpm.conf');
      const read = (body: string) => {
        const main = { ...source, text: body };
        let included = 0;
        const reading = readFpm(
          main,
          () => (included++ < 3 ? { kind: 'files', sources: [main] } : { kind: 'no-match' }),
          { phpVersion: body.length % 2 === 0 ? '8.2' : '8.3' },
        );
        return reading;
      };
      const { config, problems } = read(source.text);
      for (const { span } of [...problems, ...config.headers, ...config.includes])
        mustLieIn(span.source, span, 'a place');
      for (const entry of config.entries) {
        mustLieIn(entry.source, entry.keySpan, `the key ${entry.name}`);
        mustLieIn(entry.source, entry.valueSpan, `the value of ${entry.name}`);
        must(
          entry.keySpan.start <= entry.valueSpan.start,
          `the value of ${entry.name} stands before its key`,
        );
      }
      const more = read(`${source.text}\n\n`).config;
      const shape = (of: typeof config): string =>
        JSON.stringify(of.entries.map(({ name, value }) => [name, value.text]));
      must(shape(config) === shape(more), 'line feeds at the end change the entries');
    },
  };
}

/** Directives lie in their file, and of two readings both are the same. */
export function phpIni({ ini }: Corpus): Target {
  return {
    name: 'php-ini',
    share: 60,
    make: (random) => ({ text: anyText(random, ini, pieces.ini, 200) }),
    check({ text }) {
      const source = sourceFrom(text, '/etc/php/8.2/fpm/php.ini');
      for (const phpVersion of ['8.2', '8.3', undefined]) {
        const { directives, extensions, problems } = readPhpIni([source], { phpVersion });
        for (const { name, span, nameSpan } of [...directives.values(), ...extensions]) {
          mustLieIn(source, nameSpan, name);
          mustLieIn(source, span, `the value of ${name}`);
        }
        for (const { span, lost } of problems) {
          mustLieIn(source, span, 'a problem');
          mustLieIn(source, lost, 'what is lost');
        }
      }
    },
  };
}
