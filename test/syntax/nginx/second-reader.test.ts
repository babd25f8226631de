import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as NginxConf from 'nginx-conf';
import { describe, expect, it } from 'vitest';
import { parseNginx } from '../../../src/syntax/nginx/parse.ts';
import type { Directive } from '../../../src/syntax/nginx/tree.ts';
import { sourceOf } from './source-of.ts';

// nginx-conf is CommonJS whose types claim otherwise.
const { parse }: typeof NginxConf = createRequire(import.meta.url)('nginx-conf');

/** A tree that both readers can be turned into: a name, its arguments as one text, and what is inside. */
interface Node {
  readonly name: string;
  readonly text: string;
  readonly children: readonly Node[];
}

function ours({ name, args, block }: Directive): Node {
  return { name, text: args.map(({ value }) => value).join(' '), children: (block ?? []).map(ours) };
}

interface TheirNode {
  readonly name: string;
  readonly value: string | number | null;
  readonly children: readonly TheirNode[] | null;
}

function theirs({ name, value, children }: TheirNode): Node {
  return {
    name,
    text: String(value ?? '')
      .split(/\s+/)
      .join(' ')
      .trim(),
    children: (children ?? []).map(theirs),
  };
}

function theirTree(text: string): readonly Node[] {
  let nodes: readonly Node[] = [];
  parse(text, (error, tree) => {
    if (error) throw error;
    nodes = (tree?.children ?? []).map(theirs);
  });
  return nodes;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

function* nginxFiles(directory: string): Generator<string> {
  for (const entry of readdirSync(join(root, directory), { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && path.includes('/etc/nginx/')) yield path.slice(root.length);
  }
}

// nginx-conf keeps quotes and is wrong on real files that use them oddly; on plain ones it is an independent witness.
const plain = [...nginxFiles('examples'), ...nginxFiles('test/lab/hosts')].filter(
  (path) => !/["'\\]/.test(readFileSync(join(root, path), 'utf8').replaceAll(/#.*$/gm, '')),
);

describe('nginx-conf, another reader of nginx files, sees the same tree', () => {
  it('of enough files to mean something', () => {
    expect(plain.length).toBeGreaterThan(20);
  });

  it.each(plain)('%s', (path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const { directives, problems } = parseNginx(sourceOf(text));
    expect(problems).toEqual([]);
    expect(directives.map(ours)).toEqual(theirTree(text));
  });
});
