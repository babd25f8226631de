import { type Given, known } from '../../syntax/compose/given.ts';
import type { Lookup } from '../../syntax/compose/interpolate.ts';
import { entryOf } from '../../syntax/compose/node.ts';
import type { Span } from '../../syntax/source.ts';
import type { Root } from '../root.ts';
import { type ComposeFiles, composeFiles } from './file-reader.ts';
import { loadResources } from './load-resources.ts';
import type { ComposeProject } from './project.ts';
import { knownValue, projectEnvironment } from './project-environment.ts';
import { readDeclaredNetworks, readDeclaredVolumes } from './read-declared.ts';
import { readService } from './read-service.ts';
import type { Reading } from './reading.ts';

/** So many services are read. Real projects have dozens, and each of them may reach all others. */
const MAX_SERVICES = 200;

/** The files of a project: the base first, then what is laid over it. Absolute. */
export interface ComposeFileSet {
  readonly directory: string;
  readonly paths: readonly string[];
}

/**
 * Reads a compose project as `docker compose config` would, from its text alone: nothing is built, pulled, started or fetched, and nothing
 * that the root does not show is read. `root` has the machine's own paths. It never throws on what the files hold.
 */
export async function readComposeProject(root: Root, set: ComposeFileSet): Promise<ComposeProject> {
  const files = composeFiles(root);
  const environment = projectEnvironment(root, set.directory);
  files.environmentFiles.push(...environment.sources);
  for (const problem of environment.problems) files.problems.push(problem);
  const name = await projectName(files, set, environment.lookup);
  const lookup = withName(environment.lookup, name);
  const resources = await loadResources(root, files, { ...set, lookup, trail: [] });
  const reading: Reading = {
    root,
    lookup,
    complain: (message, span) => files.problems.push({ message, span }),
    doubt: (message, span) => files.unread.push({ message, span }),
  };
  const context = {
    reading,
    configs: resources.configs,
    secrets: resources.secrets,
    activeProfiles: new Set(
      (knownValue(lookup, 'COMPOSE_PROFILES') ?? '').split(',').filter((text) => text !== ''),
    ),
  };
  const all = [...resources.services];
  const [, [beyond] = []] = all[MAX_SERVICES] ?? [];
  if (beyond) {
    const message = `a project has no more than ${MAX_SERVICES} services, and the others are not read`;
    files.unread.push({ message, span: beyond.at });
  }
  const services = all.slice(0, MAX_SERVICES).flatMap(([key, layers]) => {
    const service = readService(key, layers, context, []);
    return service ? [service] : [];
  });
  return {
    name,
    directory: set.directory,
    files: files.sources,
    environmentFiles: files.environmentFiles,
    services,
    networks: readDeclaredNetworks(reading, resources, name),
    volumes: readDeclaredVolumes(reading, resources, name),
    problems: unique(files.problems),
    unread: unique(files.unread),
  };
}

/** `COMPOSE_PROJECT_NAME` of `.env`, the last `name:` of the files, or the directory's. */
async function projectName(
  files: ComposeFiles,
  { paths, directory }: ComposeFileSet,
  lookup: Lookup,
): Promise<Given<string>> {
  let named: Given<string> | undefined;
  let start: Span | undefined;
  for (const path of paths) {
    const map = await files.read(path, lookup);
    start ??= map && { ...map.span, end: map.span.start };
    const entry = entryOf(map, 'name')?.value;
    if (entry?.kind === 'scalar' && !entry.isNull) named = entry.text;
  }
  const source = { path: directory, file: directory, text: '', encoding: 'utf8' } as const;
  const span = start ?? { source, start: 0, end: 0 };
  const fromEnvironment = knownValue(lookup, 'COMPOSE_PROJECT_NAME');
  if (fromEnvironment) return known(fromEnvironment, span);
  return named ?? known(normalName(directory.slice(directory.lastIndexOf('/') + 1)), span);
}

/** https://github.com/compose-spec/compose-spec/blob/main/04-version-and-name.md */
function normalName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^-_a-z0-9]/g, '')
    .replace(/^[-_]+/, '');
}

function withName(lookup: Lookup, name: Given<string>): Lookup {
  return (variable) => {
    if (variable !== 'COMPOSE_PROJECT_NAME' || name.kind === 'unknown') return lookup(variable);
    return { kind: 'known', value: name.value };
  };
}

/** Two services that extend the same broken one complain of it twice. */
function unique<T extends { readonly message: string; readonly span: Span }>(
  doubts: readonly T[],
): readonly T[] {
  const seen = new Map<string, T>();
  for (const doubt of doubts) {
    const { source, start } = doubt.span;
    seen.set(`${source.path}\n${start}\n${doubt.message}`, doubt);
  }
  return [...seen.values()];
}
