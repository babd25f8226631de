import { namesIn, sourceAt } from './readable.ts';
import type { Root } from './root.ts';
import { serviceNames, serviceSettings } from './systemd-units.ts';

/** Where tmpfiles.d files live. https://www.freedesktop.org/software/systemd/man/latest/tmpfiles.d.html */
const TMPFILES_DIRECTORIES = ['/etc/tmpfiles.d', '/run/tmpfiles.d', '/usr/lib/tmpfiles.d'] as const;

/** Line types that make a directory, or a link that may lead to one. */
const MAKES_DIRECTORY = new Set(['d', 'D', 'v', 'q', 'Q', 'e', 'C', 'L']);

/** The directories below /run that the boot makes: those of tmpfiles.d, and `RuntimeDirectory=` of all services. */
export function runtimeDirectories(root: Root): ReadonlySet<string> {
  const made = new Set<string>();
  for (const directory of TMPFILES_DIRECTORIES) {
    for (const name of namesIn(root, directory)) {
      if (!name.endsWith('.conf')) continue;
      const text = sourceAt(root, `${directory}/${name}`)?.text ?? '';
      for (const path of directoriesIn(text)) addWithParents(made, path);
    }
  }
  for (const unit of serviceNames(root)) {
    for (const value of serviceSettings(root, unit).get('RuntimeDirectory') ?? []) {
      for (const name of value.split(/\s+/)) if (name !== '') addWithParents(made, `/run/${name}`);
    }
  }
  return made;
}

function* directoriesIn(text: string): Generator<string> {
  for (const line of text.split('\n')) {
    const [type = '', path = ''] = line.trim().split(/\s+/);
    if (path.startsWith('/') && MAKES_DIRECTORY.has(type.charAt(0))) yield path.replaceAll('"', '');
  }
}

/** Both make what lies above as well. */
function addWithParents(made: Set<string>, path: string): void {
  const normal = path.replace(/^\/var\/run(?=\/)/, '/run').replace(/\/$/, '');
  for (let end = normal.length; end > '/run'.length; end = normal.lastIndexOf('/', end - 1)) {
    made.add(normal.slice(0, end));
  }
}
