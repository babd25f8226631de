/**
 * Writes src/syntax/nginx/directive-table.ts:
 *
 *     npx esbuild scripts/nginx-directives/generate.ts --bundle --platform=node --format=esm --packages=external \
 *       --outfile=node_modules/.cache/generate.mjs && node node_modules/.cache/generate.mjs FACTS.json
 *
 * Contexts and numbers of arguments come from FACTS.json, which holds the tables of nginx-go-crossplane (Apache-2.0,
 * https://github.com/nginxinc/nginx-go-crossplane). Modules and documented words come from @nginx/reference-lib
 * (Apache-2.0). How nginx reads a value and whether it refuses a directive twice is asked of the nginx of this machine.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Directive as Documented, Format, getDirectives } from '@nginx/reference-lib';
import { type FactForm, readFacts } from './facts.ts';
import { type Nginx, openNginx, type Probed, probe } from './probe.ts';
import { DYNAMIC_MODULES, INTRODUCED, REMOVED, SOMETIMES_REFUSED_TWICE, THIRD_PARTY } from './versions.ts';

/** One letter a context; `src/syntax/nginx/directives.ts` reads them. */
const LETTERS: Readonly<Record<string, string>> = {
  main: 'm',
  events: 'e',
  http: 'h',
  'http/server': 's',
  'http/location': 'l',
  'http/server/if': 'i',
  'http/location/if': 'j',
  'http/location/limit_except': 'x',
  'http/upstream': 'u',
  stream: 'S',
  'stream/server': 'V',
  'stream/upstream': 'U',
  mail: 'M',
  'mail/server': 'N',
  any: '*',
};

/** The contexts that the documentation's short names stand for, by the family of the module. */
const DOCUMENTED_LETTERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  http: {
    main: 'm',
    http: 'h',
    server: 's',
    location: 'l',
    upstream: 'u',
    if: 'i',
    'if in location': 'j',
    limit_except: 'x',
  },
  stream: { main: 'm', stream: 'S', server: 'V', upstream: 'U' },
  mail: { main: 'm', mail: 'M', server: 'N' },
  core: { main: 'm', events: 'e' },
};

/** A block of a module's own stands in no context that the table tells apart. */
const OWN_BLOCK = 'o';

// biome-ignore format: a plain list
const PROBE_ORDER = [
  'http/location', 'http/server', 'http', 'main', 'events', 'http/upstream', 'stream/server', 'stream',
  'stream/upstream', 'http/location/if',
];

interface Line {
  readonly module: string;
  readonly text: string;
}

const [factsFile] = process.argv.slice(2);
if (factsFile === undefined) throw new Error('give the file of facts');
const nginx = openNginx();
if (!nginx) throw new Error('nginx has to be installed');

const facts = readFacts(factsFile);
const documented = groupBy(getDirectives(Format.Markdown), (entry) => entry.name);
const lines: Line[] = [];
const current = facts['nginx'] ?? {};
const former = facts['nginx-1.24'] ?? {};
for (const [name, forms] of Object.entries({ ...former, ...current }))
  addForms(nginx, name, forms, undefined);
for (const [source, module] of [
  ['njs', undefined],
  ['otel', 'ngx_otel_module'],
] as const) {
  for (const [name, forms] of Object.entries(facts[source] ?? {})) addForms(nginx, name, forms, module, 'js');
}
for (const [source, { module }] of Object.entries(THIRD_PARTY)) {
  for (const [name, forms] of Object.entries(facts[source] ?? {})) addForms(nginx, name, forms, module);
}
addDocumentedOnly();
nginx.close();
write(nginx.version);

function addForms(
  nginx: Nginx,
  name: string,
  forms: readonly FactForm[],
  thirdParty: string | undefined,
  fallback = 'core',
): void {
  for (const form of forms) {
    const letters = form.contexts.map((context) => LETTERS[context] ?? '').join('') || OWN_BLOCK;
    const family = familyOf(form.contexts);
    const entries = thirdParty === undefined ? entriesOf(name, family, letters) : [];
    const module =
      thirdParty ??
      entries[0]?.module ??
      (family === 'core' ? 'ngx_core_module' : `ngx_${family}_${fallback}_module`);
    const luaBlock = name.endsWith('_by_lua_block');
    const block = luaBlock || form.arguments.includes('block');
    const flag = form.arguments.includes('flag');
    const counts = form.arguments.filter((word) => /\d/.test(word)).map(String);
    const arity = luaBlock ? (name === 'set_by_lua_block' ? '1' : '0') : flag ? '1' : counts.join(',') || '0';
    const choices = literalsOf(entries);
    const where = PROBE_ORDER.find((context) => form.contexts.includes(context));
    const probed: Probed =
      thirdParty !== undefined || block || where === undefined || where.startsWith('mail')
        ? { known: false }
        : probe(nginx, where, name, choices.slice(0, 6));
    const words = [name, letters, block ? `${arity}{` : arity];
    const takesVariables = entries.some((entry) =>
      /\bcontain\w*(?: \S+){0,3} variable/.test(entry.description),
    );
    const slot = probed.known ? probed.slot : flag ? 'flag' : undefined;
    if (slot !== undefined && !(takesVariables && slot !== 'flag')) {
      // Where the documentation names a kind of word, not the words, their list is not known.
      const open = entries.some((entry) => entry.syntax.some((syntax) => syntax.includes('*`')));
      if (slot !== 'choice') words.push(slot);
      else if (choices.length > 0 && !open) words.push(`=${choices.join(',')}`);
    }
    const once = probed.known ? probed.refusesTwice === true : flag && thirdParty === undefined;
    if (once && !SOMETIMES_REFUSED_TWICE.has(name)) words.push('once');
    const since = thirdParty === undefined ? introduced(name, family, form, probed.known) : undefined;
    if (since !== undefined) words.push(`>${since}`);
    const until = REMOVED[name];
    if (until !== undefined) words.push(`<${until}`);
    lines.push({ module, text: words.join(' ') });
  }
}

