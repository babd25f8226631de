import type { Statement } from '../../../syntax/nginx/statement.ts';
import type { Directive } from '../../../syntax/nginx/tree.ts';
import { isBuiltInVariable } from '../../../syntax/nginx/variable-names.ts';
import {
  usesVariables,
  type VariableName,
  type VariableUse,
  variablesIn,
  variablesOf,
  variablesOfMapLine,
  wordsWithVariables,
} from '../../../syntax/nginx/variable-use.ts';
import { oncePer } from '../../once-per.ts';
import { type Block, blocksLaidOut, blocksNamed, blocksWith, isOther, namesIn, ownAll } from '../block.ts';
import { type Layout, statementOf } from '../layout.ts';
import { layoutsIn } from '../layouts-in.ts';
import type { Nginx } from '../nginx.ts';
import { surveyed } from '../survey.ts';
import { inPlace, type Refusal, wordSpan } from './refusal.ts';

/** A variable that nobody defines, or that nginx cannot read. */
export interface UnknownVariable extends Refusal {
  readonly use: VariableUse;
  /** True where no module and no file that was left out can define it. */
  readonly certain: boolean;
  /** True for a name in capitals, as shells and containers write theirs: a template that was not filled in. */
  readonly looksLikeEnvironment: boolean;
}

/** The variables in `http` that nginx does not know, each place once. */
export const unknownVariables = oncePer((nginx: Nginx): readonly UnknownVariable[] => {
  const { http } = nginx;
  if (!http) return [];
  const found = new Map<string, UnknownVariable>();
  const isKnown = hasOnlyKnownModules(nginx);
  for (const use of usesIn(http)) {
    const { kind, directive, word } = use;
    const isReadable = kind === 'plain' || kind === 'braced';
    found.set(`${directive.source.file}:${word.start}:${use.name}`, {
      use,
      certain: isKnown || !isReadable,
      looksLikeEnvironment: /^[A-Z][A-Z0-9_]*$/.test(use.name),
      at: wordSpan(directive, word),
      related: [],
      log: logOf(use),
    });
  }
  return [...found.values()];
});

function logOf({ kind, name, directive }: VariableUse): string {
  if (kind === 'nameless') return `invalid variable name${inPlace(directive)}`;
  if (kind === 'open') return `the closing bracket in "${name}" variable is missing${inPlace(directive)}`;
  return `unknown "${name.toLowerCase()}" variable`;
}

/** The uses that nobody defines or nginx cannot read. */
function usesIn(http: Block): readonly VariableUse[] {
  const doubtful = doubtfulIn(http);
  const isGood = goodVariables(http);
  const isAllGood = goodTexts(isGood);
  const isTroubled = ({ opener, items }: Layout): boolean =>
    opener && isOther(opener.name)
      ? isTroubledMap(opener, items, isAllGood)
      : items.some((item) => doubtful.has(statementOf(item)));
  if (doubtful.size === 0 && !mapsIn(http).some(({ layout }) => isTroubled(layout))) return [];
  const reported = new Set<Directive>();
  const uses: VariableUse[] = [];
  for (const block of blocksLaidOut(http, isTroubled)) {
    for (const directive of block.directives) {
      const found =
        block.kind === 'other'
          ? variablesOfMapLine(directive)
          : reported.has(directive)
            ? []
            : variablesOf(directive);
      const bad = found.filter((use) => !isGood(use));
      if (bad.length > 0) reported.add(directive);
      for (const use of bad) uses.push(use);
    }
  }
  return uses;
}

function mapsIn(http: Block): readonly Block[] {
  if (!namesIn(http).has('map')) return [];
  return blocksWith(http, ['map']).flatMap((block) => blocksNamed(block, 'map'));
}

/** Tells whether nginx can read a variable and somebody defines it. */
const goodVariables = oncePer((http: Block) => {
  let defined: ReadonlySet<string> | undefined;
  return ({ kind, name }: VariableName): boolean => {
    if (kind !== 'plain' && kind !== 'braced') return false;
    const known = name.toLowerCase();
    if (isBuiltInVariable(known)) return true;
    defined ??= definedIn(http);
    return defined.has(known);
  };
});

