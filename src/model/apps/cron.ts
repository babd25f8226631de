import type { Root } from '../../load/root.ts';
import type { UnplacedApp } from './app.ts';
import type { AppReading } from './reading.ts';

/** Where the tables of cron lie. https://man7.org/linux/man-pages/man5/crontab.5.html */
const directories = ['/var/spool/cron/crontabs', '/var/spool/cron', '/etc/cron.d'] as const;

/** What a boot starts outside of every manager: `@reboot` of cron and /etc/rc.local. Where it listens is not known. */
export function rebootApps(root: Root): AppReading {
  const tables = directories.flatMap((directory) => {
    const listing = root.list(directory);
    return listing.kind === 'listed' ? listing.names.map((name) => `${directory}/${name}`) : [];
  });
  const found = ['/etc/crontab', ...tables].flatMap((path) =>
    linesOf(root, path, /^[ \t]*@reboot[ \t].+$/gm),
  );
  const local = linesOf(root, '/etc/rc.local', /^[ \t]*(?!#|exit\b|set\b|\[|fi\b|if\b)\S.*$/gm).slice(0, 1);
  return { apps: [], unplaced: [...found, ...local], sources: [] };
}

function linesOf(root: Root, path: string, line: RegExp): readonly UnplacedApp[] {
  const read = root.read(path);
  if (read.kind !== 'read') return [];
  const { source } = read;
  return [...source.text.matchAll(line)].map((match) => ({
    name: path.slice(path.lastIndexOf('/') + 1),
    declaredBy: path,
    span: { source, start: match.index, end: match.index + match[0].length },
  }));
}
