import type { AppDeclarations } from '../../load/host-input.ts';
import { sourceAt } from '../../load/readable.ts';
import { settingsIn } from '../../load/systemd-units.ts';
import { baseName } from '../../syntax/path-parts.ts';
import type { Source } from '../../syntax/source.ts';
import { readUnit } from '../../syntax/systemd/unit.ts';
import type { App } from './app.ts';
import { nearbyFiles } from './nearby.ts';
import { isPm2File, pm2Apps } from './pm2.ts';
import { procfileApps } from './procfile.ts';
import { type AppReading, together } from './reading.ts';
import { supervisorApps } from './supervisor.ts';
import { type Unit, unitApps } from './systemd.ts';
import { uwsgiAppOf } from './uwsgi.ts';

/**
 * The apps of files that were given by path, such as those of a repository: nothing joins them, and one may be there
 * instead of another, so that none of them is sure.
 */
export async function givenApps({ root, paths }: AppDeclarations): Promise<AppReading> {
  const nearby = nearbyFiles(root);
  const sources = paths.flatMap((path) => sourceAt(root, path) ?? []);
  const named = (isWanted: (name: string) => boolean): readonly Source[] =>
    sources.filter(({ path }) => isWanted(baseName(path)));
  const ofPm2: AppReading[] = [];
  for (const source of named(isPm2File)) ofPm2.push(await pm2Apps(source, nearby));
  const reading = together([
    unitApps(named(isUnitFile).map(unitOf), nearby),
    supervisorApps(
      sources.filter(({ text }) => /^\[(?:program|fcgi-program):/m.test(text)),
      nearby,
    ),
    ...ofPm2,
    ...named((name) => name === 'Procfile').map((source) => procfileApps(source, nearby)),
    ...named((name) => name.endsWith('.ini'))
      .filter(({ text }) => /^\[uwsgi\]/m.test(text))
      .map(uwsgiAppOf),
  ]);
  return { ...reading, apps: reading.apps.map(asAlternative) };
}

function isUnitFile(name: string): boolean {
  return (name.endsWith('.service') || name.endsWith('.socket')) && !name.includes('@.');
}

function unitOf(source: Source): Unit {
  const entries = readUnit(source);
  return { name: baseName(source.path), isLocal: true, settings: (section) => settingsIn(entries, section) };
}

function asAlternative(app: App): App {
  return { ...app, doubt: app.doubt ?? `${app.name} is not started from this file`, isAlternative: true };
}
