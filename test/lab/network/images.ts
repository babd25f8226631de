import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '../plan.ts';
import { parseHost, parsePage } from '../scenario.ts';
import { applyChanges, readTree, resolveOwners } from '../tree.ts';

/** What a container begins as. */
export interface Image {
  readonly tree: Tree;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string;
  readonly user?: string;
}

/** The images that the lab has a tree of its own for, by the name that a compose file gives. */
const KNOWN = [
  { tree: 'nginx-alpine', name: /^nginx:.*alpine/, command: ['nginx', '-g', 'daemon off;'], directory: '/' },
  { tree: 'nginx', name: /^nginx(?::|$)/, command: ['nginx', '-g', 'daemon off;'], directory: '/' },
  { tree: 'php-fpm-alpine', name: /^php:.*fpm-alpine/, command: ['php-fpm'], directory: '/var/www/html' },
  {
    tree: 'php-fpm-2026',
    name: /^php:8\.(?:2\.3[1-9]|4\.[2-9]\d)-fpm$/,
    command: ['php-fpm'],
    directory: '/var/www/html',
  },
  { tree: 'php-fpm', name: /^php:.*fpm/, command: ['php-fpm'], directory: '/var/www/html' },
  { tree: 'python', name: /^python(?::|$)/, command: ['python3'], directory: '/' },
  { tree: 'node', name: /^node(?::|$)/, command: ['node'], directory: '/' },
] as const;

/** The image of a name; undefined where the lab has none. A container of such runs nothing. */
export function imageOf(lab: string, name: string): Image | undefined {
  const known = KNOWN.find((image) => image.name.test(name));
  if (!known) return undefined;
  const { command, directory } = known;
  return { tree: treeOf(lab, known.tree), command, environment: {}, directory };
}

const trees = new Map<string, Tree>();

function treeOf(lab: string, name: string): Tree {
  const read = trees.get(name);
  if (read) return read;
  const directory = join(lab, 'images', name);
  const page = readFileSync(join(directory, 'image.md'), 'utf8');
  const { base } = parsePage(name, page);
  const own = existsSync(join(directory, 'root')) ? readTree(join(directory, 'root')) : [];
  const before: Tree = new Map([...(base === '' ? [] : treeOf(lab, base)), ...own]);
  const tree = resolveOwners(applyChanges(before, parseHost(name, page).changes));
  trees.set(name, tree);
  return tree;
}
