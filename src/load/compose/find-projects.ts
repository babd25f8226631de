import { entryOf } from '../../syntax/compose/node.ts';
import { joinPath } from '../path-resolver.ts';
import type { Root } from '../root.ts';
import { BASE_NAMES, isComposeName, OVERRIDE_NAMES } from './file-names.ts';
import { composeFiles } from './file-reader.ts';
import type { ComposeProject } from './project.ts';
import { knownValue, projectEnvironment } from './project-environment.ts';
import { type ComposeFileSet, readComposeProject } from './read-project.ts';

/** The compose projects among some files. */
export interface ComposeSearch {
  readonly projects: readonly ComposeFileSet[];
  /** Files that are laid over a base only where somebody asks for it (`-f`): not judged. Absolute. */
  readonly variants: readonly string[];
}

/**
 * Tells projects from what is laid over them. A directory's base with its override is a project, or what `COMPOSE_FILE` of its `.env` names.
 * Any other compose file is a variant, unless no base stands beside it and each of its services has an image or a build of its own.
 * `paths` are absolute; those that have no name of a compose file are passed over.
 */
export async function findComposeProjects(root: Root, paths: readonly string[]): Promise<ComposeSearch> {
  const projects: ComposeFileSet[] = [];
  const variants: string[] = [];
  for (const [directory, names] of byDirectory(paths)) {
    const inDirectory = (name: string): string => joinPath(directory, name);
    const standard = namedByEnvironment(root, directory) ?? standardFiles(names)?.map(inDirectory);
    if (standard) projects.push({ directory, paths: standard });
    for (const path of names.map(inDirectory).filter((each) => !standard?.includes(each))) {
      if (!standard && (await standsAlone(root, path))) projects.push({ directory, paths: [path] });
      else variants.push(path);
    }
  }
  return { projects, variants };
}

/** Reads all projects among some files. Those that others include as a whole are parts of these, not projects of their own. */
export async function readComposeProjects(
  root: Root,
  paths: readonly string[],
): Promise<{ readonly projects: readonly ComposeProject[]; readonly variants: readonly string[] }> {
  const { projects: sets, variants } = await findComposeProjects(root, paths);
  const projects: ComposeProject[] = [];
  for (const set of sets) projects.push(await readComposeProject(root, set));
  const isPart = (project: ComposeProject): boolean => {
    const [main] = project.files;
    return projects.some(({ files }) => files.slice(1).some(({ path }) => path === main?.path));
  };
  return { projects: projects.filter((project) => !isPart(project)), variants };
}

function byDirectory(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const directories = new Map<string, string[]>();
  for (const path of [...paths].sort()) {
    if (!isComposeName(path)) continue;
    const slash = path.lastIndexOf('/');
    const directory = slash <= 0 ? '/' : path.slice(0, slash);
    const names = directories.get(directory) ?? [];
    directories.set(directory, names);
    names.push(path.slice(slash + 1));
  }
  return directories;
}

function standardFiles(names: readonly string[]): readonly string[] | undefined {
  const base = BASE_NAMES.find((name) => names.includes(name));
  if (base === undefined) return undefined;
  const override = OVERRIDE_NAMES.find((name) => names.includes(name));
  return override === undefined ? [base] : [base, override];
}

/** https://docs.docker.com/compose/how-tos/environment-variables/envvars/#compose_file */
function namedByEnvironment(root: Root, directory: string): readonly string[] | undefined {
  const { lookup } = projectEnvironment(root, directory);
  const value = knownValue(lookup, 'COMPOSE_FILE');
  if (!value) return undefined;
  const names = value.split(knownValue(lookup, 'COMPOSE_PATH_SEPARATOR') ?? ':');
  return names.map((name) => (name.startsWith('/') ? name : joinPath(directory, name.replace(/^\.\//, ''))));
}

async function standsAlone(root: Root, path: string): Promise<boolean> {
  const map = await composeFiles(root).read(path, () => undefined);
  const services = entryOf(map, 'services')?.value;
  if (services?.kind !== 'map' || services.entries.length === 0) return false;
  return services.entries.every(
    ({ value }) => entryOf(value, 'image') ?? entryOf(value, 'build') ?? entryOf(value, 'extends'),
  );
}
