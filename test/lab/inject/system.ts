import type { Tree } from '../plan.ts';
import { type Candidate, withEntry, withText } from './candidate.ts';

/** Breaks what lies around the configuration: links, modes and owners of directories, members of groups. */
export function systemCandidates(tree: Tree): readonly Candidate[] {
  const candidates: Candidate[] = [];
  const add = (operator: string, what: string, changed: Tree): void => {
    candidates.push({ operator: `system: ${operator}`, what, tree: changed });
  };
  for (const [path, entry] of tree) {
    const name = path.slice(1);
    if (entry.kind === 'symlink') {
      add('remove a link', `${name} removed`, withEntry(tree, path, undefined));
      const target = `${entry.target}-old`;
      add('dangle a link', `${name} -> ${target}`, withEntry(tree, path, { kind: 'symlink', target }));
    } else if (entry.kind === 'directory' && /^\/(home|srv|var\/www|var\/log)\/[^/]+$/.test(path)) {
      add('close a directory', `${name} mode 0700`, withEntry(tree, path, { ...entry, mode: 0o700 }));
      add(
        'give a directory away',
        `${name} owner nobody`,
        withEntry(tree, path, { ...entry, owner: '65534:65534', mode: 0o750 }),
      );
    }
  }
  const groups = tree.get('/etc/group');
  if (groups?.kind === 'file') {
    for (const line of groups.text.split('\n')) {
      const members = line.split(':')[3] ?? '';
      if (members === '') continue;
      const emptied = line.slice(0, line.lastIndexOf(':') + 1);
      add(
        'empty a group',
        `etc/group: ${line} without members`,
        withText(tree, '/etc/group', groups.text.replace(line, emptied)),
      );
    }
  }
  return candidates;
}
