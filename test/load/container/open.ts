import { readComposeProject } from '../../../src/load/compose/read-project.ts';
import { type Container, openContainer } from '../../../src/load/container/container.ts';
import { type MemoryEntry, memoryFileSystem } from '../../../src/load/memory-file-system.ts';
import { openRoot } from '../../../src/load/root.ts';

/** Opens the container of the service `web` of a repository at `/repos/shop`; `compose.yaml` is made of `lines`, other files are as given. */
export async function openWeb(
  lines: string,
  files: Readonly<Record<string, MemoryEntry>> = {},
  more = '',
): Promise<Container> {
  const service = lines
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}\n`)
    .join('');
  const all: Record<string, MemoryEntry> = {
    'compose.yaml': `services:\n  web:\n${service}${more}`,
    ...files,
  };
  const entries = Object.entries(all).map(([path, entry]) => [
    path.startsWith('/') ? path : `/repos/shop/${path}`,
    entry,
  ]);
  const fileSystem = memoryFileSystem(Object.fromEntries(entries));
  const root = openRoot(fileSystem, '/', '/repos/shop', { within: ['/repos/shop'] });
  const project = await readComposeProject(root, {
    directory: '/repos/shop',
    paths: ['/repos/shop/compose.yaml'],
  });
  const web = project.services.find(({ name }) => name === 'web');
  if (!web) throw new Error('no service web');
  return openContainer({ fileSystem, root, project, service: web });
}

/** What is at a path: its text with where a person finds it, or why not. */
export function at({ root, files }: Container, path: string): string {
  const read = root.read(path);
  if (read.kind === 'read') return `${read.source.file} | ${read.source.text.split('\n')[0]}`;
  return read.kind === 'outside' ? `unknown: ${files.unknownAt(path)}` : read.kind;
}
