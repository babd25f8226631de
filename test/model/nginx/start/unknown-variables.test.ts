import { expect, test } from 'vitest';
import { unknownVariables } from '../../../../src/model/nginx/start/unknown-variables.ts';
import { nginxOf } from '../model.ts';

/** A block with these lines, each on its own as people write them. */
const block = (opener: string, ...lines: readonly string[]): string =>
  `${opener} {\n${lines.join('\n')}\n}\n`;

const site = (name: string, ...lines: readonly string[]): string =>
  block('server', `server_name ${name};`, block('location /', ...lines));

/** The names of unknown variables, with the line of each. */
const found = (http: string): readonly string[] =>
  unknownVariables(nginxOf(http)).map(
    ({ use, at }) => `${use.name} at ${at.source.text.slice(0, at.start).split('\n').length}`,
  );

test('every site that writes the same wrong line is named', () => {
  const wrong = ['return 200 $nobody;'];
  const right = ['return 200 $uri;'];
  const sites = [right, wrong, wrong, right, wrong].map((lines, at) => site(`s${at}`, ...lines));
  const texts = found(sites.join(''));
  expect(texts).toHaveLength(3);
  expect(new Set(texts)).toHaveLength(3);
});

test('a line that stands in a block of data as well is judged where it is none', () => {
  const line = 'return 200 $nobody;';
  const data = block('types', line);
  expect(found(`${data}${data}${data}${site('a', line)}`)).toHaveLength(1);
});

test('a regular expression with an end is no text with variables', () => {
  const lines = ['rewrite ^/old$ /new;', 'error_page 404 /404.html;'];
  expect(found(site('a', ...lines) + site('b', ...lines, 'return 200 $nobody;'))).toHaveLength(1);
});
