import { placeOf, type Word, wordsWithin } from '../../syntax/command-line/words.ts';
import { readExports } from '../../syntax/javascript/exports.ts';
import { entryOf, type Literal, textOf } from '../../syntax/literal.ts';
import { baseName, directoryOf } from '../../syntax/path-parts.ts';
import type { Source } from '../../syntax/source.ts';
import { parseYaml, valuesIn } from '../../syntax/yaml.ts';
import { literalOf } from '../../syntax/yaml-literal.ts';
import type { App, AppProcess } from './app.ts';
import type { NearbyFiles } from './commands/call.ts';
import { isServer, listenersOfCommand } from './commands/listeners-of-command.ts';
import { type Environment, emptyEnvironment, type Variable, withVariables } from './environment.ts';
import { type AppReading, type Declared, declare, together } from './reading.ts';

/** True for the names that pm2's own files go by. https://pm2.keymetrics.io/docs/usage/application-declaration/ */
export function isPm2File(name: string): boolean {
  return /^(?:ecosystem(?:\.[\w-]+)?|pm2|process|pm2\.[\w-]+)(?:\.config)?\.(?:c?js|mjs|json|ya?ml)$/.test(
    name,
  );
}

/** Aliases that stand for more values are not looked through: ten lists that name each other ten times hold ten billion. */
const VALUES_MAX = 100_000;

/** So many instances of a program are looked at where each has a port of its own. */
const INSTANCES_MAX = 64;

/** The apps of a file of pm2. `doubt` says why pm2 may not run it. */
export async function pm2Apps(source: Source, nearby: NearbyFiles, doubt?: string): Promise<AppReading> {
  const whole = await contentOf(source);
  const declared = appsIn(whole);
  // process.json is a name that other programs use as well.
  if (!declared) {
    const isPm2s = /\bapps\b/.test(source.text) && /\bscript\b/.test(source.text);
    const start = { source, start: 0, end: 0 };
    const unplaced = { name: 'pm2', declaredBy: source.path, span: start };
    return isPm2s
      ? { apps: [], unplaced: [unplaced], sources: [source] }
      : { apps: [], unplaced: [], sources: [] };
  }
  const readings = declared.map((app) => ({ ...readApp(app, source, nearby, doubt), sources: [source] }));
  return together(readings);
}

async function contentOf(source: Source): Promise<Literal | undefined> {
  if (!/\.ya?ml$/.test(source.path)) return readExports(source);
  const { root } = await parseYaml(source);
  return root && valuesIn(root) <= VALUES_MAX ? literalOf(root) : undefined;
}

/** `{ apps: [...] }`, one app in place of a list, or the list alone. */
function appsIn(whole: Literal | undefined): readonly Literal[] | undefined {
  const apps = whole?.kind === 'map' ? (whole.entries.get('apps') ?? whole) : whole;
  const listed = apps?.kind === 'list' ? apps.items : apps?.kind === 'map' ? [apps] : undefined;
  const found = listed?.filter((app) => entryOf(app, 'script') !== undefined);
  return found && found.length > 0 && found.length === listed?.length ? found : undefined;
}

function readApp(
  app: Literal,
  source: Source,
  nearby: NearbyFiles,
  doubt: string | undefined,
): Omit<AppReading, 'sources'> {
  const script = entryOf(app, 'script');
  const here = directoryOf(source.path);
  const name = textOf(entryOf(app, 'name')) ?? textOf(script) ?? 'app';
  const cwd = entryOf(app, 'cwd');
  const told = textOf(cwd);
  const directory = cwd === undefined ? here : told?.startsWith('/') ? told : undefined;
  const words = wordsOf(app);
  const declared: Declared = {
    name,
    declaredBy: `pm2's ${source.path}`,
    span: script?.span ?? app.span,
    process: processOf(app, directory),
    ...(doubt !== undefined && { doubt }),
  };
  if (!words) return declare({ kind: 'unplaced' }, declared);
  const readings = environmentsOf(app).map((environment) => ({
    ...declare(
      listenersOfCommand({ words, environment, nearby, ...(directory !== undefined && { directory }) }),
      declared,
    ),
    sources: [],
  }));
  const { apps, unplaced } = together(readings);
  // Where the environments differ, only who starts pm2 knows which is used.
  const places = new Set(apps.map(({ address }) => JSON.stringify(address)));
  const isOne = places.size <= 1 || entryOf(app, 'increment_var') !== undefined;
  const differs = isOne && unplaced.length === 0 ? {} : { doubt: `pm2 is started with another --env` };
  return { apps: onePerPlace(apps).map((each) => ({ ...differs, ...each })), unplaced: unplaced.slice(0, 1) };
}

function onePerPlace(apps: readonly App[]): readonly App[] {
  return [...new Map(apps.toReversed().map((app) => [JSON.stringify(app.address), app])).values()].reverse();
}

