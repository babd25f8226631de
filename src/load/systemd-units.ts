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

/** Directories whose units an administrator wrote; below the others lie hundreds of the distribution's. */
const LOCAL_DIRECTORIES: ReadonlySet<string> = new Set(UNIT_DIRECTORIES.slice(0, 3));

function namesIn(root: Root, directory: string): readonly string[] {
  const listing = root.list(directory);
  return listing.kind === 'listed' ? listing.names : [];
}

/** Where a unit's file is: `php-fpm@.service` for `php-fpm@shop.service`, unless the instance has its own. */
function pathOf(root: Root, name: string): string | undefined {
  const at = name.indexOf('@');
  const candidates = at === -1 ? [name] : [name, `${name.slice(0, at + 1)}.service`];
  for (const candidate of candidates) {
    const directory = UNIT_DIRECTORIES.find((found) => namesIn(root, found).includes(candidate));
    if (directory) return `${directory}/${candidate}`;
  }
  return undefined;
}

/** Tells what systemd would do with a service when the host starts. */
export function serviceState(root: Root, name: string): ServiceState {
  const path = pathOf(root, name);
  if (path !== undefined) {
    if (root.resolve(path).path === '/dev/null') return 'masked';
    return isWanted(root, name) ? 'enabled' : 'disabled';
  }
  const hasUnits = UNIT_DIRECTORIES.slice(3).some((directory) => namesIn(root, directory).length > 0);
  return hasUnits ? 'missing' : 'unknown';
}

function isWanted(root: Root, name: string): boolean {
  return dependencyDirectories(root).some((directory) => namesIn(root, directory).includes(name));
}

function dependencyDirectories(root: Root): string[] {
  return UNIT_DIRECTORIES.flatMap((directory) =>
    namesIn(root, directory)
      .filter((name) => name.endsWith('.wants') || name.endsWith('.requires'))
      .map((name) => `${directory}/${name}`),
  );
}

/**
 * The services that may start a php-fpm: all units that an administrator wrote, and of the distribution's those with `php` or `fpm` in
 * their name. Masked ones are left out; of templates, the enabled instances are in.
 */
export function phpServices(root: Root): readonly ServiceUnit[] {
  const names = new Set<string>();
  for (const directory of UNIT_DIRECTORIES) {
    const isLocal = LOCAL_DIRECTORIES.has(directory);
    for (const name of namesIn(root, directory)) if (isLocal || isPhpName(name)) names.add(name);
  }
  for (const directory of dependencyDirectories(root)) {
    for (const name of namesIn(root, directory)) if (name.includes('@') && isPhpName(name)) names.add(name);
  }
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

function readUnit(root: Root, name: string): ServiceUnit | undefined {
  const path = pathOf(root, name);
  if (path === undefined) return undefined;
  const texts = [path, ...dropIns(root, name)].map((file) => root.read(file));
  let command: string | undefined;
  let user: string | undefined;
  for (const read of texts) {
    if (read.kind !== 'read') continue;
    for (const [key, value] of serviceEntries(read.source.text)) {
      if (key === 'ExecStart') command = value || undefined;
      if (key === 'User') user = value || undefined;
    }
  }
  if (command === undefined) return undefined;
  return { name, command: splitCommand(command, instanceOf(name)), ...(user && { user }) };
}

/** Files in `php8.2-fpm.service.d` are read after the unit, sorted by name. */
function dropIns(root: Root, name: string): string[] {
  const files = new Map<string, string>();
  for (const directory of [...UNIT_DIRECTORIES].reverse()) {
    for (const file of namesIn(root, `${directory}/${name}.d`)) {
      if (file.endsWith('.conf')) files.set(file, `${directory}/${name}.d/${file}`);
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
