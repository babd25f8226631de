import { findComposeProjects } from '../../../src/load/compose/find-projects.ts';
import type { ComposeProject } from '../../../src/load/compose/project.ts';
import { readComposeProject } from '../../../src/load/compose/read-project.ts';
import type { ComposeService } from '../../../src/load/compose/service.ts';
import { type MemoryEntry, memoryFileSystem } from '../../../src/load/memory-file-system.ts';
import { openRoot, type Root } from '../../../src/load/root.ts';
import type { Given } from '../../../src/syntax/compose/given.ts';
import { positionAt, type Span } from '../../../src/syntax/source.ts';

/** A repository at `/repos/shop` of a machine in memory; nothing outside of it may be read. */
export function repository(files: Readonly<Record<string, MemoryEntry>>): Root {
  const entries = Object.entries(files).map(([path, entry]) => [
    path.startsWith('/') ? path : `/repos/shop/${path}`,
    entry,
  ]);
  return openRoot(memoryFileSystem(Object.fromEntries(entries)), '/', '/repos/shop', {
    within: ['/repos/shop'],
  });
}

/** Reads the project at the top of the files, or the only one. */
export async function readProject(files: Readonly<Record<string, MemoryEntry>>): Promise<ComposeProject> {
  const root = repository(files);
  const paths = Object.keys(files).map((path) => (path.startsWith('/') ? path : `/repos/shop/${path}`));
  const { projects } = await findComposeProjects(root, paths);
  const first = projects.find(({ directory }) => directory === '/repos/shop') ?? projects[0];
  if (!first) throw new Error('no project');
  return readComposeProject(root, first);
}

/** Reads a `compose.yaml` of one service and gives the service. */
export async function readOne(
  lines: string,
  files: Readonly<Record<string, MemoryEntry>> = {},
): Promise<ComposeService> {
  const text = `services:\n  web:\n${lines
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')}\n`;
  return serviceOf(await readProject({ 'compose.yaml': text, ...files }), 'web');
}

/** A service by its name. */
export function serviceOf(project: ComposeProject, name: string): ComposeService {
  const service = project.services.find((each) => each.name === name);
  if (!service) throw new Error(`no service ${name}`);
  return service;
}

/** The value, or why it is unknown. */
export function plain<T>(given: Given<T> | undefined): T | string | undefined {
  if (!given) return undefined;
  return given.kind === 'known' ? given.value : `unknown: ${given.why}`;
}

/** What a span covers, with its file and line: `compose.yaml:3 8080`. */
export function place({ source, start, end }: Span): string {
  return `${source.file}:${positionAt(source, start).line} ${source.text.slice(start, end)}`;
}