/** The script behind what runs it: by `interpreter`, else by its ending, else node. */
function wordsOf(app: Literal): readonly Word[] | undefined {
  const script = wordOf(entryOf(app, 'script'));
  if (!script) return undefined;
  const args = argumentsOf(entryOf(app, 'args'));
  const options = argumentsOf(entryOf(app, 'node_args') ?? entryOf(app, 'interpreter_args'));
  if (!args || !options) return undefined;
  const [first = script, ...more] = wordsWithin(script, 'shell');
  const given = textOf(entryOf(app, 'interpreter')) ?? textOf(entryOf(app, 'exec_interpreter'));
  const base = baseName(first.text);
  const ending = /\.(\w+)$/.exec(base)?.[1] ?? '';
  const isProgram = given === 'none' || (given === undefined && (isServer(base) || ending === ''));
  const runs = given ?? interpreters.get(ending) ?? 'node';
  const interpreter: readonly Word[] = isProgram ? [] : [{ text: runs, span: first.span }, ...options];
  return [...interpreter, first, ...more, ...args];
}

const interpreters = new Map([
  ['py', 'python3'],
  ['sh', 'bash'],
  ['php', 'php'],
  ['rb', 'ruby'],
  ['pl', 'perl'],
  ['ts', 'bun'],
]);

function wordOf(literal: Literal | undefined): Word | undefined {
  const text = textOf(literal);
  if (literal?.kind !== 'scalar' || text === undefined) return undefined;
  return { text, span: literal.span, ...(literal.parts && { filled: literal.parts }) };
}

function argumentsOf(literal: Literal | undefined): readonly Word[] | undefined {
  if (!literal) return [];
  const word = wordOf(literal);
  if (word) return wordsWithin(word, 'shell').map((each) => ({ ...each, isVerbatim: true as const }));
  if (literal.kind !== 'list' || !literal.isWhole) return undefined;
  const words = literal.items.map(wordOf);
  return words.every((each) => each !== undefined) ? words : undefined;
}

/** The environments that an app may get: `env`, and each `env_…` over it, which `--env` chooses. */
function environmentsOf(app: Literal): readonly Environment[] {
  if (app.kind !== 'map') return [emptyEnvironment];
  const base = variablesIn(app.entries.get('env'));
  const others = [...app.entries].filter(([key]) => key.startsWith('env_') && key !== 'env_file');
  const isWhole = app.isWhole && isPlain(app.entries.get('env'));
  const plain = { variables: new Map(base), isWhole };
  const chosen = others.map(([, block]) => withVariables(plain, variablesIn(block), isPlain(block)));
  // Where the plain one says nothing, nobody starts it so.
  const meant = base.length === 0 && chosen.length > 0 ? chosen : [plain, ...chosen];
  return meant.flatMap((environment) => instancesOf(app, environment));
}

function isPlain(block: Literal | undefined): boolean {
  return block === undefined || (block.kind === 'map' && block.isWhole);
}

function variablesIn(block: Literal | undefined): readonly (readonly [string, Variable])[] {
  if (block?.kind !== 'map') return [];
  return [...block.entries].map(([name, literal]) => [name, variableOf(name, literal)]);
}

function variableOf(name: string, literal: Literal): Variable {
  const told = literal.kind === 'fallback' ? literal.value : literal;
  const value = textOf(told);
  if (value === undefined) return { value: '', span: literal.span, isUnknown: true };
  return {
    value,
    span: placeOf({ text: value, span: told.span }, value),
    ...(literal.kind === 'fallback' && { doubt: `${name} is set where pm2 is started` }),
  };
}

/** With `increment_var` each instance has the next number. https://pm2.keymetrics.io/docs/usage/environment/#specific-environment-variables */
function instancesOf(app: Literal, environment: Environment): readonly Environment[] {
  const name = textOf(entryOf(app, 'increment_var'));
  const first = name === undefined ? undefined : environment.variables.get(name);
  const count = Number(textOf(entryOf(app, 'instances')) ?? '1');
  if (name === undefined || !first || !/^\d+$/.test(first.value)) return [environment];
  // `max` and negative numbers go by the processors of the host.
  const doubt = Number.isInteger(count) && count > 0 ? {} : { doubt: 'the host has fewer processors' };
  const instances = Number.isInteger(count) && count > 0 ? Math.min(count, INSTANCES_MAX) : 8;
  return Array.from({ length: instances }, (_, index) =>
    withVariables(environment, [[name, { ...first, ...doubt, value: String(Number(first.value) + index) }]]),
  );
}

function processOf(app: Literal, directory: string | undefined): AppProcess {
  const user = textOf(entryOf(app, 'uid')) ?? textOf(entryOf(app, 'user'));
  const group = textOf(entryOf(app, 'gid'));
  return {
    ...(user !== undefined && { user }),
    ...(group !== undefined && { group }),
    ...(directory !== undefined && { directory }),
  };
}
