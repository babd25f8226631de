import { formatNames } from '../../src/report/formats.ts';
import type { Corpus } from './corpus.ts';
import { pieces } from './pieces.ts';
import type { Random } from './random.ts';
import type { FuzzFile, FuzzInput } from './target.ts';
import { anyText, withoutLoneSurrogates } from './texts.ts';

type Tree = Record<string, FuzzFile>;

const names: readonly string[] = ['a', 'b', 'c', 'x.conf', 'y.conf', '.h', 'é', 'sites', 'up'];

const targets: readonly string[] = [
  ...[
    'a',
    'b',
    '../a',
    '..',
    '.',
    '/',
    '/a',
    '/a/b',
    '../../..',
    '/var/run',
    '/etc',
    'a/../b',
    'nowhere',
    '/dev/null',
    '',
  ],
];

/** Directories, files and links that lead to each other, below `base`. */
export function linkTree(random: Random, base: string): Tree {
  const tree: Tree = {};
  for (let left = random.below(12); left > 0; left--) {
    const depth = 1 + random.below(3);
    const path = Array.from({ length: depth }, () => random.pick(names)).join('/');
    // A link has nothing below it.
    const above = path.split('/').map((_, at, all) => `${base}/${all.slice(0, at + 1).join('/')}`);
    if (above.some((each) => tree[each] !== undefined)) continue;
    if (Object.keys(tree).some((known) => known.startsWith(`${base}/${path}/`))) continue;
    tree[`${base}/${path}`] = random.once(2) ? '' : { link: random.pick(targets) || 'a' };
  }
  return tree;
}

const includes: readonly string[] = [
  ...[
    'include a.conf;',
    'include b.conf;',
    'include *.conf;',
    'include sites/*;',
    'include ../nginx/*.conf;',
    'include /etc/*/*;',
  ],
  ...[
    'include x/*/../*.conf;',
    'include /etc/nginx/link;',
    'include nowhere.conf;',
    'include "a.conf";',
    'include [ab].conf;',
  ],
  ...[
    'server { include a.conf; }',
    'http { include *; }',
    'events {}',
    'location / { include sites/*; }',
    'load_module m.so;',
  ],
];

/** An nginx whose files include each other, themselves, patterns and links. */
export function includeTree(random: Random, { nginx }: Corpus): Tree {
  const tree: Tree = {};
  const paths = ['nginx.conf', 'a.conf', 'b.conf', 'sites/x', 'sites/y', 'x/z/c.conf'];
  for (const path of paths) {
    if (path !== 'nginx.conf' && random.once(4)) continue;
    const lines = Array.from({ length: random.below(5) }, () =>
      random.once(4) ? anyText(random, nginx, pieces.nginx, 120) : random.pick(includes),
    );
    tree[`/srv/host/etc/nginx/${path}`] = withoutLoneSurrogates(lines.join('\n'));
  }
  if (random.once(2))
    tree['/srv/host/etc/nginx/link'] = {
      link: random.pick(['sites', '.', '..', 'link', 'a.conf', '/etc/nginx']),
    };
  if (random.once(3))
    tree['/srv/host/etc/nginx/sites/loop'] = { link: random.pick(['loop', 'x', '..', '../sites']) };
  return tree;
}

const calls: readonly (readonly string[])[] = [
  ['--root', 'host'],
  ['--root', 'host'],
  ['--root', 'host', '--verbose'],
  ['--root', 'host', '--fix', '--fix-unsafe'],
  ['--root', 'host', '--baseline', 'base.json', '--update-baseline'],
  ['host'],
  ['.'],
  [],
];

const others: readonly (readonly string[])[] = [
  ['upgrade', '--root', 'host', '--from', '8.2', '--to', '8.3'],
  ['upgrade', '--root', 'host', '-f', 'json'],
  ['explain', '--root', 'host', 'connect() to unix:/run/php/x.sock failed (2: No such file or directory)'],
  ['init', '--root', 'host'],
  ['--root', 'host', '--fix-dry-run'],
  ['map', '--root', 'host'],
  ['map', '--root', 'host', '-f', 'mermaid'],
  ['map', '--root', 'host', '-f', 'json'],
];

