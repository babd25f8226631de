import type { Directive, Word } from '../../../syntax/nginx/tree.ts';
import { isIpAddress } from '../../links/address.ts';
import { oncePer } from '../../once-per.ts';
import { type Block, namesOf } from '../block.ts';
import type { Nginx } from '../nginx.ts';
import type { NameTable } from '../outline.ts';
import type { Pass, PassProtocol } from '../pass.ts';
import { passesOfKinds } from '../pass-kind.ts';
import type { ParsedTarget, TargetFault } from '../target.ts';
import { inPlace, type Refusal, wordSpan } from './refusal.ts';

/** An address in a `*_pass` or in the `server` of an upstream that nginx does not take. */
export interface BadTarget extends Refusal {
  readonly reason: TargetFault;
  readonly directive: Directive;
  readonly word: Word;
  /** The passes that meet it only when a request comes: nginx starts, and answers those 500. */
  readonly atRunTime: readonly Pass[];
  /** True where one entry of a map out of several gives the address. */
  readonly conditional: boolean;
  /** What is spoken there; absent for the `server` of an upstream. */
  readonly protocol?: PassProtocol;
  /** nginx's words without the place. */
  readonly said: string;
}

/**
 * The targets that nginx's parser of addresses refuses (ngx_parse_url in src/core/ngx_inet.c), each place once. A name
 * without a port is left out: it is the name of an upstream that nobody defines.
 */
export const badTargets = oncePer((nginx: Nginx): readonly BadTarget[] => {
  const found = new Map<string, BadTarget>();
  const add = (directive: Directive, word: Word, target: Fault, more: Place): void => {
    // nginx stops at the braces of a template before it reads any address.
    if (word.value.includes('{{') || word.value.includes('{%')) return;
    const { reason, message } = target;
    const key = `${directive.source.file}:${word.start}`;
    const known = found.get(key);
    const atRunTime = [...(known?.atRunTime ?? []), ...(more.met ? [more.met] : [])];
    found.set(key, {
      reason,
      directive,
      word,
      atRunTime,
      conditional: more.conditional ?? false,
      ...(more.protocol && { protocol: more.protocol }),
      said: message,
      at: wordSpan(directive, word),
      log: `${message}${more.met ? '' : inPlace(directive)}`,
      related: [],
    });
  };
  for (const pass of passesOfKinds(nginx, ({ target }) => target === 'invalid' || target === 'choices')) {
    const { target, directive, word, atRunTime, protocol } = pass;
    if (target.kind === 'address' && isFault(target.parsed)) {
      if (!atRunTime) add(directive, word, quoted(target.parsed, pass, nginx), { protocol });
      else if (isMet(pass)) add(directive, word, target.parsed, { protocol, met: pass });
    }
    if (target.kind !== 'choices' || !isMet(pass)) continue;
    for (const { choice, target: chosen } of target.choices) {
      // An empty value most often stands for requests that an earlier `if` answers.
      if (chosen.kind !== 'address' || !isFault(chosen.parsed) || chosen.parsed.text === '') continue;
      add(choice.directive, choice.word, chosen.parsed, { protocol, met: pass, conditional: true });
    }
  }
  for (const { servers } of nginx.upstreams.values()) {
    for (const { directive, target } of servers) {
      const [word] = directive.args;
      // A variable there was never filled in, which is reported as that.
      if (word && !word.value.includes('$') && isFault(target)) add(directive, word, target, {});
    }
  }
  return [...found.values()];
});

/** Where the block of the upstream follows the pass, it is the block that nginx stumbles over, and names as written there. */
function quoted(fault: Fault, pass: Pass, { http, upstreams }: Nginx): Fault {
  if (fault.reason !== 'port-of-upstream' || !http) return fault;
  const name = fault.text.replace(/:\d+$/, '');
  const upstream = upstreams.get(name.toLowerCase());
  if (!upstream || http.blocks.indexOf(upstream.block) < http.blocks.indexOf(pass.server.block)) return fault;
  return { ...fault, message: fault.message.replace(`"${name}"`, `"${upstream.name}"`) };
}

/** False where no request comes to the pass, or where a program may change what `set` said before it does. */
function isMet({ unreachable, block }: Pass): boolean {
  for (let at: Block | undefined = block; at; at = at.parent) {
    if (runsLua(namesOf(at)).answer) return false;
  }
  return unreachable === undefined;
}

const runsLua = oncePer((names: NameTable) => ({
  answer: [...names.keys()].some((name) => name.includes('_by_lua')),
}));

interface Place {
  readonly protocol?: PassProtocol;
  /** The pass that meets it with a request. */
  readonly met?: Pass;
  readonly conditional?: boolean;
}

type Fault = Extract<ParsedTarget, { kind: 'invalid' }>;

function isFault(target: ParsedTarget): target is Fault {
  if (target.kind !== 'invalid') return false;
  return target.reason !== 'no-port' || isIpAddress(target.text.replace(/^\[|\]$/g, ''));
}

const uriPartRefused =
  '"proxy_pass" cannot have URI part in location given by regular expression, or inside named location, or inside "if" statement, or inside "limit_except" block';

/** A `proxy_pass` with a path where nginx cannot tell which part of the request it replaces. */
export interface UriPart extends Refusal {
  readonly pass: Pass;
  /** The path, with its slash. */
  readonly uri: string;
  readonly where: 'regex' | 'named' | 'if' | 'limit_except';
}

/**
 * The passes whose URL has a path although their block is not chosen by a plain prefix. Variables lift the ban.
 * https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass
 */
export function refusedUriParts(nginx: Nginx): readonly UriPart[] {
  const literal = passesOfKinds(nginx, (kind) => kind.directive === 'proxy_pass' && !kind.atRunTime);
  return literal.flatMap((pass) => {
    const where = blockWithoutPrefix(pass);
    const uri = uriOf(pass.word.value);
    if (where === undefined || uri === undefined) return [];
    const { directive, word } = pass;
    return [
      {
        pass,
        uri,
        where,
        at: wordSpan(directive, word),
        log: `${uriPartRefused}${inPlace(directive)}`,
        related: [],
      },
    ];
  });
}

function blockWithoutPrefix({ block, location }: Pass): UriPart['where'] | undefined {
  if (block.kind === 'if' || block.kind === 'limit_except') return block.kind;
  return location.match === 'regex' || location.match === 'named' ? location.match : undefined;
}

/** The path and query of a URL; behind a socket they follow a second colon. */
function uriOf(url: string): string | undefined {
  const scheme = /^https?:\/\//i.exec(url);
  if (!scheme) return undefined;
  const rest = url.slice(scheme[0].length);
  if (/^unix:/i.test(rest)) {
    const colon = rest.indexOf(':', 'unix:'.length);
    return colon === -1 || colon === rest.length - 1 ? undefined : rest.slice(colon + 1);
  }
  const start = rest.search(/[/?]/);
  return start === -1 ? undefined : rest.slice(start);
}
