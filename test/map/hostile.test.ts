import { spawnSync } from 'node:child_process';
import { parse } from '@ts-graphviz/ast';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dot } from '../../src/map/dot.ts';
import type { Graph, ListenerNode } from '../../src/map/graph.ts';
import { json } from '../../src/map/json.ts';
import { mermaid } from '../../src/map/mermaid.ts';
import { tree } from '../../src/map/tree.ts';
import { visible } from '../../src/report/visible.ts';

/** A map on which everything that comes from the user's files is called so. */
function graphNamed(name: string): Graph {
  const at = {
    source: { path: `/${name}`, file: name, text: 'x', encoding: 'utf8' as const },
    start: 0,
    end: 1,
  };
  const fault = { rule: 'some-rule', severity: 'error' as const, message: name, at };
  const listener: ListenerNode = {
    ...{ id: 'l1', kind: 'pool', title: name, address: name, protocol: 'fastcgi', state: 'broken' },
    ...{ host: { id: 'h1', title: name }, faults: [fault], down: name, dialedBy: new Set(['h1']) },
  };
  const dead = {
    ...{ text: name, place: at, parameters: [name], isUsed: true, isBackup: false, when: name },
  };
  const to = {
    ...{ id: 'd1', kind: 'upstream' as const, name, place: at, faults: [fault] },
    addresses: [
      { ...dead, state: 'broken' as const, faults: [fault], listeners: [listener] },
      { ...dead, state: 'unknown' as const, why: name, faults: [], listeners: [] },
    ],
  };
  const pass = {
    ...{ directive: 'proxy_pass', target: name, protocol: 'http', within: name, place: at },
    ...{ state: 'broken' as const, unused: name, faults: [fault], to },
  };
  const location = { pattern: name, place: at, faults: [], passes: [pass], locations: [] };
  const server = {
    id: 's1',
    names: [name],
    listens: [name],
    place: at,
    faults: [fault],
    locations: [location],
  };
  const host = { id: 'h1', title: name, root: name, faults: [{ ...fault, down: name }] };
  return {
    hosts: [{ ...host, servers: [server], destinations: [to], listeners: [listener] }],
    passes: { fine: 0, unknown: 0, 'at-risk': 0, broken: 0, unused: 1 },
    elsewhere: { errors: 0, warnings: 0 },
  };
}

const nasty = [
  '"];evil [label="',
  '\\',
  '\\"',
  'a\\nb',
  'x"] --> y["',
  '#quot;',
  '&quot;&lt;b&gt;',
  '<script>alert(1)</script>',
  '%%{init: {"theme": "dark"}}%%',
  '`markdown`',
  '$$x^2$$',
  'fa:fa-ban',
  'end',
  ']] }} )) |',
  '\u001b[31mred\u001b[0m\r\n\u202e',
  'click s1 href "javascript:alert(1)"',
  '~ ^/(?<id>[^/]+)\\.php$ {1,2}',
  '日本語 ✗ é',
];

const anyName = fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary' }), fc.string());

/** Every text that Graphviz would show, as it would show it. */
function dotLabels(text: string): readonly string[] {
  const labels: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('type' in node && node.type === 'Attribute') {
      const { key, value } = Object(node);
      if (key.value === 'label') labels.push(String(value.value));
    }
    for (const inner of 'children' in node && Array.isArray(node.children) ? node.children : []) visit(inner);
  };
  visit(parse(text));
  return labels.flatMap((label) =>
    label
      .split(/(?<=(?:^|[^\\])(?:\\\\)*)\\n/)
      .map((line) => line.replace(/\\(.)/g, '$1').replaceAll('&amp;', '&')),
  );
}

/** All that a line of the flowchart may be; a text in quotes holds nothing that Mermaid could take for anything else. */
const quoted = '"(?:[^"#`$&<>%\\\\]|#\\d+;|<br>)*"';
const flowchartLine = new RegExp(
  `^(?:flowchart LR| {2}subgraph h\\d+\\[${quoted}\\]| {2}end| +[shdleo0-9]+(?:\\[${quoted}\\]|\\(\\[${quoted}\\]\\)|\\{\\{${quoted}\\}\\})| {2}[shdleo0-9]+ -->(?:\\|${quoted}\\|)? [shdleo0-9]+| {2}(?:classDef|class|linkStyle) [\\w,: #-]+)$`,
  'u',
);

function decoded(text: string): string {
  return text.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}

function mermaidTexts(text: string): readonly string[] {
  return [...text.matchAll(/"([^"]*)"/g)].flatMap(([, label = '']) =>
    label.split('<br>').map((line) => decoded(line).replaceAll('\u2060', '')),
  );
}

describe('whatever stands in the files', () => {
  test('breaks out of nothing in dot, and is shown as it is', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const labels = dotLabels(dot(graphNamed(name)));
        expect(labels).toContain(`location ${visible(name)}`);
        expect(labels).toContain(`upstream ${visible(name)}`);
      }),
    );
  });

  test('breaks out of nothing in Mermaid, and is shown as it is', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const text = mermaid(graphNamed(name));
        for (const line of text.trimEnd().split('\n')) expect(line).toMatch(flowchartLine);
        expect(mermaidTexts(text)).toContain(`location ${visible(name)}`);
      }),
    );
  });

  test('is no line break, formula or icon of Mermaid, which sees those in numbers too', () => {
    const texts = ['a\\nb', '$$x$$', 'fa:fa-ban', 'fab:fa-x'].map((name) => mermaid(graphNamed(name)));
    for (const text of texts.map(decoded)) expect(text).not.toMatch(/\\n|\$\$|fa[bklrs]?:fa-/);
  });

  test('steers no terminal, and leaves the tree its shape', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const graph = graphNamed(name);
        const drawn = tree(graph, { colors: false, columns: 80 });
        expect(visible(drawn.replaceAll('\n', ''))).toBe(drawn.replaceAll('\n', ''));
        expect(JSON.parse(json(graph)).hosts[0].servers[0].names).toEqual(JSON.parse(JSON.stringify([name])));
      }),
    );
  });

  const hasDot = spawnSync('dot', ['-V']).status === 0;

  test.skipIf(!hasDot)('is drawn by Graphviz itself (left out: dot is not installed)', () => {
    for (const name of nasty) {
      const { status, stdout, stderr } = spawnSync('dot', ['-Tplain'], {
        input: dot(graphNamed(name)),
        encoding: 'utf8',
      });
      expect([status, stderr.replace(/.*fontconfig.*\n|.*[Pp]ango.*\n/g, '')]).toEqual([0, '']);
      expect(stdout.match(/^node /gm)).toHaveLength(4);
    }
  });
});
