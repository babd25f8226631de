import { oncePer } from '../once-per.ts';
import { type Block, namesOf, own, ownAll } from './block.ts';
import { statementAt } from './layout.ts';
import type { Outline } from './outline.ts';
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
export function locationUnreachable(location: Location, server: Server): string | undefined {
  if (answersItself(location.block)) return 'the location returns before it passes the request on';
  if (deniesAll(location.block)) return 'the location denies every request';
  if (location.match === 'named' && !isReferred(server.block, location.pattern)) {
    return `nothing leads to ${location.pattern}`;
  }
  if (location.match === 'regex' && isShadowed(location)) {
    return 'an earlier location with the same expression takes its requests';
  }
  return undefined;
}

/** What may end requests in blocks of an outline: names alone tell for most that nothing does. */
const mayEnd = oncePer(({ names }: Outline) => ({
  byAnswer: names.has('return') || names.has('rewrite'),
  byDenial: names.has('deny'),
}));

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
  if (!mayEnd(block.layout.outline).byAnswer) return false;
  if (own(block, 'return')) return true;
  return ownAll(block, 'rewrite').some((rewrite) => {
    const [pattern = '', target = '', flag] = rewrite.args.map((word) => word.value);
    const redirects = flag === 'permanent' || flag === 'redirect' || /^(https?:\/\/|\$scheme)/.test(target);
    return redirects && everyUri.has(pattern);
  });
}

function deniesAll(block: Block): boolean {
  if (!mayEnd(block.layout.outline).byDenial || own(block, 'satisfy')) return false;
  const [denied] = ownAll(block, 'deny');
  const [allowed = Number.POSITIVE_INFINITY] = namesOf(block).get('allow') ?? [];
  const [at = Number.POSITIVE_INFINITY] = namesOf(block).get('deny') ?? [];
  return at < allowed && denied?.args[0]?.value === 'all';
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

/** Whether an earlier location beside it has the same expression. */
function isShadowed({ block: { directive, parent, place } }: Location): boolean {
  if (!directive || !parent) return false;
  const [modifier, pattern] = directive.statement.values;
  for (const at of namesOf(parent).get('location') ?? []) {
    const earlier = at < place ? statementAt(parent.layout, at) : undefined;
    if (!earlier) return false;
    const [itsModifier, itsPattern] = earlier.values;
    if (itsModifier === modifier && itsPattern === pattern) return true;
  }
  return false;
}
