import { type Block, own, ownAll } from './block.ts';
import type { Location, Server } from './server.ts';

/**
 * Why no request uses any location of a server, or `undefined` where one may. Only what is certain counts.
 * The rewrite phase of a server runs before a location is chosen, so an unconditional `return` there ends every request.
 * https://nginx.org/en/docs/dev/development_guide.html#http_phases
 */
export function serverUnreachable(server: Server): string | undefined {
  return answersItself(server.block) ? 'the server returns before any location is used' : undefined;
}

/** Why no request that nginx gets comes to be passed on in a location, or `undefined` where one may. */
export function locationUnreachable(
  location: Location,
  siblings: readonly Location[],
  server: Server,
): string | undefined {
  if (answersItself(location.block)) return 'the location returns before it passes the request on';
  if (deniesAll(location.block)) return 'the location denies every request';
  if (location.match === 'named' && !isReferred(server.block, location.pattern)) {
    return `nothing leads to ${location.pattern}`;
  }
  if (location.match === 'regex' && siblings.some((earlier) => shadows(earlier, location, siblings))) {
    return 'an earlier location with the same expression takes its requests';
  }
  return undefined;
}

/** Expressions of `rewrite` that match every request. */
const everyUri: ReadonlySet<string> = new Set([
  '^',
  '.*',
  '(.*)',
  '^.*',
  '^.*$',
  '^(.*)',
  '^(.*)$',
  '^/(.*)',
  '^/(.*)$',
]);

function answersItself(block: Block): boolean {
  if (own(block, 'return')) return true;
  return ownAll(block, 'rewrite').some((rewrite) => {
    const [pattern = '', target = '', flag] = rewrite.args.map((word) => word.value);
    const redirects = flag === 'permanent' || flag === 'redirect' || /^(https?:\/\/|\$scheme)/.test(target);
    return redirects && everyUri.has(pattern);
  });
}

function deniesAll(block: Block): boolean {
  if (own(block, 'satisfy')) return false;
  const first = block.directives.find((directive) => directive.name === 'allow' || directive.name === 'deny');
  return first?.name === 'deny' && first.args[0]?.value === 'all';
}

/** Whether any directive of the server may lead to a named location. */
function isReferred(block: Block, name: string): boolean {
  for (const directive of block.directives) {
    // Lua and variables may name any location.
    if (directive.body) return true;
    if (directive.name === 'location') continue;
    if (directive.name === 'error_page' && directive.args.at(-1)?.value.startsWith('$')) return true;
    if (directive.args.some((word) => word.value === name)) return true;
  }
  return block.blocks.some((inner) => isReferred(inner, name));
}

function shadows(earlier: Location, location: Location, siblings: readonly Location[]): boolean {
  if (earlier === location || earlier.match !== 'regex' || earlier.pattern !== location.pattern) return false;
  const sameCase = earlier.block.directive?.args[0]?.value === location.block.directive?.args[0]?.value;
  return sameCase && siblings.indexOf(earlier) < siblings.indexOf(location);
}
