import type { Directive, Word } from '../../syntax/nginx/tree.ts';
import { type Block, blocksNamed, blocksWith, enclosing, namesIn, own, ownAll } from './block.ts';

/** What a text with variables comes out as, as far as the configuration alone decides it. */
export type Expansion =
  | { readonly kind: 'constant'; readonly text: string }
  /** One of several, each with the line that says so. */
  | { readonly kind: 'choices'; readonly choices: readonly Choice[] }
  | { readonly kind: 'unknown'; readonly why: string };

/** One value that a `map` may give. */
export interface Choice {
  readonly text: string;
  /** The line of the map that gives it. */
  readonly directive: Directive;
  readonly word: Word;
  /** The map's key: `old.example.com`, `default`. */
  readonly when: string;
  /** The map itself; absent where a value of it led on to another map. */
  readonly map?: MapKeys;
}

/** What a `map` looks at. https://nginx.org/en/docs/http/ngx_http_map_module.html#map */
export interface MapKeys {
  /** The text whose value is looked up: `$host`. */
  readonly source: string;
  /** As written, `default` and the parameters left out. */
  readonly keys: readonly string[];
  /** True where keys may be names with a star. */
  readonly hostnames: boolean;
}

/** The variables that a configuration itself gives a value: `set` and `map`. */
export interface Variables {
  /** By server and name: what one server sets is not seen in another. */
  readonly sets: ReadonlyMap<Block | undefined, ReadonlyMap<string, readonly SetLine[]>>;
  readonly maps: ReadonlyMap<string, readonly Choice[]>;
  /** The variables that scripts and subrequests set while a request runs; `all` where what they set cannot be told. */
  readonly setAtRunTime: ReadonlySet<string> | 'all';
}

interface SetLine {
  readonly directive: Directive;
  readonly block: Block;
}

/** Collects the `set` and `map` lines of an `http` block. */
export function collectVariables(http: Block): Variables {
  const sets = new Map<Block | undefined, Map<string, SetLine[]>>();
  const maps = new Map<string, readonly Choice[]>();
  const setAtRunTime = new Set<string>();
  let setsAny = false;
  const settingNames = [...namesIn(http)].filter(maySet);
  for (const block of blocksWith(http, ['set', ...settingNames])) {
    for (const name of settingNames) {
      for (const directive of ownAll(block, name)) {
        const set = namesSetBy(directive);
        if (set === 'all') setsAny = true;
        else for (const each of set) setAtRunTime.add(each);
      }
    }
    for (const directive of ownAll(block, 'set')) {
      const name = variableName(directive.args[0]?.value);
      if (!name) continue;
      const server = enclosing(block, 'server');
      const ofServer = sets.get(server) ?? new Map<string, SetLine[]>();
      sets.set(server, ofServer);
      const lines = ofServer.get(name);
      if (lines) lines.push({ directive, block });
      else ofServer.set(name, [{ directive, block }]);
    }
  }
  for (const around of blocksWith(http, ['map'])) {
    for (const block of blocksNamed(around, 'map')) {
      const name = variableName(block.directive?.args[1]?.value);
      if (name) maps.set(name, mapChoices(block));
    }
  }
  return { sets, maps, setAtRunTime: setsAny ? 'all' : setAtRunTime };
}

/** An assignment of lua-nginx-module: `ngx.var.port = 8080`, or to a variable whose name is computed. */
const luaAssignment = /ngx\.var(?:\.(\w+)|\[[^\]\n]{0,200}\])\s{0,20}=(?!=)/g;

/**
 * The variables that a directive sets beside `set` and `map`. A script in another file may set any.
 * https://github.com/openresty/lua-nginx-module#ngxvarvariable
 * https://nginx.org/en/docs/http/ngx_http_auth_request_module.html#auth_request_set
 */
function namesSetBy({ name, args, source, body }: Directive): readonly string[] | 'all' {
  if (!name.includes('_by_lua') || name.startsWith('set_by_lua')) return [variableName(args[0]?.value) ?? ''];
  const script = body ? source.text.slice(body.start, body.end) : (args[0]?.value ?? '');
  if (name.endsWith('_file') || script.includes('require')) return 'all';
  const names: string[] = [];
  for (const [, written] of script.matchAll(luaAssignment)) {
    if (written === undefined) return 'all';
    names.push(written.toLowerCase());
  }
  return names;
}

/** Whether a directive of that name sets variables beside `set` and `map`. */
function maySet(name: string): boolean {
  return name === 'auth_request_set' || (name.includes('_by_lua') && !name.startsWith('init_'));
}

function mapChoices(block: Block): readonly Choice[] {
  const choices: Choice[] = [];
  const keys = block.directives.filter(({ args }) => args.length > 0).map(({ name }) => name);
  const map: MapKeys = {
    source: block.directive?.args[0]?.value ?? '',
    keys: keys.filter((key) => key !== 'default'),
    hostnames: ownAll(block, 'hostnames').length > 0,
  };
  for (const directive of block.directives) {
    const word = directive.args[0];
    if (!word) continue;
    // An include that was not put in place brings entries nobody has read.
    if (directive.name === 'include') return [];
    choices.push({ text: word.value, directive, word, when: directive.name, map });
  }
  if (!choices.some((choice) => choice.when === 'default')) {
    const opener = block.directive;
    const word = opener?.args[1];
    // Without a default the variable is empty.
    if (opener && word) choices.push({ text: '', directive: opener, word, when: 'default', map });
  }
  return choices;
}

function variableName(text: string | undefined): string | undefined {
  return text?.startsWith('$') ? text.slice(1).toLowerCase() : undefined;
}