/** Directives that no form of nginx's source has: those of the commercial version, and of modules of its makers. */
function addDocumentedOnly(): void {
  const known = new Set(Object.keys({ ...former, ...current, ...facts['njs'], ...facts['otel'] }));
  for (const [name, entries] of documented) {
    if (known.has(name)) continue;
    for (const entry of entries) {
      const letters = entry.contexts.map(
        (context) => DOCUMENTED_LETTERS[familyOfModule(entry.module)]?.[context] ?? '',
      );
      const words = [name, letters.join('') || OWN_BLOCK, entry.isBlock ? '0+{' : '0+'];
      const until = REMOVED[name];
      if (until !== undefined) words.push(`<${until}`);
      const commercial =
        !DYNAMIC_MODULES.has(entry.module) && until === undefined && name !== 'xml_external_entities';
      lines.push({ module: commercial ? `${entry.module} plus` : entry.module, text: words.join(' ') });
    }
  }
}

/**
 * The version before which nginx has no such form of a directive. Where it is not written down: one that the
 * facts of 1.24 (or 1.26) lack is absent from every version before 1.25.0 (or 1.27.0), whenever exactly it came.
 */
function introduced(name: string, family: string, form: FactForm, here: boolean): string | undefined {
  const known = INTRODUCED[`${family}/${name}`] ?? INTRODUCED[name];
  if (known !== undefined) return known;
  // Distributions bring some directives to older versions, with security fixes: this nginx has it already.
  if (here || !current[name]?.includes(form)) return undefined;
  if (!overlaps(facts['nginx-1.26']?.[name], form)) return '1.27.0';
  return overlaps(former[name], form) ? undefined : '1.25.0';
}

function overlaps(forms: readonly FactForm[] | undefined, form: FactForm): boolean {
  return (forms ?? []).some((other) => other.contexts.some((context) => form.contexts.includes(context)));
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function familyOf(contexts: readonly string[]): string {
  const first = contexts[0] ?? '';
  if (first === 'main' || first === 'events' || first === 'any') return 'core';
  return first.split('/')[0] ?? 'core';
}

function familyOfModule(module: string): string {
  return /^ngx_(http|stream|mail)_/.exec(module)?.[1] ?? 'core';
}

function entriesOf(name: string, family: string, letters: string): readonly Documented[] {
  const standsThere = (entry: Documented): boolean =>
    entry.contexts.some((context) => {
      const letter = DOCUMENTED_LETTERS[familyOfModule(entry.module)]?.[context];
      return letter !== undefined && letters.includes(letter);
    });
  const all = documented.get(name) ?? [];
  const own = all.filter((entry) => familyOfModule(entry.module) === family);
  if (own.length === 0) {
    // `http` and `stream` stand in main, though their modules do not.
    return all.filter((entry) => family === 'core' || familyOfModule(entry.module) === 'core');
  }
  return own.some(standsThere) ? own.filter(standsThere) : own;
}

/** The words that stand for themselves in the documented syntax: `on`, `off`, `TLSv1.2`. */
function literalsOf(entries: readonly Documented[]): readonly string[] {
  const found = new Set<string>();
  for (const entry of entries) {
    for (const syntax of entry.syntax) {
      for (const [, word] of syntax.matchAll(/(?<!\*)`([A-Za-z0-9_.-]+)`(?!\*)/g)) found.add(word ?? '');
    }
  }
  return [...found];
}

function kindOf(module: string): string {
  if (module.endsWith(' plus')) return 'plus';
  if (Object.values(THIRD_PARTY).some((other) => other.module === module)) return 'third-party';
  if (DYNAMIC_MODULES.has(module)) return 'dynamic';
  return /^ngx_(stream|mail)_/.test(module) ? 'dynamic' : 'built-in';
}

function write(version: string): void {
  const byModule = groupBy(lines, (line) => line.module);
  const rows: string[] = [];
  for (const module of [...byModule.keys()].sort()) {
    const name = module.replace(' plus', '').replace('Core functionality', 'ngx_core_module');
    const url = Object.values(THIRD_PARTY).find((other) => other.module === name)?.url;
    rows.push(`@${name} ${kindOf(module)}${url === undefined ? '' : ` ${url}`}`);
    for (const text of new Set((byModule.get(module) ?? []).map((line) => line.text).sort())) rows.push(text);
  }
  const text = `// Written by scripts/nginx-directives/generate.ts; do not edit.
//
// Contexts and numbers of arguments: nginx's command tables by way of nginx-go-crossplane (Apache-2.0, F5, Inc.).
// Modules, documentation addresses and words: @nginx/reference-lib (Apache-2.0, F5, Inc.).
// Kinds of values and \`once\`: asked of nginx ${version}.

/**
 * What nginx knows of its directives, one form a line: name, contexts (letters), number of arguments (\`{\` for a
 * block), then what nginx makes of the value (\`flag\`, \`size\`, ..., \`=\` and the words it may be), \`once\` where it
 * refuses a second statement, \`>\` and the version it came with, \`<\` and the version it went with. A line with \`@\`
 * names the module of the lines below it, how it gets into nginx, and where it is
 * documented where that is not on nginx.org.
 */
export const DIRECTIVE_TABLE = \`
${rows.join('\n')}
\`;
`;
  writeFileSync(join(process.cwd(), 'src/syntax/nginx/directive-table.ts'), text);
}
