import { NginxConfFile } from 'nginx-conf';
import type { Tree } from '../plan.ts';
import { type Candidate, filesBelow, type TextFile, withText } from './candidate.ts';

/** nginx-conf does not export the type of a directive. */
type NginxConfItem = NginxConfFile['nginx'];

/** A change of one directive through the API of nginx-conf. */
interface Change {
  readonly operator: string;
  readonly how: string;
  apply(item: NginxConfItem, parent: NginxConfItem, index: number): void;
}

/** Where a directive stands: the way to it through names and indexes. */
type Way = readonly (readonly [name: string, index: number])[];

/** Breaks nginx files directive by directive, written anew by nginx-conf. Files it cannot read itself are left alone. */
export async function nginxCandidates(tree: Tree): Promise<readonly Candidate[]> {
  const files = filesBelow(tree, ['/etc/nginx/']).filter(
    ({ path }) => !/mime\.types$|(?:fastcgi|scgi|uwsgi)_params$/.test(path),
  );
  return (await Promise.all(files.map((file) => candidatesOf(tree, file)))).flat();
}

async function candidatesOf(tree: Tree, { path, text }: TextFile): Promise<readonly Candidate[]> {
  const file = await open(text);
  if (!file) return [];
  const candidates: Candidate[] = [];
  for (const way of waysOf(file.nginx, [])) {
    const found = follow(file.nginx, way);
    if (!found) continue;
    for (const change of changesOf(found.item)) {
      const changed = await open(text);
      const place = changed && follow(changed.nginx, way);
      if (!place) continue;
      change.apply(place.item, place.parent, way.at(-1)?.[1] ?? 0);
      const what = `${path.slice(1)} ${way.map(([name]) => name).join(' > ')} ${change.how}`;
      candidates.push({
        operator: `nginx: ${change.operator}`,
        what,
        tree: withText(tree, path, changed.toString()),
      });
    }
  }
  return candidates;
}

function open(text: string): Promise<NginxConfFile | undefined> {
  return new Promise((resolve) => {
    NginxConfFile.createFromSource(text, (error, file) => resolve(error ? undefined : file));
  });
}

function childrenOf(item: NginxConfItem): readonly (readonly [string, readonly NginxConfItem[]])[] {
  return Object.keys(item).flatMap((name) => {
    const children: unknown = name.startsWith('_') || name === 'toString' ? undefined : item[name];
    return Array.isArray(children) ? [[name, children] as const] : [];
  });
}

function waysOf(item: NginxConfItem, way: Way): readonly Way[] {
  return childrenOf(item).flatMap(([name, children]) =>
    children.flatMap((child, index) => {
      const deeper: Way = [...way, [name, index]];
      return [deeper, ...waysOf(child, deeper)];
    }),
  );
}

function follow(
  root: NginxConfItem,
  way: Way,
): { readonly item: NginxConfItem; readonly parent: NginxConfItem } | undefined {
  let parent = root;
  let item = root;
  for (const [name, index] of way) {
    const next = childrenOf(item).find(([known]) => known === name)?.[1][index];
    if (!next) return undefined;
    parent = item;
    item = next;
  }
  return { item, parent };
}

/** Other values that a directive may be given by mistake. */
const OTHER_VALUES: Readonly<Record<string, readonly ((value: string) => string)[]>> = {
  fastcgi_pass: [socketOfAnotherVersion, intoTmp, withoutUnix, nextPort, () => '127.0.0.1:9000', withScheme],
  proxy_pass: [
    nextPort,
    (value) => value.replace('http://', ''),
    (value) => value.replace('http:', 'https:'),
    (value) => `${value}/x y`,
  ],
  server: [
    socketOfAnotherVersion,
    intoTmp,
    nextPort,
    (value) => `${value} down`,
    (value) => value.replace(/:\d+$/, ''),
    (value) => `${value} backup`,
  ],
  user: [() => 'nobody', () => 'ghost', () => 'root'],
  include: [(value) => `${value}.d`, (value) => value.replace('*', '*.off')],
  upstream: [(value) => `${value}_old`],
  set: [(value) => value.replace(/\d+$/, '1'), (value) => value.replace('$', '$my_')],
  fastcgi_read_timeout: [() => '0', () => '300sec'],
  proxy_read_timeout: [() => '0', () => '90 s'],
  fastcgi_buffer_size: [() => '512k'],
  worker_connections: [() => '0', () => '4'],
};

/** Directives that a block may be given on top. */
const ADDED: Readonly<Record<string, readonly (readonly [name: string, value: string])[]>> = {
  http: [
    ['fastcgi_buffer_size', '64k'],
    ['proxy_buffer_size', '64k'],
    ['keepalive_timeout', '5 minutes'],
    ['limit_req', 'zone=nowhere'],
  ],
  server: [
    ['fastcgi_pass', '127.0.0.1:9000'],
    ['root', '/srv/a b'],
    ['error_page', '502 =503 @sorry'],
    ['listenn', '80'],
  ],
  location: [
    ['proxy_pass', 'nowhere'],
    ['fastcgi_pass', 'unix:/run/php/php7.0-fpm.sock'],
    ['fastcgi_buffers', '1 4k'],
    ['return', '503'],
    ['deny', 'all'],
  ],
  upstream: [
    ['server', '127.0.0.1:9'],
    ['ip_hash', ''],
    ['keepalive', '0'],
  ],
};

function changesOf(item: NginxConfItem): readonly Change[] {
  const { _name: name, _value } = item;
  const value = String(_value);
  const changes: Change[] = [
    {
      operator: 'remove a directive',
      how: 'removed',
      apply: (_, parent, index) => parent._remove(name, index),
    },
  ];
  for (const other of OTHER_VALUES[name] ?? []) {
    const changed = other(value);
    if (changed === value) continue;
    const how = `became ${changed}`;
    changes.push({
      operator: `another value for ${name}`,
      how,
      apply: (same) => {
        same._value = changed;
      },
    });
  }
  for (const [added, what] of ADDED[name] ?? []) {
    const how = `was given ${added} ${what}`;
    changes.push({ operator: `add ${added}`, how, apply: (same) => void same._add(added, what) });
  }
  return changes;
}

function socketOfAnotherVersion(value: string): string {
  return value.replace(/php8\.(\d)/, (_, minor: string) => `php8.${Number(minor) + 1}`);
}

function intoTmp(value: string): string {
  return value.replace('unix:/run/', 'unix:/tmp/');
}

function withoutUnix(value: string): string {
  return value.replace('unix:', '');
}

function nextPort(value: string): string {
  return value.replace(/:(\d+)/, (_, port: string) => `:${Number(port) + 1}`);
}

function withScheme(value: string): string {
  return `fastcgi://${value}`;
}
