import type { Directive } from '../../syntax/nginx/tree.ts';
import type { Host } from '../host.ts';
import { type Block, blocksWith, effective, effectiveAll, enclosing, own } from '../nginx/block.ts';
import { readCondition } from '../nginx/condition.ts';
import { serverUnreachable } from '../nginx/reach.ts';
import { eachLocation, type Location, type Server } from '../nginx/server.ts';
import { saidAnywhere } from '../nginx/survey.ts';
import { expandText, splitVariables, unknownText } from '../nginx/variables.ts';

/** A `return 503` that every visitor of a site, or of one of its locations, meets. */
export interface Always503 {
  readonly server: Server;
  /** The location that would pass requests on, were it not for the `return`; absent where the whole site is meant. */
  readonly location?: Location;
  readonly directive: Directive;
  /** What switches it on: a file that is there, or a variable that is set; absent where nothing does. */
  readonly guard?: { readonly directive: Directive; readonly why: string };
}

/**
 * Finds the sites that answer 503 to everybody: `return 503` in a server or in its `location /`, by itself or in an `if`
 * whose condition the files alone decide; and locations that return it in front of a pass of their own. Servers without a
 * name turn strangers away on purpose and are left out, and so is what an `error_page` answers with another status.
 */
export function always503(host: Host): readonly Always503[] {
  if (!host.nginx?.complete) return [];
  const { variables } = host.nginx;
  const with503 = host.nginx.http ? serversWith503(host.nginx.http) : new Set();
  if (with503.size === 0) return [];
  return host.nginx.servers.flatMap((server): readonly Always503[] => {
    if (!with503.has(server.block) || !server.names.some(({ value }) => /[a-z0-9]/i.test(value))) return [];
    const root = server.locations.find(({ match, pattern }) => match === 'prefix' && pattern === '/');
    const blocks = [server.block, ...(root && !serverUnreachable(server) ? [root.block] : [])];
    for (const block of blocks) {
      const found = in503(block, server);
      if (found) return [found];
    }
    return serverUnreachable(server) ? [] : [...inFrontOfPasses(server)];
  });

  /** A location with a pass was meant to pass on: nobody writes one for what is closed for good. */
  function* inFrontOfPasses(server: Server): Generator<Always503> {
    for (const location of eachLocation(server.locations)) {
      const passesOn = location.block.directives.some(({ name }) => name.endsWith('_pass'));
      if (!passesOn || location.match === 'named') continue;
      const found = in503(location.block, server);
      if (found) yield { ...found, location };
    }
  }

  function in503(block: Block, server: Server): Always503 | undefined {
    for (const inner of block.blocks) {
      const directive = inner.kind === 'if' ? return503(inner) : undefined;
      const why = directive && inner.directive ? holds(inner.directive, block) : undefined;
      if (directive && inner.directive && why !== undefined) {
        return { server, directive, guard: { directive: inner.directive, why } };
      }
    }
    const directive = return503(block);
    // What an `if` in front answers may be a way around it.
    const isBypassed = block.blocks.some(({ kind }) => kind === 'if');
    return directive && !isBypassed ? { server, directive } : undefined;
  }

  /** Why a condition is true for every request, if it is. */
  function holds(opener: Directive, block: Block): string | undefined {
    const condition = readCondition(opener);
    switch (condition.kind) {
      case 'path': {
        const path = pathOf(condition.path, block);
        const fact = path === undefined ? undefined : host.paths.at(path);
        const isThere = condition.test === 'd' ? fact?.kind === 'directory' : fact?.kind === 'file';
        return !condition.negated && condition.test !== 'x' && isThere ? `${path} is there` : undefined;
      }
      case 'truth': {
        const value = constantOf(condition.subject, block);
        return value && value !== '0' ? `${condition.subject} is always "${value}"` : undefined;
      }
      case 'equal': {
        const value = constantOf(condition.subject, block);
        return value !== undefined && (value === condition.value) !== condition.negated
          ? `${condition.subject} is always "${value}"`
          : undefined;
      }
      default:
        return undefined;
    }
  }

  function constantOf(subject: string, block: Block): string | undefined {
    const expansion = expandText(subject, block, variables());
    return expansion.kind === 'constant' && !expansion.text.includes(unknownText)
      ? expansion.text
      : undefined;
  }

  /** A path with `$document_root` put in; `undefined` where it has other variables. */
  function pathOf(text: string, block: Block): string | undefined {
    const root = effective(block, 'root')?.directive.args[0]?.value;
    let path = '';
    for (const part of splitVariables(text)) {
      if (part.kind === 'text') path += part.text;
      else if (part.name === 'document_root' && root?.startsWith('/') && !root.includes('$')) path += root;
      else return undefined;
    }
    return path.startsWith('/') ? path : undefined;
  }
}

const returns503 = saidAnywhere(['return'], ({ values }) => values[0] === '503');

/** The servers that have a `return 503` anywhere: hardly any has, and all others need no closer look. */
function serversWith503(http: Block): ReadonlySet<Block | undefined> {
  const found = new Set<Block | undefined>();
  if (!returns503(http)) return found;
  for (const block of blocksWith(http, ['return'])) {
    if (own(block, 'return')?.args[0]?.value === '503') found.add(enclosing(block, 'server'));
  }
  return found;
}

function return503(block: Block): Directive | undefined {
  const directive = own(block, 'return');
  return directive?.args[0]?.value === '503' && !isAnsweredOtherwise(block) ? directive : undefined;
}

/** `error_page 503 =200 /soon.html` answers with a status of its own. */
function isAnsweredOtherwise(block: Block): boolean {
  return effectiveAll(block, 'error_page').some(({ args }) => {
    const words = args.map(({ value }) => value);
    return words.includes('503') && words.some((word) => word.startsWith('='));
  });
}
