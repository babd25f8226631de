import type { Directive, Word } from '../../../syntax/nginx/tree.ts';
import { type Block, blocksWith, namesIn } from '../block.ts';
import type { Nginx } from '../nginx.ts';
import { atEndOf, inPlace, type Refusal, wordSpan } from './refusal.ts';

/** A use of a shared memory zone that nothing declares, or that is declared for another use. */
export interface UnknownZone extends Refusal {
  readonly name: string;
  /** The directive that uses it: `limit_req`. */
  readonly user: string;
  /** The directive that should declare it: `limit_req_zone`. */
  readonly declarer: string;
  /** The directive that declares a zone of this name for something else. */
  readonly otherUse?: Directive;
}

/** A directive that uses zones, and the one that declares those it can use. */
const declarers: Readonly<Record<string, string>> = {
  limit_req: 'limit_req_zone',
  limit_conn: 'limit_conn_zone',
  proxy_cache: 'proxy_cache_path',
  fastcgi_cache: 'fastcgi_cache_path',
  uwsgi_cache: 'uwsgi_cache_path',
  scgi_cache: 'scgi_cache_path',
};

const declaring = new Set(Object.values(declarers));

/** A zone's name where a directive declares or uses it. */
interface Mention {
  readonly directive: Directive;
  readonly word: Word;
  readonly name: string;
  readonly block: Block;
}

/**
 * Zones that are used and not declared, each use once a place. Only a configuration read as a whole is judged: zones
 * are declared in `http`, before or after their use.
 * https://nginx.org/en/docs/http/ngx_http_limit_req_module.html#limit_req_zone
 * https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_cache_path
 */
export function unknownZones({ http, complete, servers }: Nginx): readonly UnknownZone[] {
  if (!http || !complete) return [];
  const names = namesIn(http);
  if (!Object.keys(declarers).some((name) => names.has(name))) return [];
  const { declared, used } = mentions(http);
  const found: UnknownZone[] = [];
  for (const use of used) {
    const { directive, word, name } = use;
    const declarer = declarers[directive.name] ?? '';
    const zones = declared.get(name) ?? [];
    if (zones.some((zone) => zone.directive.name === declarer)) continue;
    const [other] = zones;
    // A cache is looked for where settings are merged into servers; without one nothing is.
    if (!other && directive.name.endsWith('_cache') && servers.length === 0) continue;
    found.push({
      name,
      user: directive.name,
      declarer,
      at: wordSpan(directive, word),
      related: other ? [wordSpan(other.directive, other.word)] : [],
      log: other ? otherUseLog(use, other, http) : unknownLog(name, directive, http),
      ...(other && { otherUse: other.directive }),
    });
  }
  return found;
}

function mentions(http: Block): { declared: Map<string, Mention[]>; used: readonly Mention[] } {
  const declared = new Map<string, Mention[]>();
  const used = new Map<string, Mention>();
  for (const block of blocksWith(http, [...Object.keys(declarers), ...declaring])) {
    for (const directive of block.directives) {
      const mention = mentionOf(directive, block);
      if (!mention) continue;
      const { name, word } = mention;
      if (declaring.has(directive.name)) {
        const same = declared.get(name);
        if (same) same.push(mention);
        else declared.set(name, [mention]);
      } else used.set(`${directive.source.file}:${word.start}`, mention);
    }
  }
  return { declared, used: [...used.values()] };
}

function mentionOf(directive: Directive, block: Block): Mention | undefined {
  const { name, args } = directive;
  const parameter = name.endsWith('_cache_path') ? 'keys_zone=' : 'zone=';
  const isNamed = Object.hasOwn(declarers, name) && name !== 'limit_req';
  if (!isNamed && name !== 'limit_req' && !declaring.has(name)) return undefined;
  const word = isNamed ? args[0] : args.find(({ value }) => value.startsWith(parameter));
  if (!word) return undefined;
  const text = isNamed ? word.value : (word.value.slice(parameter.length).split(':')[0] ?? '');
  // `fastcgi_cache` may be off, or name its zone by a variable.
  if (text === '' || text.includes('$') || (name.endsWith('_cache') && text === 'off')) return undefined;
  return { directive, word, name: text, block };
}

function unknownLog(name: string, directive: Directive, http: Block): string {
  if (!directive.name.endsWith('_cache')) return `zero size shared memory zone "${name}"`;
  return `"${directive.name}" zone "${name}" is unknown${http.directive ? atEndOf(http.directive) : ''}`;
}

/** Whichever of the two nginx reads second is the one it refuses. */
function otherUseLog(use: Mention, declaration: Mention, http: Block): string {
  const usedFirst = rankOf(use, http) < rankOf(declaration, http);
  const second = usedFirst ? declaration : use;
  return `the shared memory zone "${use.name}" is already declared for a different use${inPlace(second.directive)}`;
}

/** Where in `http` a directive stands, or the block that holds it. */
function rankOf({ directive, block }: Mention, http: Block): number {
  let outermost: Block | undefined;
  for (let at: Block | undefined = block; at && at !== http; at = at.parent) outermost = at;
  return http.directives.indexOf(outermost?.directive ?? directive);
}
