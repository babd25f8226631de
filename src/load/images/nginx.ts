import type { ImageReference } from './image-reference.ts';
import type { KnownImage } from './known-image.ts';
import { defaultSite, mainFile, parameterFiles } from './nginx-files.ts';
import { userFiles } from './system-users.ts';
import { fullVersion, isBefore, officialSystem } from './tag.ts';

const HTML = '/usr/share/nginx/html';

const TEMPLATES = {
  directory: '/etc/nginx/templates',
  suffix: '.template',
  output: '/etc/nginx/conf.d',
  commands: ['nginx', 'nginx-debug'],
} as const;

/** Character maps that packages had until 1.29. */
const SOMETIMES = ['koi-utf', 'koi-win', 'win-utf', 'stream-conf.d'];

/** Variables of which the values change with each release. */
const VARIABLES = [
  ...['NGINX_VERSION', 'PKG_RELEASE', 'NJS_VERSION', 'NJS_RELEASE', 'DYNPKG_RELEASE', 'ACME_VERSION'],
  ...['PATH', 'HOSTNAME', 'HOME', 'PWD', 'OLDPWD', 'SHLVL'],
];

/** The entrypoint, with templates and IPv6, came with 1.19; the same numbers of users on both systems with 1.17. */
const hasEntrypoint = (tag: string): boolean => !isBefore(tag, 1, 19);
const hasSameUsers = (tag: string): boolean => !isBefore(tag, 1, 17);

/**
 * The official image, on Debian and on Alpine. Its entrypoint renders templates with envsubst, and lets the site that came with the package
 * listen on IPv6 too.
 *
 * https://github.com/nginx/docker-nginx and https://hub.docker.com/_/nginx
 */
export function nginxImage({ name, tag, shown }: ImageReference): KnownImage {
  return {
    ...common({ name, tag, shown }),
    source: 'https://github.com/nginx/docker-nginx',
    ports: [{ port: 80, protocol: 'http' }],
    tree: {
      ...commonTree(tag),
      '/etc/nginx/nginx.conf': mainFile({ user: 'nginx', pid: '/run/nginx.pid' }),
      '/etc/nginx/conf.d/default.conf': defaultSite(80, HTML, hasEntrypoint(tag)),
    },
  };
}

/**
 * The image that runs as the user nginx from the start: it listens on 8080 and keeps what it writes in `/tmp`.
 *
 * https://github.com/nginx/docker-nginx-unprivileged
 */
export function nginxUnprivilegedImage({ name, tag, shown }: ImageReference): KnownImage {
  const temporary = ['proxy', 'client_body', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `    ${kind}_temp_path /tmp/${kind.replace('_body', '')}_temp;\n`)
    .join('');
  return {
    ...common({ name, tag, shown }),
    source: 'https://github.com/nginx/docker-nginx-unprivileged',
    ports: [{ port: 8080, protocol: 'http' }],
    tree: {
      ...commonTree(tag),
      '/etc/nginx/nginx.conf': mainFile({ pid: '/tmp/nginx.pid', http: temporary }),
      '/etc/nginx/conf.d/default.conf': defaultSite(8080, HTML, hasEntrypoint(tag)),
    },
    user: '101',
  };
}

function common({ name, tag, shown }: ImageReference): Omit<KnownImage, 'source' | 'ports' | 'tree'> {
  const version = fullVersion(tag);
  const system = officialSystem(tag);
  return {
    name,
    reference: shown,
    ...(system && { system }),
    nginx: { mainFile: '/etc/nginx/nginx.conf', ...(version !== undefined && { version }) },
    complete: ['/etc/nginx', '/etc/letsencrypt', '/run'],
    uncertain: ['/etc/nginx/modules', '/run/lock', ...SOMETIMES.map((path) => `/etc/nginx/${path}`)],
    environment: {},
    variables: VARIABLES,
    entrypoint: hasEntrypoint(tag) ? ['/docker-entrypoint.sh'] : [],
    command: ['nginx', '-g', 'daemon off;'],
    ...(hasEntrypoint(tag) && { templates: TEMPLATES }),
    volumes: [],
  };
}

function commonTree(tag: string): KnownImage['tree'] {
  const system = officialSystem(tag);
  const home = system === 'alpine' ? '/var/cache/nginx' : '/nonexistent';
  return {
    ...(system && hasSameUsers(tag) && userFiles(system, [{ name: 'nginx', id: 101, home }])),
    ...parameterFiles('/etc/nginx'),
    '/etc/nginx/modules': { link: '/usr/lib/nginx/modules' },
    [`${HTML}/index.html`]: 'Welcome to nginx!\n',
    [`${HTML}/50x.html`]: 'An error occurred.\n',
    '/var/log/nginx/access.log': { link: '/dev/stdout' },
    '/var/log/nginx/error.log': { link: '/dev/stderr' },
    '/var/cache/nginx': { directory: true },
    '/var/run': { link: '/run' },
    '/run': { directory: true },
    '/tmp': { directory: true, mode: 0o1777 },
    '/docker-entrypoint.d': { directory: true },
  };
}
