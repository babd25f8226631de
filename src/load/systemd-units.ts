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
      } else if (name.endsWith('.service')) {
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

function namesIn(root: Root, directory: string): readonly string[] {
  const listing = root.list(directory);
  return listing.kind === 'listed' ? listing.names : [];
}

/** Where a unit's file is: `php-fpm@.service` for `php-fpm@shop.service`, unless the instance has its own. */
function pathOf(root: Root, name: string): string | undefined {
  const paths = indexOf(root).pathOf;
  const at = name.indexOf('@');
  return paths.get(name) ?? (at === -1 ? undefined : paths.get(`${name.slice(0, at + 1)}.service`));
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
    const unit = readUnit(root, name);
    if (unit) units.push(unit);
  }
  return units;
}

function isPhpName(name: string): boolean {
  return name.includes('php') || name.includes('fpm');
}

/** The names of all service units of a host. */
export function serviceNames(root: Root): readonly string[] {
  return [...indexOf(root).pathOf.keys()];
}

/**
 * The settings of a unit's `[Service]` section, drop-ins included, in their order. An empty value drops what stood before.
 * Only those of the drop-ins where the unit is not there: a copy of /etc has what was changed, and not the package's unit.
 */
export function serviceSettings(root: Root, name: string): ReadonlyMap<string, readonly string[]> {
  const settings = new Map<string, string[]>();
  const path = pathOf(root, name);
  for (const file of [...(path === undefined ? [] : [path]), ...dropInsOf(root, name)]) {
    const read = root.read(file);
    if (read.kind !== 'read') continue;
    for (const [key, value] of serviceEntries(read.source.text)) {
      const values = settings.get(key);
      if (value === '') settings.delete(key);
      else if (values) values.push(value);
      else settings.set(key, [value]);
    }
  }
  return settings;
}

function readUnit(root: Root, name: string): ServiceUnit | undefined {
  const settings = serviceSettings(root, name);
  const command = settings.get('ExecStart')?.at(-1);
  const user = settings.get('User')?.at(-1);
  if (command === undefined) return undefined;
  return { name, command: splitCommand(command, instanceOf(name)), ...(user && { user }) };
}

/** Files in `php8.2-fpm.service.d` are read after the unit, sorted by name; of two with one name the stronger directory's counts. */
function dropInsOf(root: Root, name: string): string[] {
  const files = new Map<string, string>();
  for (const directory of indexOf(root).dropIns.get(`${name}.d`) ?? []) {
    for (const file of namesIn(root, directory)) {
      if (file.endsWith('.conf')) files.set(file, `${directory}/${file}`);
    }
  }
  return [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
}

function instanceOf(name: string): string {
  return name.slice(name.indexOf('@') + 1, -'.service'.length);
}

/** The assignments of the `[Service]` section. https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html */
function* serviceEntries(text: string): Generator<readonly [string, string]> {
  let section = '';
  let pending = '';
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line.startsWith('#') || line.startsWith(';')) continue;
    if (line.endsWith('\\')) {
      pending += `${line.slice(0, -1)} `;
      continue;
    }
    const whole = pending + line;
    pending = '';
    if (whole.startsWith('[')) section = whole;
    const equals = whole.indexOf('=');
    if (section === '[Service]' && equals > 0)
      yield [whole.slice(0, equals).trim(), whole.slice(equals + 1).trim()];
  }
}

/** Splits a command line as systemd does, as far as php-fpm's needs go. systemd.service(5), "Command Lines". */
function splitCommand(line: string, instance: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (const character of line) {
    if (quote !== '') {
      if (character === quote) quote = '';
      else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (character === ' ' || character === '\t') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + character;
  }
  if (word !== undefined) words.push(word);
  const [program = '', ...rest] = words.map((text) =>
    text.replaceAll('%i', instance).replaceAll('%I', instance).replaceAll('%%', '%'),
  );
  let start = 0;
  while ('@-:+!|'.includes(program.charAt(start)) && start < program.length) start++;
  return [program.slice(start), ...rest];
}
