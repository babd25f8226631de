import { parse, stringify } from 'ini';
import type { Tree } from '../plan.ts';
import { type Candidate, poolFiles, withText } from './candidate.ts';

/** A section with dots in its name is nested objects to `ini`; everything in it is text. */
interface Section {
  [key: string]: string | Section;
}

/** A change of one key of one section; `undefined` as a value takes the key away. */
interface Change {
  readonly operator: string;
  readonly key: string;
  readonly value: string | undefined;
}

/** Other values that a key may be given by mistake. */
const OTHER_VALUES: Readonly<Record<string, readonly string[]>> = {
  listen: [
    '9000',
    '127.0.0.1:9001',
    '/run/php/other.sock',
    'unix:/run/php/php8.2-fpm.sock',
    '70000',
    '127.0.0.1',
    '/run/nowhere/php.sock',
    ':9000',
    'localhost:9001',
  ],
  user: ['ghost', 'root', 'nobody', '4242'],
  group: ['ghost', 'root', 'nogroup'],
  'listen.owner': ['ghost', 'root', 'nobody', '33', '4242'],
  'listen.group': ['ghost', 'root', 'nogroup'],
  'listen.mode': ['0600', '0666', '0000', '888', '0060', 'rw'],
  'listen.acl_users': ['apache', 'nginx', 'ghost', ''],
  'listen.allowed_clients': ['10.0.0.1', '127.0.0.0/8', 'any', '127.0.0.1, ::1'],
  pm: ['static', 'ondemand', 'dynamic', 'auto', 'On'],
  'pm.max_children': ['0', '1', '2', '-1', '5.5', '1k'],
  'pm.start_servers': ['0', '9', 'many'],
  'pm.min_spare_servers': ['0', '9'],
  'pm.max_spare_servers': ['0', '1', '9'],
  'pm.process_idle_timeout': ['0', '10sec', '1h'],
  'pm.status_path': ['status', '/', '/st at'],
  prefix: ['/srv/gone', '/'],
  chdir: ['/srv/gone', 'relative', '/tmp'],
  error_log: ['/var/log/gone/fpm.log', 'syslog'],
  pid: ['/run/gone/fpm.pid', '/run/fpm.pid'],
  include: ['/etc/php/8.2/fpm/pool.d/*.ini', '/etc/php/gone/*.conf'],
  slowlog: ['/var/log/gone/slow.log'],
};

/** Keys that a section may be given on top. */
const ADDED: readonly (readonly [key: string, value: string])[] = [
  ['listen.mode', '0600'],
  ['listen.owner', 'nobody'],
  ['memory_limit', '256M'],
  ['chdir', '/srv/gone'],
  ['process.max', '1'],
  ['request_slowlog_timeout', '5s'],
  ['request_terminate_timeout', '30sec'],
  ['env[DEBUG]', 'off'],
  ['pm.status_listen', '9002'],
  ['listen.backlog', '-1'],
  ['security.limit_extensions', '.php .phtml'],
];

/** Breaks php-fpm files key by key, written anew by `ini`. */
export function poolCandidates(tree: Tree): readonly Candidate[] {
  return poolFiles(tree).flatMap(({ path, text }) =>
    sectionsOf(parse(text), []).flatMap(({ way, section }) => {
      const candidates = changesOf(section).map(({ operator, key, value }): Candidate => {
        const changed: Section = parse(text);
        const place = way.reduce((inside, name) => sectionIn(inside, name), changed);
        if (value === undefined) delete place[key];
        else place[key] = value;
        const what = `${path.slice(1)} [${way.join('.')}] ${key} ${value === undefined ? 'removed' : `= ${value}`}`;
        return { operator: `pool: ${operator}`, what, tree: withText(tree, path, stringify(changed)) };
      });
      const name = way.join('.');
      const renamed = stringify(parse(text)).replace(`[${name}]`, `[${name}2]`);
      const what = `${path.slice(1)} [${name}] renamed`;
      return [
        ...candidates,
        { operator: 'pool: rename a section', what, tree: withText(tree, path, renamed) },
      ];
    }),
  );
}

function sectionsOf(
  inside: Section,
  way: readonly string[],
): readonly { way: readonly string[]; section: Section }[] {
  const nested = Object.entries(inside).flatMap(([name, value]) =>
    typeof value === 'string' ? [] : sectionsOf(value, [...way, name]),
  );
  const isSection = way.length > 0 && Object.values(inside).some((value) => typeof value === 'string');
  return isSection ? [{ way, section: inside }, ...nested] : nested;
}

function sectionIn(inside: Section, name: string): Section {
  const value = inside[name];
  return typeof value === 'object' ? value : {};
}

function changesOf(section: Section): readonly Change[] {
  const keys = Object.keys(section).filter((key) => typeof section[key] === 'string');
  const others = keys.flatMap((key) =>
    (OTHER_VALUES[key] ?? [])
      .filter((value) => value !== section[key])
      .map((value): Change => ({ operator: `another value for ${key}`, key, value })),
  );
  const removed = keys.map((key): Change => ({ operator: 'remove a key', key, value: undefined }));
  const added = ADDED.filter(([key]) => section[key] === undefined).map(
    ([key, value]): Change => ({ operator: `add ${key}`, key, value }),
  );
  return [...others, ...removed, ...added];
}
