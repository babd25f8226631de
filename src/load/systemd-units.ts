import { splitWords } from '../syntax/command-line/words.ts';
import { readUnit, type UnitEntry } from '../syntax/systemd/unit.ts';
import { namesIn, sourceAt } from './readable.ts';
import type { Root } from './root.ts';

/** What systemd would do with a service. `missing` needs a tree that holds other units; without any, nothing is known. */
export type ServiceState = 'enabled' | 'disabled' | 'masked' | 'missing' | 'unknown';

/** One service unit, as far as it tells how a daemon is started. */
export interface ServiceUnit {
  /** `php8.2-fpm.service`. */
  readonly name: string;
  /** The words of its last `ExecStart`, quotes removed, specifiers filled in as far as they are known. */
  readonly command: readonly string[];
  /** `User=`: the daemon does not start as root. */
  readonly user?: string;
}

/** The kinds of units that are read: a service starts a program, a socket listens until one is needed. */
const UNIT_ENDINGS = ['.service', '.socket'] as const;

/** Where units live, the strongest first. https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html#Unit%20File%20Load%20Path */
const UNIT_DIRECTORIES = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
] as const;

/** How many of them hold what an administrator wrote; below the others lie hundreds of the distribution's units. */
const LOCAL_DIRECTORIES = 3;

/** All unit files of a host, by name, from one listing of each directory. */
interface UnitIndex {
  readonly pathOf: ReadonlyMap<string, string>;
  /** Names that an administrator's directory holds. */
  readonly local: ReadonlySet<string>;
  /** Names that a target wants or requires: what `systemctl enable` writes. */
  readonly wanted: ReadonlySet<string>;
  /** Directories of drop-ins by name, the weakest first. */
  readonly dropIns: ReadonlyMap<string, readonly string[]>;
  readonly hasPackagedUnits: boolean;
}

const indexes = new WeakMap<Root, UnitIndex>();

function indexOf(root: Root): UnitIndex {
  const known = indexes.get(root);
  if (known) return known;
  const pathOf = new Map<string, string>();
  const local = new Set<string>();
  const wanted = new Set<string>();
  const dropIns = new Map<string, string[]>();
  let hasPackagedUnits = false;
  UNIT_DIRECTORIES.forEach((directory, rank) => {
    const isLocal = rank < LOCAL_DIRECTORIES;
    for (const name of namesIn(root, directory)) {
      const path = `${directory}/${name}`;
      if (name.endsWith('.d')) dropIns.set(name, [path, ...(dropIns.get(name) ?? [])]);
      else if (isLocal && (name.endsWith('.wants') || name.endsWith('.requires'))) {
        for (const unit of namesIn(root, path)) wanted.add(unit);
      } else if (UNIT_ENDINGS.some((ending) => name.endsWith(ending))) {
        if (!pathOf.has(name)) pathOf.set(name, path);
        if (isLocal) local.add(name);
        hasPackagedUnits ||= !isLocal;
      }
    }
  });
  const index = { pathOf, local, wanted, dropIns, hasPackagedUnits };
  indexes.set(root, index);
  return index;
}

/** Where a unit's file is: `php-fpm@.service` for `php-fpm@shop.service`, unless the instance has its own. */
function pathOf(root: Root, name: string): string | undefined {
  const paths = indexOf(root).pathOf;
  const at = name.indexOf('@');
  return paths.get(name) ?? (at === -1 ? undefined : paths.get(templateOf(name)));
}

/** `app@.service` of `app@3000.service`. */
function templateOf(name: string): string {
  return `${name.slice(0, name.indexOf('@') + 1)}${name.slice(name.lastIndexOf('.'))}`;
}

/** Tells what systemd would do with a service when the host starts. */
export function serviceState(root: Root, name: string): ServiceState {
  const path = pathOf(root, name);
  const { wanted, hasPackagedUnits } = indexOf(root);
  if (path === undefined) return hasPackagedUnits ? 'missing' : 'unknown';
  if (root.resolve(path).path === '/dev/null') return 'masked';
  return wanted.has(name) ? 'enabled' : 'disabled';
}

/**
 * The services that may start a php-fpm: all units that an administrator wrote, and of the distribution's those with `php` or `fpm` in
 * their name. Masked ones are left out; of templates, the enabled instances are in.
 */
export function phpServices(root: Root): readonly ServiceUnit[] {
  const { pathOf: paths, local, wanted } = indexOf(root);
  const names = new Set(local);
  for (const name of paths.keys()) if (isPhpName(name)) names.add(name);
  for (const name of wanted) if (name.includes('@')) names.add(name);
  const units: ServiceUnit[] = [];
  for (const name of [...names].sort()) {
    if (!name.endsWith('.service') || name.endsWith('@.service')) continue;
    const unit = readService(root, name);
    if (unit) units.push(unit);
  }
  return units;
}

