import { namesIn } from '../../load/readable.ts';
import type { Root } from '../../load/root.ts';
import { serviceNames } from '../../load/systemd-units.ts';
import { baseName } from '../../syntax/path-parts.ts';
import type { UnplacedApp } from './app.ts';
import { isSilentUnit } from './commands/silent.ts';
import { homesOf } from './homes.ts';
import type { AppReading } from './reading.ts';

/** Where the tables of cron lie. https://man7.org/linux/man-pages/man5/crontab.5.html */
const tables = ['/var/spool/cron/crontabs', '/var/spool/cron', '/etc/cron.d'] as const;

/** Where init systems beside systemd list what they start: the links of System V, OpenRC and runit. */
const runlevels = [
  '/etc/rc3.d',
  '/etc/rc2.d',
  '/etc/runlevels/default',
  '/etc/service',
  '/var/service',
] as const;

/** What shows that containers run, whose ports anybody may have published. */
const containers = ['/etc/docker', '/var/lib/docker', '/usr/bin/dockerd', '/etc/containers/systemd'] as const;

/**
 * Who starts programs outside of the managers that are read: cron at a reboot, /etc/rc.local, the units of a user, other init
 * systems, containers. Where those listen is not known.
 */
export function otherStarters(root: Root): AppReading {
  const crontabs = tables.flatMap((directory) => pathsIn(root, directory));
  return {
    apps: [],
    unplaced: [
      ...['/etc/crontab', ...crontabs].flatMap((path) => linesOf(root, path, /^[ \t]*@reboot[ \t].+$/gm)),
      ...linesOf(root, '/etc/rc.local', /^[ \t]*(?!#|exit\b|set\b|\[|fi\b|if\b)\S.*$/gm).slice(0, 1),
      ...startedByInit(root),
      ...homesOf(root).flatMap((home) => pathsIn(root, `${home}/.config/systemd/user`).flatMap(asUnplaced)),
      ...containers
        .filter((path) => root.exists(path))
        .slice(0, 1)
        .map(() => named('a container', 'docker')),
    ],
    sources: [],
  };
}

function startedByInit(root: Root): readonly UnplacedApp[] {
  const units = new Set(serviceNames(root));
  const names = runlevels.flatMap((directory) =>
    pathsIn(root, directory).flatMap((path) => {
      const name = path.slice(directory.length + 1);
      if (!directory.startsWith('/etc/rc')) return [name];
      return /^S\d\d/.test(name) ? [name.slice(3)] : [];
    }),
  );
  return [...new Set(names)]
    .filter((name) => !units.has(`${name}.service`) && !isSilentUnit(name))
    .map((name) => named(name, `/etc/init.d/${name}`));
}

function asUnplaced(path: string): readonly UnplacedApp[] {
  const name = baseName(path);
  return name.endsWith('.service') && !isSilentUnit(name)
    ? [named(name.slice(0, -'.service'.length), path)]
    : [];
}

function named(name: string, declaredBy: string): UnplacedApp {
  return { name, declaredBy };
}

function pathsIn(root: Root, directory: string): readonly string[] {
  return [...namesIn(root, directory)].sort().map((name) => `${directory}/${name}`);
}

function linesOf(root: Root, path: string, line: RegExp): readonly UnplacedApp[] {
  const read = root.read(path);
  if (read.kind !== 'read') return [];
  const { source } = read;
  return [...source.text.matchAll(line)].map((match) => ({
    name: baseName(path),
    declaredBy: path,
    span: { source, start: match.index, end: match.index + match[0].length },
  }));
}
