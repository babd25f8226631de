import { expect, test } from 'vitest';
import { parseYaml, type YamlNode } from '../../src/syntax/yaml.ts';

const parse = (text: string) => parseYaml({ path: '/x.yaml', file: 'x.yaml', text, encoding: 'utf8' });

function depthOf(node: YamlNode | undefined): number {
  if (!node || node.kind === 'scalar') return 0;
  const inside = node.kind === 'list' ? node.items : node.entries.map(({ value }) => value);
  return 1 + Math.max(0, ...inside.map(depthOf));
}

const lists = (depth: number): string => `${'['.repeat(depth)}1${']'.repeat(depth)}`;

test.each([1, 100, 500])('a tree of %i lists is read whole', async (depth) => {
  const { root, problems } = await parse(lists(depth));
  expect([depthOf(root), problems]).toEqual([depth, []]);
});

test.each([
  ['lists', lists(501)],
  ['maps', `${'{a: '.repeat(700)}1${'}'.repeat(700)}`],
  [
    'aliases',
    ['a0: &a0 [1]', ...Array.from({ length: 600 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}]`)].join(
      '\n',
    ),
  ],
])('what is deeper is left out, and said once: %s', async (_, text) => {
  const { root, problems } = await parse(
    `first: ok\nsecond: ${text.includes('\n') ? '1' : text}\n${text.includes('\n') ? text : ''}`,
  );
  expect(problems.map(({ message }) => message)).toEqual(['Nested too deeply']);
  expect(depthOf(root)).toBeLessThanOrEqual(500);
});

test('a tree that no stack holds is no exception', async () => {
  for (const unit of ['[', '- [', 'a: ', '{a: ']) {
    const { problems } = await parse(unit.repeat(30_000));
    expect(problems.length).toBeGreaterThan(0);
  }
});
