import type { Root } from '../../load/root.ts';

/**
 * Where nss-systemd takes users from beyond /etc/passwd: JSON records and systemd-homed. Users of `DynamicUser=` services exist too, but only
 * while those run, and are no users to run a pool as. https://www.freedesktop.org/software/systemd/man/latest/nss-systemd.html
 */
const USERDB_DIRECTORIES = [
  '/etc/userdb',
  '/run/userdb',
  '/run/host/userdb',
  '/usr/lib/userdb',
  '/var/lib/systemd/home',
] as const;

/** True where a directory is known to hold nothing with one of the endings; a directory that cannot be listed may hold anything. */
function holdsNone(root: Root, directory: string, endings: readonly string[]): boolean {
  const listing = root.list(directory);
  if (listing.kind !== 'listed') return listing.kind === 'missing' || listing.kind === 'outside';
  return !listing.names.some((name) => endings.some((ending) => name.endsWith(ending)));
}

/** True where a service of nsswitch.conf is known to add nobody to what stands in the files. */
function addsNobody(root: Root, service: string): boolean {
  switch (service) {
    case 'files':
    case 'compat':
      return true;
    case 'systemd':
      return USERDB_DIRECTORIES.every((directory) =>
        holdsNone(root, directory, ['.user', '.group', '.identity']),
      );
    case 'sss':
      // Red Hat names sss by default; without a domain in its configuration, sssd mirrors the files and no more.
      return root.isWhole && ['/etc/sssd', '/etc/sssd/conf.d'].every((at) => holdsNone(root, at, ['.conf']));
    default:
      return false;
  }
}

/** The services of one database: `passwd: files systemd [NOTFOUND=return] sss`. */
function servicesOf(
  text: string,
  database: string,
  byDefault: readonly string[] = ['files'],
): readonly string[] {
  for (const raw of text.split('\n')) {
    const line = raw.split('#', 1)[0]?.trim() ?? '';
    if (!line.startsWith(`${database}:`)) continue;
    const actions = /\[[^[\]]*\]/g;
    return line
      .slice(database.length + 1)
      .replace(actions, ' ')
      .trim()
      .split(/\s+/);
  }
  return byDefault;
}

/**
 * Tells from nsswitch.conf whether /etc/passwd and /etc/group hold every user and group there is. Without that file the C library uses the
 * files alone (glibc), or knows nothing else (musl). https://www.man7.org/linux/man-pages/man5/nsswitch.conf.5.html
 */
export function nameServiceIsComplete(root: Root): boolean {
  const read = root.read('/etc/nsswitch.conf');
  if (read.kind === 'missing' || read.kind === 'outside') return true;
  if (read.kind !== 'read') return false;
  const services = ['passwd', 'group', 'initgroups'].flatMap((database) =>
    servicesOf(read.source.text, database),
  );
  return services.every((service) => addsNobody(root, service));
}

/**
 * True where /etc/nsswitch.conf names the files alone for hosts, so that a name which /etc/hosts does not have is nobody's. By default
 * DNS is asked as well, and what it knows no file tells.
 */
export function hostNamesAreInFiles(root: Root): boolean {
  const read = root.read('/etc/nsswitch.conf');
  const services = read.kind === 'read' ? servicesOf(read.source.text, 'hosts', []) : [];
  return services.length > 0 && services.every((service) => service === 'files');
}