/** Variables whose value is not known but certainly begins with a slash: nginx's own request paths. */
const pathVariables: ReadonlySet<string> = new Set(['request_uri', 'uri', 'document_uri']);

/** Stands in an expansion for text that only a request decides. */
export const unknownText = '\u0000';

/** How many `set` and `map` lines may refer to each other before the value counts as unknown. */
const deepestReference = 8;

/** How many variables are looked up for one text: ten maps of ten lines that name each other have ten billion values. */
const mostLookups = 10_000;
/** The same for all texts of a host. */
const mostLookupsInAll = 5_000_000;
const lookupsOf = new WeakMap<Variables, { inAll: number }>();

/** The most values of one text, and the longest of them in UTF-16 units: nginx takes no address of such a length. */
const mostChoices = 100_000;
const longestText = 1 << 16;

/** How far the expansion of one text has gone. */
interface Way {
  readonly depth: number;
  readonly work: { lookups: number };
}

const tooMuch: Expansion = { kind: 'unknown', why: 'its variables refer to too many others' };

/** Expands the variables of a text used in a block; unknown stretches become {@link unknownText}. */
export function expandText(
  text: string,
  block: Block,
  variables: Variables,
  way: Way = { depth: 0, work: { lookups: 0 } },
): Expansion {
  const parts = splitVariables(text);
  let constant = '';
  let choices: readonly Choice[] | undefined;
  for (const part of parts) {
    if (constant.length > longestText || (choices?.length ?? 0) * parts.length > 10 * mostChoices)
      return tooMuch;
    if (part.kind === 'text') {
      constant += part.text;
      choices = choices?.map((choice) => ({ ...choice, text: choice.text + part.text }));
      continue;
    }
    const value = variableValue(part.name, block, variables, way);
    if (value === tooMuch) return tooMuch;
    if (value.kind === 'choices') {
      if (choices) return { kind: 'unknown', why: 'it is made of several maps' };
      const before = constant;
      choices = value.choices.map((choice) => ({ ...choice, text: before + choice.text }));
      continue;
    }
    const piece =
      value.kind === 'constant' ? value.text : pathVariables.has(part.name) ? `/${unknownText}` : unknownText;
    constant += piece;
    choices = choices?.map((choice) => ({ ...choice, text: choice.text + piece }));
  }
  return choices ? { kind: 'choices', choices } : { kind: 'constant', text: constant };
}

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string };

/** Splits a value into literal text and `$name` or `${name}`. Names are compared without regard to case. */
export function splitVariables(text: string): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const match of text.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)) {
    if (match.index > at) parts.push({ kind: 'text', text: text.slice(at, match.index) });
    parts.push({ kind: 'variable', name: (match[1] ?? match[2] ?? '').toLowerCase() });
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  return parts;
}

function variableValue(name: string, block: Block, variables: Variables, way: Way): Expansion {
  const { depth, work } = way;
  const unknown: Expansion = { kind: 'unknown', why: `$${name} is decided by the request` };
  const spent = lookupsOf.get(variables) ?? { inAll: 0 };
  lookupsOf.set(variables, spent);
  if (++work.lookups > mostLookups || ++spent.inAll > mostLookupsInAll) return tooMuch;
  if (depth >= deepestReference) return { kind: 'unknown', why: `$${name} refers to itself` };
  const choices = variables.maps.get(name);
  if (choices) return expandChoices(choices, variables, block, way);
  const { setAtRunTime } = variables;
  if (setAtRunTime === 'all' || setAtRunTime.has(name)) {
    return { kind: 'unknown', why: `$${name} may be set while the request runs` };
  }
  const line = decidingSet(name, block, variables);
  if (!line) return unknown;
  const value = line.directive.args[1]?.value ?? '';
  const expanded = expandText(value, line.block, variables, { depth: depth + 1, work });
  return expanded.kind === 'constant' && expanded.text.includes(unknownText) ? unknown : expanded;
}

function expandChoices(
  choices: readonly Choice[],
  variables: Variables,
  block: Block,
  { depth, work }: Way,
): Expansion {
  const expanded: Choice[] = [];
  for (const choice of choices) {
    const value = expandText(choice.text, block, variables, { depth: depth + 1, work });
    if (value.kind === 'unknown') return value;
    if (value.kind === 'constant') expanded.push({ ...choice, text: value.text });
    else for (const { map: _, ...rest } of value.choices) expanded.push(rest);
    if (expanded.length > mostChoices) return tooMuch;
  }
  const [only] = expanded;
  if (expanded.length === 1 && only) return { kind: 'constant', text: only.text };
  return expanded.length === 0
    ? { kind: 'unknown', why: 'the map has no entries that were read' }
    : { kind: 'choices', choices: expanded };
}

/**
 * The `set` line whose value a block sees, where exactly one can be named. Lines of the block itself come last and win;
 * otherwise all lines of the server must agree, because an internal redirect may have passed through any of them.
 * https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#set
 */
function decidingSet(name: string, block: Block, variables: Variables): SetLine | undefined {
  const server = enclosing(block, 'server');
  const lines = variables.sets.get(server)?.get(name) ?? [];
  const here = lines.filter((line) => line.block === block);
  const conditional = lines.some((line) => line.block.kind === 'if' && line.block.parent === block);
  if (here.length > 0 && !conditional && !own(block, 'break')) return here.at(-1);
  if (block.kind === 'if' && here.length === 0 && block.parent) {
    return decidingSet(name, block.parent, variables);
  }
  const first = lines[0];
  const always = lines.find((line) => line.block === server);
  const agree = lines.every((line) => line.directive.args[1]?.value === first?.directive.args[1]?.value);
  return agree ? always : undefined;
}