function isPhpName(name: string): boolean {
  return name.includes('php') || name.includes('fpm');
}

/** The names of all service units of a host. */
export function serviceNames(root: Root): readonly string[] {
  return [...indexOf(root).pathOf.keys()].filter((name) => name.endsWith('.service'));
}

/** True where the host has a service unit of that name. */
export function hasService(root: Root, name: string): boolean {
  return name.endsWith('.service') && indexOf(root).pathOf.has(name);
}

/** What is known of the units of a host without reading them. */
export interface KnownUnits {
  /** Those that an administrator wrote; of templates, the template. */
  readonly local: readonly string[];
  /** Those that `systemctl enable` made part of a boot, instances of templates among them. */
  readonly enabled: readonly string[];
}

/** The service and socket units that somebody chose to have on a host. */
export function knownUnits(root: Root): KnownUnits {
  const { local, wanted } = indexOf(root);
  const isUnit = (name: string): boolean => UNIT_ENDINGS.some((ending) => name.endsWith(ending));
  return { local: [...local].sort(), enabled: [...wanted].filter(isUnit).sort() };
}

/**
 * The settings of a unit's `[Service]` section, drop-ins included, in their order. An empty value drops what stood before.
 * Only those of the drop-ins where the unit is not there: a copy of /etc has what was changed, and not the package's unit.
 */
export function serviceSettings(root: Root, name: string): ReadonlyMap<string, readonly string[]> {
  const settings = unitSettings(root, name, 'Service');
  return new Map([...settings].map(([key, entries]) => [key, entries.map(({ value }) => value)]));
}

/** The same with the place of each value, of any section. */
export function unitSettings(
  root: Root,
  name: string,
  section: string,
): ReadonlyMap<string, readonly UnitEntry[]> {
  const path = pathOf(root, name);
  const files = [...(path === undefined ? [] : [path]), ...dropInsOf(root, name)];
  const entries = files.flatMap((file) => {
    const source = sourceAt(root, file);
    return source ? readUnit(source) : [];
  });
  return settingsIn(entries, section);
}

/** The settings of one section of a unit, by key. An empty value drops what stood before. */
export function settingsIn(
  entries: readonly UnitEntry[],
  section: string,
): ReadonlyMap<string, readonly UnitEntry[]> {
  const settings = new Map<string, UnitEntry[]>();
  for (const entry of entries) {
    if (entry.section !== section) continue;
    const values = settings.get(entry.key);
    if (entry.value === '') settings.delete(entry.key);
    else if (values) values.push(entry);
    else settings.set(entry.key, [entry]);
  }
  return settings;
}

function readService(root: Root, name: string): ServiceUnit | undefined {
  const settings = unitSettings(root, name, 'Service');
  const command = settings.get('ExecStart')?.at(-1);
  const user = settings.get('User')?.at(-1)?.value;
  if (command === undefined) return undefined;
  return { name, command: splitCommand(command, instanceOf(name)), ...(user && { user }) };
}

/** Files in `php8.2-fpm.service.d` are read after the unit, sorted by name; of two with one name the stronger directory's counts. */
function dropInsOf(root: Root, name: string): string[] {
  const files = new Map<string, string>();
  const { dropIns } = indexOf(root);
  const ofTemplate = name.includes('@') ? (dropIns.get(`${templateOf(name)}.d`) ?? []) : [];
  for (const directory of [...ofTemplate, ...(dropIns.get(`${name}.d`) ?? [])]) {
    for (const file of namesIn(root, directory)) {
      if (file.endsWith('.conf')) files.set(file, `${directory}/${file}`);
    }
  }
  return [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
}

/** The part of a unit's name that `%i` stands for; the whole name where it is no instance. */
function instanceOf(name: string): string {
  return name.slice(name.indexOf('@') + 1, name.lastIndexOf('.'));
}

/** Splits a command line as systemd does, as far as php-fpm's needs go. systemd.service(5), "Command Lines". */
function splitCommand({ value, span }: UnitEntry, instance: string): string[] {
  const words = splitWords(value, span.source, span.start, 'systemd');
  const [program = '', ...rest] = words.map(({ text }) =>
    text.replaceAll('%i', instance).replaceAll('%I', instance).replaceAll('%%', '%'),
  );
  let start = 0;
  while ('@-:+!|'.includes(program.charAt(start)) && start < program.length) start++;
  return [program.slice(start), ...rest];
}
