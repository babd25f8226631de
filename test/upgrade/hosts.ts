import type { MemoryEntry } from '../../src/load/memory-file-system.ts';
import { memoryFileSystem } from '../../src/load/memory-file-system.ts';
import { positionAt } from '../../src/syntax/source.ts';
import { type Planned, planUpgrade } from '../../src/upgrade/plan.ts';
import type { Pointer, Upgrade } from '../../src/upgrade/upgrade.ts';

/** A host of the Debian family: paths and what stands there. */
export type HostTree = Readonly<Record<string, MemoryEntry>>;

/** A pool of Debian's kind; further lines come behind it. */
export function pool(name: string, listen: string, more = ''): string {
  return `[${name}]\nuser = www-data\nlisten = ${listen}\nlisten.owner = www-data\npm = static\npm.max_children = 4\n${more}`;
}

/** A php-fpm of Debian with its pools, by file name. */
export function php(
  version: string,
  pools: Readonly<Record<string, string>>,
  ini = 'memory_limit = 128M\n',
): HostTree {
  const base = `etc/php/${version}/fpm`;
  return {
    [`${base}/php-fpm.conf`]: `[global]\npid = /run/php/php${version}-fpm.pid\ninclude=/etc/php/${version}/fpm/pool.d/*.conf\n`,
    [`${base}/php.ini`]: `[PHP]\n${ini}`,
    ...Object.fromEntries(Object.entries(pools).map(([name, text]) => [`${base}/pool.d/${name}.conf`, text])),
  };
}

/** The usual `www` pool of a version. */
export function www(version: string, more = ''): string {
  return pool('www', `/run/php/php${version}-fpm.sock`, more);
}

/** An nginx that reads conf.d and sites-enabled. */
export function nginx(files: Readonly<Record<string, string>>): HostTree {
  return {
    'etc/nginx/nginx.conf':
      'user www-data;\nevents {}\nhttp {\n    include conf.d/*.conf;\n    include sites-enabled/*;\n}\n',
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`etc/nginx/${path}`, text])),
  };
}

/** A site whose PHP is answered at an address. */
export function site(name: string, pass: string): string {
  return `server {\n    server_name ${name};\n    location ~ \\.php$ {\n        fastcgi_pass ${pass};\n    }\n}\n`;
}

/** Plans the upgrade of a tree. */
export function plan(
  tree: HostTree,
  asked: { readonly from?: string; readonly to?: string } = {},
): Promise<Planned> {
  const files = Object.entries(tree).map(([path, entry]) => [`/srv/host/${path}`, entry]);
  return planUpgrade({
    fs: memoryFileSystem(Object.fromEntries(files)),
    cwd: '/srv',
    root: 'host',
    ...asked,
  });
}

/** The same, where there is something to plan. */
export async function upgradeOf(
  tree: HostTree,
  asked: { readonly from?: string; readonly to?: string } = {},
): Promise<Upgrade> {
  const planned = await plan(tree, asked);
  if (planned.kind !== 'upgrade') throw new Error(`only PHP ${planned.version} was found`);
  return planned.upgrade;
}

/** A place as `etc/nginx/sites-enabled/shop:4: what happens there => the line that it should be`. */
export function shown({ at, today, line, edit }: Pointer): string {
  const place = `${at.source.file.replace(/^host\//, '')}:${positionAt(at.source, at.start).line}`;
  const arrow = edit ? '=>' : '->';
  return `${place}: ${today}${line === undefined ? '' : ` ${arrow} ${line}`}`;
}
