import { CONTEXT_LETTERS, type NginxContext } from './contexts.ts';
import { DIRECTIVE_TABLE } from './directive-table.ts';

/**
 * How the module of a directive gets into nginx: `built-in` with nginx itself (a few by a switch all distributions
 * set), `dynamic` by `load_module` in most packages, `third-party` from other makers, `plus` in NGINX Plus only.
 */
export type ModuleKind = 'built-in' | 'dynamic' | 'third-party' | 'plus';

/**
 * How nginx reads the only argument: `msec` a time to the millisecond, `sec` one to the second, `size` up to
 * megabytes, `offset` up to gigabytes.
 */
export type Slot = 'flag' | 'size' | 'offset' | 'msec' | 'sec' | 'number';

/** One form of a directive: what one module takes in some contexts. */
export interface DirectiveForm {
  readonly name: string;
  /** `ngx_http_core_module` */
  readonly module: string;
  readonly moduleKind: ModuleKind;
  /** `1`, `1-2`, `1,3`, `2+`; see {@link takesArguments}. */
  readonly arity: string;
  readonly block: boolean;
  readonly slot?: Slot;
  /** The words its arguments are among, as the newest documentation lists them. */
  readonly choices?: readonly string[];
  /** True where nginx refuses a second statement in the same block. */
  readonly once: boolean;
  /** No nginx before this version has it. */
  readonly since?: string;
  /** The first nginx without it. */
  readonly until?: string;
  /** Where it is documented. */
  readonly url: string;
  /** The letters of its contexts: see {@link standsIn}. */
  readonly letters: string;
}

const MODULE_KINDS: readonly ModuleKind[] = ['built-in', 'dynamic', 'third-party', 'plus'];
const SLOTS: readonly Slot[] = ['flag', 'size', 'offset', 'msec', 'sec', 'number'];

interface Row {
  readonly module: string;
  readonly line: string;
}

let rows: ReadonlyMap<string, readonly Row[]> | undefined;
const decoded = new Map<string, readonly DirectiveForm[]>();

/** Indexes the table by name on first use; lines are decoded one name at a time, so that start-up pays little. */
function table(): ReadonlyMap<string, readonly Row[]> {
  if (rows) return rows;
  const index = new Map<string, Row[]>();
  let module = '';
  for (const line of DIRECTIVE_TABLE.split('\n')) {
    if (line.startsWith('@')) {
      module = line;
      continue;
    }
    const name = line.slice(0, line.indexOf(' '));
    if (line === '') continue;
    const known = index.get(name);
    if (known) known.push({ module, line });
    else index.set(name, [{ module, line }]);
  }
  rows = index;
  return index;
}

/** All forms of a directive; none where no module in the table has it. Names are case-sensitive, as in nginx. */
export function formsOf(name: string): readonly DirectiveForm[] {
  const known = decoded.get(name);
  if (known) return known;
  const rows = table().get(name);
  // Not kept: there is no end of names that are none.
  if (!rows) return none;
  const forms = rows.map(decode);
  decoded.set(name, forms);
  return forms;
}

const none: readonly DirectiveForm[] = [];

/** The names of all directives in the table. */
export function directiveNames(): Iterable<string> {
  return table().keys();
}

/** True where a form may stand in a context. */
export function standsIn(form: DirectiveForm, context: NginxContext): boolean {
  const letter = CONTEXT_LETTERS[context];
  return form.letters === '*' || (letter !== undefined && form.letters.includes(letter));
}

/** True where a form takes this number of arguments. */
export function takesArguments(form: DirectiveForm, count: number): boolean {
  for (const { from, to } of rangesOf(form.arity)) if (count >= from && count <= to) return true;
  return false;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

const ranges = new Map<string, readonly Range[]>();

/** Directives have some twenty arities, and a large host a million directives. */
function rangesOf(arity: string): readonly Range[] {
  const known = ranges.get(arity);
  if (known) return known;
  const read = arity.split(',').map((range): Range => {
    if (range.endsWith('+')) return { from: Number(range.slice(0, -1)), to: Number.POSITIVE_INFINITY };
    const [from, to] = range.split('-');
    return { from: Number(from), to: Number(to ?? from) };
  });
  ranges.set(arity, read);
  return read;
}

/** Where a directive is documented, on nginx.org or where its module is described: one page for each module that has it. */
export function documentationOf(name: string): readonly string[] {
  return [...new Set(formsOf(name).map(({ url }) => url))];
}

function decode({ module: header, line }: Row): DirectiveForm {
  const [module = '', kind, page] = header.slice(1).split(' ');
  const [name = '', letters = '', count = '', ...rest] = line.split(' ');
  const after = (mark: string): string | undefined => rest.find((word) => word.startsWith(mark))?.slice(1);
  const slot = SLOTS.find((candidate) => rest.includes(candidate));
  const choices = after('=')?.split(',');
  const since = after('>');
  const until = after('<');
  return {
    name,
    module,
    moduleKind: MODULE_KINDS.find((candidate) => candidate === kind) ?? 'third-party',
    arity: count.replace('{', ''),
    block: count.endsWith('{'),
    once: rest.includes('once'),
    url: page ?? nginxOrgPage(module, name),
    letters,
    ...(slot === undefined ? {} : { slot }),
    ...(choices === undefined ? {} : { choices }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  };
}

function nginxOrgPage(module: string, name: string): string {
  const family = ['http', 'stream', 'mail'].find((word) => module.startsWith(`ngx_${word}_`));
  return `https://nginx.org/en/docs/${family === undefined ? '' : `${family}/`}${module}.html#${name}`;
}