/** The statements with variables that are not good. */
const doubtfulIn = surveyed(usesVariables, (http) => {
  const answer = new Set<Statement>();
  const isAllGood = goodTexts(goodVariables(http));
  const see = (statement: Statement): void => {
    if (statement.hasDollar && isDoubtful(statement, isAllGood)) answer.add(statement);
  };
  return { answer, see };
});

/** Tells whether all is well with the variables of a text. What sites write alike behind the first `$` is looked at once. */
function goodTexts(isGood: (variable: VariableName) => boolean): (text: string) => boolean {
  const good = new Set<string>();
  let last = '';
  return (text) => {
    const from = text.indexOf('$');
    if (from === -1 || (from + last.length === text.length && text.endsWith(last))) return true;
    const rest = text.slice(from);
    if (!good.has(rest) && !variablesIn(rest).every(isGood)) return false;
    good.add(rest);
    last = rest;
    return true;
  };
}

function isDoubtful({ name, values }: Statement, isAllGood: (text: string) => boolean): boolean {
  // Which of the words are text with variables matters only where one holds something else.
  if (values.every(isAllGood)) return false;
  const words = values.map((value) => ({ value }));
  return wordsWithVariables(name, words).some(({ value }) => !isAllGood(value));
}

/** Whether one of the values of a map is not good. */
function isTroubledMap(
  opener: Statement,
  items: Layout['items'],
  isAllGood: (text: string) => boolean,
): boolean {
  if (opener.name !== 'map') return false;
  return items.some((line) => {
    const [value, ...more] = statementOf(line).values;
    return value !== undefined && more.length === 0 && !isAllGood(value);
  });
}

/** Everything that may be the definition of a variable, in small letters. */
function definedIn(http: Block): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { opener, items } of [...layoutsIn(http).values()].flat()) {
    const isData = dataBlocks.has(opener?.name ?? '');
    for (const item of items) {
      const statement = statementOf(item);
      const defined = isData ? namedGroups(statement.name) : definedBy(statement);
      for (const name of defined) names.add(name.toLowerCase());
    }
  }
  return names;
}

/** Blocks of which a line defines nothing but what its expression catches. */
const dataBlocks: ReadonlySet<string> = new Set(['map', 'geo', 'split_clients', 'types', 'charset_map']);

/** Directives that use variables and define one with their first or second argument. */
const definers: Readonly<Record<string, number>> = {
  set: 0,
  auth_request_set: 0,
  perl_set: 0,
  map: 1,
  split_clients: 1,
};

/** Of a directive that is not known to use variables only, every variable it names counts as defined by it. */
function* definedBy({ name, values }: Statement): Generator<string> {
  if (name.startsWith('$')) yield name.slice(1);
  yield* namedGroups(name);
  const at = Object.hasOwn(definers, name) ? definers[name] : undefined;
  for (const [index, value] of values.entries()) {
    yield* namedGroups(value);
    const isDefinition = at === undefined ? !usesVariables(name) : index === at;
    if (isDefinition && value.startsWith('$')) yield value.replace(/^\$\{?(\w+).*$/s, '$1');
  }
}

/** The names of `(?<name>...)`, `(?P<name>...)` and `(?'name'...)` in a regular expression. */
function* namedGroups(text: string): Generator<string> {
  if (!text.includes('(?')) return;
  for (const [, name] of text.matchAll(/\(\?P?[<'](\w+)[>']/g)) if (name) yield name;
}

/** Modules of nginx itself that packages load, and which define no variables but by their directives. */
const ownModules =
  /\/?ngx_(?:http_(?:geoip|image_filter|xslt_filter|perl|js|geoip2|headers_more_filter|subs_filter|dav_ext|fancyindex|auth_pam|cache_purge|brotli_filter|brotli_static)|stream(?:_geoip2?|_js)?|mail)_module\.so$/;

/** Whether everything that can define a variable was read and understood. */
function hasOnlyKnownModules({ complete, main, problems }: Nginx): boolean {
  return (
    complete &&
    problems.every(({ kind }) => kind !== 'unknown-directive' && kind !== 'unknown-module') &&
    ownAll(main, 'load_module').every(({ args }) => ownModules.test(args[0]?.value ?? ''))
  );
}
