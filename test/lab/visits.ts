import { parseNginx } from '../../src/syntax/nginx/parse.ts';
import type { Directive } from '../../src/syntax/nginx/tree.ts';
import type { Tree } from './plan.ts';
import type { ExpectedRequest } from './scenario.ts';

/** No server of an example needs more. */
const PATHS_PER_SERVER = 5;

/** Requests to every server of a tree, and in it to `/`, to a script, and to every location whose path can be written down. */
export function visitsOf(tree: Tree): readonly ExpectedRequest[] {
  const urls = new Set<string>();
  for (const [path, entry] of tree) {
    if (entry.kind !== 'file' || !path.startsWith('/etc/nginx/')) continue;
    const source = { path, file: path, text: entry.text, encoding: 'utf8' as const };
    for (const server of serversIn(parseNginx(source).directives)) {
      for (const url of urlsOf(server)) urls.add(url);
    }
  }
  return [...urls].map((url, index) => ({
    plan: { method: 'GET', url, headers: [], wave: index + 1 },
    status: null,
  }));
}

function serversIn(directives: readonly Directive[]): readonly Directive[] {
  return directives.flatMap((directive) => {
    if (directive.name === 'server' && directive.block) return [directive];
    return directive.name === 'http' && directive.block ? serversIn(directive.block) : [];
  });
}

function urlsOf({ block = [] }: Directive): readonly string[] {
  const own = (name: string): Directive | undefined => block.find((directive) => directive.name === name);
  const name = own('server_name')?.args[0]?.value ?? '';
  const host = /^[a-z0-9.-]+$/.test(name) ? name : 'localhost';
  const listen = own('listen')?.args ?? [];
  const port = /(?:^|:)(\d+)$/.exec(listen[0]?.value ?? '')?.[1] ?? '80';
  const scheme = listen.some(({ value }) => value === 'ssl') ? 'https' : 'http';
  const paths = new Set(['/', '/index.php', ...pathsIn(block)]);
  return [...paths].slice(0, PATHS_PER_SERVER).map((path) => `${scheme}://${host}:${port}${path}`);
}

function pathsIn(directives: readonly Directive[]): readonly string[] {
  return directives.flatMap((directive) => {
    if (directive.name !== 'location' || !directive.block) return [];
    return [...pathOf(directive.args.map(({ value }) => value)), ...pathsIn(directive.block)];
  });
}

/** A path that a location takes: its own, or for an expression a script with the extension that it names. */
function pathOf([first = '', second]: readonly string[]): readonly string[] {
  const pattern = second ?? first;
  if (second !== undefined && first.startsWith('~')) {
    const extension = /\\\.(\w+)/.exec(pattern)?.[1];
    return extension === undefined ? [] : [`/index.${extension}`];
  }
  return pattern.startsWith('/') ? [pattern.endsWith('/') ? `${pattern}x` : pattern] : [];
}
