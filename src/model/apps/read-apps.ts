import type { HostInput } from '../../load/host-input.ts';
import type { Root } from '../../load/root.ts';
import type { App, FoundApps } from './app.ts';
import { containerApps } from './container.ts';
import { givenApps } from './given-files.ts';
import { nearbyFiles } from './nearby.ts';
import { otherStarters } from './other-starters.ts';
import { pm2Apps } from './pm2.ts';
import { isRunByPm2, pm2Files } from './pm2-files.ts';
import { type AppReading, together } from './reading.ts';
import { supervisorApps } from './supervisor.ts';
import { supervisorFiles } from './supervisor-files.ts';
import { unitApps, unitsOf } from './systemd.ts';
import { uwsgiApps } from './uwsgi.ts';

/** Reads the apps that the files of a host declare. Nothing of what is read is run. */
export async function readApps({ root, container, declarations }: HostInput): Promise<FoundApps> {
  const reading = container
    ? containerApps(container, root)
    : declarations
      ? await givenApps(declarations)
      : await hostApps(root);
  return {
    apps: eachOnce(reading.apps),
    unplaced: reading.unplaced,
    complete: container !== undefined || (!root.isPartial && root.exists('/etc/passwd')),
    files: [...new Set(reading.sources.map(({ file }) => file))].map((file) => ({ file, as: 'app' })),
  };
}

async function hostApps(root: Root): Promise<AppReading> {
  // Of single files nobody knows what else there is.
  if (root.isPartial) return together([]);
  const nearby = nearbyFiles(root);
  const ofSupervisor = supervisorFiles(root);
  const ofPm2: AppReading[] = [];
  for (const source of pm2Files(root)) {
    const doubt = isRunByPm2(source, root) ? undefined : `pm2 does not run ${source.path}`;
    ofPm2.push(await pm2Apps(source, nearby, doubt));
  }
  const units = unitApps(unitsOf(root), nearby);
  // What supervisor starts stands in its own files, and what pm2 does where its unit names them.
  const isTold = (name: string): boolean => name.startsWith('supervisor') && ofSupervisor.length > 0;
  return together([
    { ...units, unplaced: units.unplaced.filter(({ name }) => !isTold(name)) },
    supervisorApps(ofSupervisor, nearby),
    ...ofPm2,
    uwsgiApps(root),
    otherStarters(root),
  ]);
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