/** A host of which some files are broken, and a call. */
export function hostInput(random: Random, corpus: Corpus): FuzzInput {
  const text = (kind: 'nginx' | 'ini' | 'yaml', longest = 2000): string => {
    const of = kind === 'nginx' ? pieces.nginx : kind === 'ini' ? pieces.ini : pieces.yaml;
    return withoutLoneSurrogates(anyText(random, corpus[kind], of, longest));
  };
  const files: Tree = {
    '/srv/host/etc/passwd': random.once(8)
      ? text('ini', 200)
      : 'root:x:0:0::/:/bin/sh\nwww-data:x:33:33::/:/bin/sh\n',
    '/srv/host/etc/group': random.once(8) ? text('ini', 200) : 'root:x:0:\nwww-data:x:33:\n',
    '/srv/host/etc/nginx/nginx.conf': random.once(3)
      ? text('nginx')
      : `user www-data;\nevents {}\nhttp {\n${random.once(2) ? text('nginx') : 'include sites/*;'}\n}\n`,
    '/srv/host/etc/nginx/sites/shop': random.once(4)
      ? text('nginx')
      : `server {\nlisten 80;\nserver_name ${text('nginx', 20)};\n${text('nginx')}\n}\n`,
    '/srv/host/etc/php/8.2/fpm/php-fpm.conf': random.once(3)
      ? text('ini')
      : '[global]\ninclude=/etc/php/8.2/fpm/pool.d/*.conf\n',
    '/srv/host/etc/php/8.2/fpm/pool.d/www.conf': text('ini'),
  };
  const more: readonly (readonly [string, () => FuzzFile])[] = [
    ['host/etc/php/8.2/fpm/php.ini', () => text('ini')],
    ['host/etc/php/8.3/fpm/php-fpm.conf', () => text('ini')],
    ['host/etc/hosts', () => text('ini', 200)],
    ['host/proc/meminfo', () => text('ini', 100)],
    ['host/etc/systemd/system/php8.2-fpm.service', () => text('ini')],
    ['host/etc/systemd/system/app.service', () => `[Service]\nExecStart=${text('ini', 80)}\n`],
    [
      'host/etc/systemd/system/multi-user.target.wants/app.service',
      () => ({ link: random.pick(targets) || 'a' }),
    ],
    ['host/etc/supervisor/conf.d/app.conf', () => `[program:app]\ncommand=${text('ini', 80)}\n`],
    ['host/srv/app/Procfile', () => `web: ${text('ini', 80)}\n`],
    ['host/srv/app/ecosystem.config.js', () => `module.exports = { apps: [{ ${text('yaml', 120)} }] }`],
    ['host/srv/app/package.json', () => text('yaml', 100)],
    ['host/srv/app/.env', () => text('ini', 100)],
    [
      'host/compose.yaml',
      () => (random.once(2) ? text('yaml') : `services:\n  web:\n    image: nginx\n${text('yaml', 300)}`),
    ],
    ['host/Dockerfile', () => `FROM php:8.2-fpm\n${text('ini', 200)}`],
    [
      `host/etc/nginx/sites/${withoutLoneSurrogates(text('nginx', 10).replace(/[/\0]/g, '') || 'x').slice(0, 40)}`,
      () => text('nginx', 200),
    ],
    [
      'no502.yaml',
      () => (random.once(2) ? text('yaml', 200) : `rules:\n  read-timeout-missing: off\n${text('yaml', 60)}`),
    ],
    ['base.json', () => text('yaml', 100)],
  ];
  for (const [path, make] of more)
    if (random.once(6) && !/(?:^|\/)\.{0,2}$/.test(path)) files[`/srv/${path}`] = make();
  const argv = random.once(8) ? random.pick(others) : [...random.pick(calls), '-f', random.pick(formatNames)];
  return { text: '', files, argv };
}
