import type { HostInput } from '../../load/host-input.ts';
import type { Root } from '../../load/root.ts';
import type { App, FoundApps, UnplacedApp } from './app.ts';
import { rebootApps } from './cron.ts';
import { nearbyFiles } from './nearby.ts';
import { type AppReading, together } from './reading.ts';
import { supervisorApps } from './supervisor.ts';
import { supervisorFiles } from './supervisor-files.ts';
import { unitApps, unitsOf } from './systemd.ts';
import { uwsgiApps } from './uwsgi.ts';

/** Reads the apps that the files of a host declare. Nothing of what is read is run. */
export async function readApps({ root }: HostInput): Promise<FoundApps> {
  const reading = readHostApps(root);
  return {
    apps: eachOnce(reading.apps),
    unplaced: reading.unplaced,
    complete: !root.isPartial && root.exists('/etc/passwd'),
    files: [...new Set(reading.sources.map(({ file }) => file))].map((file) => ({ file, as: 'app' })),
  };
}

function readHostApps(root: Root): AppReading {
  const nearby = nearbyFiles(root);
  const ofSupervisor = supervisorFiles(root);
  const units = unitApps(unitsOf(root), nearby);
  return together([
    // Whatever supervisor starts stands in its own files.
    ofSupervisor.length > 0 ? without(units, (app) => app.name.startsWith('supervisor')) : units,
    supervisorApps(ofSupervisor, nearby),
    uwsgiApps(root),
    rebootApps(root),
  ]);
}

function without(reading: AppReading, isLeftOut: (app: UnplacedApp) => boolean): AppReading {
  return { ...reading, unplaced: reading.unplaced.filter((app) => !isLeftOut(app)) };
}

/** Two ways to the same declaration are one. */
function eachOnce(apps: readonly App[]): readonly App[] {
  const seen = new Set<string>();
  return apps.filter(({ name, span, address }) => {
    const key = `${name} ${span?.source.file}:${span?.start} ${JSON.stringify(address)}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** What the user told of an app wins over what is found under the same name. */
export function withGiven(given: readonly App[], found: FoundApps): FoundApps {
  const names = new Set(given.map(({ name }) => name));
  const isOther = ({ name }: { readonly name: string }): boolean => !names.has(name);
  return {
    ...found,
    apps: [...given, ...found.apps.filter(isOther)],
    unplaced: found.unplaced.filter(isOther),
  };
}
