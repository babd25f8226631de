import type { NginxContext } from './contexts.ts';
import type { DirectiveForm } from './directives.ts';
import { listenAddress } from './listen-address.ts';
import type { Directive } from './tree.ts';

/** What was stated so far in one block, by what may be stated only once; made for the first. */
export interface Stated {
  first: Map<string, Directive> | undefined;
}

/** A second statement that nginx refuses. */
export interface Duplicate {
  readonly message: string;
  /** The statement that came first. */
  readonly first: Directive;
}

/** `off` stands for all values of these, so it may stand only alone. */
const OFF_STANDS_ALONE: ReadonlySet<string> = new Set([
  'proxy_cookie_domain',
  'proxy_cookie_flags',
  'proxy_cookie_path',
  'proxy_redirect',
]);

const ONE_BLOCK: ReadonlySet<string> = new Set(['events', 'http', 'stream', 'mail']);

/** Names that are told apart by what they name: two of one name are refused, two of different ones are not. */
const BY_VALUE: ReadonlySet<string> = new Set(['limit_req', 'limit_conn', 'location', 'upstream', 'listen']);

/** True where nginx may refuse a directive of that name because of an earlier one in the same block. */
export function mayBeDuplicate(name: string, form: DirectiveForm, context: NginxContext): boolean {
  return (
    form.once ||
    isToldApartByValue(name) ||
    (context === 'main' && ONE_BLOCK.has(name)) ||
    (context === 'location' && (name === 'root' || name === 'alias'))
  );
}

/** True where that depends on what the two of them say, not on their names alone. */
export function isToldApartByValue(name: string): boolean {
  return BY_VALUE.has(name) || OFF_STANDS_ALONE.has(name);
}

/** Remembers a directive and tells whether nginx refuses it because of an earlier one in the same block. */
export function findDuplicate(
  directive: Directive,
  form: DirectiveForm,
  context: NginxContext,
  stated: Stated,
): Duplicate | undefined {
  const { name, values } = directive.statement;
  if (context === 'location' && (name === 'root' || name === 'alias')) {
    const first = once('root or alias', directive, stated);
    if (!first) return undefined;
    if (first.name === name) return { message: repeated(name), first };
    return {
      message: `"${name}" directive is duplicate, "${first.name}" directive was specified earlier`,
      first,
    };
  }
  if (form.once || (context === 'main' && ONE_BLOCK.has(name))) {
    const first = once(name, directive, stated);
    return first && { message: repeated(name), first };
  }
  if (OFF_STANDS_ALONE.has(name)) {
    const isOff = values.length === 1 && values[0] === 'off';
    stated.first ??= new Map();
    const first = stated.first.get(isOff ? name : `${name} off`);
    if (!stated.first.has(name)) stated.first.set(name, directive);
    if (isOff) stated.first.set(`${name} off`, directive);
    return first && { message: repeated(name), first };
  }
  switch (name) {
    case 'limit_req':
    case 'limit_conn': {
      const zone = name === 'limit_conn' ? values[0] : values.find((value) => value.startsWith('zone='));
      const first = zone === undefined ? undefined : once(`${name} ${zone}`, directive, stated);
      return first && { message: repeated(name), first };
    }
    case 'location': {
      const key = locationKey(values);
      if (key === undefined) return undefined;
      // No name begins with = or /, as these do.
      const first = once(key, directive, stated);
      return first && { message: `duplicate location "${key.slice(1)}"`, first };
    }
    case 'upstream': {
      const upstream = values[0] ?? '';
      const first = once(`upstream ${upstream.toLowerCase()}`, directive, stated);
      return first && { message: `duplicate upstream "${upstream}"`, first };
    }
    case 'listen': {
      const address = context === 'server' ? listenAddress(values[0] ?? '') : undefined;
      if (address === undefined) return undefined;
      // http3 is the word of nginx-quic before 1.25.
      const isQuic = values.some((value) => value === 'quic' || value === 'http3');
      const transport = isQuic ? 'quic' : 'tcp';
      const first = once(`listen ${transport} ${address}`, directive, stated);
      return first && { message: `a duplicate listen ${address}`, first };
    }
    default:
      return undefined;
  }
}

function repeated(name: string): string {
  return `"${name}" directive is duplicate`;
}

function once(key: string, directive: Directive, stated: Stated): Directive | undefined {
  stated.first ??= new Map();
  const first = stated.first.get(key);
  if (!first) stated.first.set(key, directive);
  return first;
}

/** `=` for an exact location, `/` for a prefix, then its name; regular expressions and named ones may be repeated. */
function locationKey([first = '', second]: readonly string[]): string | undefined {
  const modifier = second === undefined ? (/^(?:=|\^~|~)/.exec(first)?.[0] ?? '') : first;
  const name = second ?? first.slice(modifier.length);
  if (modifier.startsWith('~') || name.startsWith('@')) return undefined;
  return `${modifier === '=' ? '=' : '/'}${name}`;
}
