import { parseDotenv } from '../../syntax/compose/dotenv.ts';
import { type Given, known, unknown, writtenText } from '../../syntax/compose/given.ts';
import { interpolate, type Lookup } from '../../syntax/compose/interpolate.ts';
import type { Source, Span } from '../../syntax/source.ts';
import { itemsOf, type Layer, type Layers, under } from './layers.ts';
import { absolutePath, isOn, pairsOf, type Reading, textUnder } from './reading.ts';
import type { ComposeEnvironment, Doubt, EnvironmentVariable } from './service.ts';

/** Reads `env_file` and, over it, `environment`. https://docs.docker.com/compose/how-tos/environment-variables/envvars-precedence/ */
export function readEnvironment(reading: Reading, service: Layers): ComposeEnvironment {
  const variables = new Map<string, EnvironmentVariable>();
  const files: Source[] = [];
  const unread: Doubt[] = [];
  // An env file that is not there is no fault of the service: most repositories keep theirs to themselves.
  const withUnread: Reading = { ...reading, doubt: (message, span) => unread.push({ message, span }) };
  for (const item of itemsOf(under(service, 'env_file'))) {
    const file = envFile(withUnread, item);
    if (!file) continue;
    files.push(file.source);
    for (const variable of fileVariables(withUnread, file)) variables.set(variable.name, variable);
  }
  for (const { name, value, span } of pairsOf(reading, under(service, 'environment'), 'environment')) {
    variables.set(name, value ? { name, value, isCertain: true } : passedOn(reading, name, span));
  }
  return { variables, files, unread };
}

interface EnvFile {
  readonly source: Source;
  /** True where nothing in it is filled in. */
  readonly isRaw: boolean;
}

/** One env file; nothing where it is not read, which is then noted. */
function envFile(reading: Reading, item: Layer): EnvFile | undefined {
  const isLong = item.node.kind === 'map';
  const text = isLong ? textUnder(reading, [item], 'path') : scalarText(item);
  if (!text) {
    reading.complain('env_file must be a path', item.node.span);
    return undefined;
  }
  const isRaw = isLong && writtenText(textUnder(reading, [item], 'format') ?? unknown('', item.at)) === 'raw';
  const path = absolutePath(text, item.directory);
  if (path.kind === 'unknown') {
    reading.doubt(`the env file is not read: ${path.why}`, path.span);
    return undefined;
  }
  const read = reading.root.read(path.value);
  if (read.kind === 'read') return { source: read.source, isRaw };
  const required = isLong ? textUnder(reading, [item], 'required') : undefined;
  if (read.kind === 'missing' && required && !isOn(required)) return undefined;
  reading.doubt(`the env file "${writtenText(text)}" is not read: ${read.message}`, text.span);
  return undefined;
}

function scalarText({ node }: Layer): Given<string> | undefined {
  return node.kind === 'scalar' ? node.text : undefined;
}

function fileVariables(reading: Reading, { source, isRaw }: EnvFile): readonly EnvironmentVariable[] {
  const { entries, problem } = parseDotenv(source);
  if (problem) reading.complain(problem.message, problem.span);
  const before = new Map<string, Given<string>>();
  const lookup = chained(before, reading.lookup);
  return entries.map(({ name, value, isLiteral, span }) => {
    if (value === undefined) return passedOn(reading, name, span);
    const filled = isRaw || isLiteral ? known(value, span) : given(value, lookup, span);
    before.set(name, filled);
    return { name, value: filled, isCertain: true };
  });
}

/** `environment: [X]` passes on what the shell or `.env` has; without it X is not set. */
function passedOn(reading: Reading, name: string, span: Span): EnvironmentVariable {
  const found = reading.lookup(name);
  if (found?.kind === 'known') return { name, value: known(found.value, span), isCertain: true };
  return { name, value: unknown(found?.why ?? 'it is passed on from the shell', span), isCertain: false };
}

/** Fills in a text at a place. */
export function given(text: string, lookup: Lookup, span: Span): Given<string> {
  const result = interpolate(text, lookup);
  return result.kind === 'known' ? known(result.value, span) : unknown(result.why, span, result.text);
}

/** Looks a variable up in a file's own lines first. */
export function chained(own: ReadonlyMap<string, Given<string>>, outer: Lookup): Lookup {
  return (name) => {
    const found = own.get(name);
    if (!found) return outer(name);
    if (found.kind === 'known') return { kind: 'known', value: found.value };
    return { kind: 'unknown', why: found.why, text: found.text ?? '' };
  };
}
