import type { ImageReference } from './image-reference.ts';
import { type KnownImage, plainImage } from './known-image.ts';
import { fpmFilesOf } from './php-fpm-files.ts';
import { userFiles } from './system-users.ts';
import { officialSystem, versionLine } from './tag.ts';

const PHP = 'https://github.com/docker-library/php';
const ETC = '/usr/local/etc';

/**
 * The official image of PHP. Only tags that name fpm run php-fpm; `apache` ones are a web server, and all others listen nowhere.
 *
 * https://hub.docker.com/_/php
 */
export function phpImage({ name, tag, shown }: ImageReference): KnownImage | undefined {
  if (/(?:^|-)fpm(?:-|$)/.test(tag))
    return fpmImage({
      name,
      shown,
      source: PHP,
      variant: afterFpm(tag),
      version: versionLine(tag),
      release: tag,
      empty: WHERE_CODE_GOES,
    });
  if (/(?:^|-)apache(?:-|$)/.test(tag)) return plainImage(name, shown, PHP, [{ port: 80, protocol: 'http' }]);
  return tag.includes('${') ? undefined : plainImage(name, shown, PHP, []);
}

/** Where people put their code. The image has `/var/www/html`, which is empty, and nothing at or below any other of these. */
const WHERE_CODE_GOES = [
  ...[
    '/var/www',
    '/srv',
    '/opt',
    '/app',
    '/application',
    '/code',
    '/data',
    '/project',
    '/site',
    '/sites',
    '/web',
    '/www',
  ],
  ...['/usr/share/nginx', '/usr/src/app', '/workspace'],
];

/** What makes one image of php-fpm differ from another. */
export interface FpmVariant {
  readonly name: string;
  readonly shown: string;
  readonly source: string;
  /** The part of the tag that decides the system. */
  readonly variant: string;
  /** Of PHP. */
  readonly version: string | undefined;
  /** The same with all that is known of it: `8.3.12`, or nothing. */
  readonly release: string;
  /** Files of its pools and settings that it adds, of which what they hold is not known here. */
  readonly uncertain?: readonly string[];
  /** Directories of which `tree` holds all there is. */
  readonly empty?: readonly string[];
  readonly volumes?: readonly string[];
  readonly entrypoint?: readonly string[];
}

/** An image that is made from php:*-fpm. */
export function fpmImage({
  name,
  shown,
  source,
  variant,
  version,
  release,
  ...extra
}: FpmVariant): KnownImage {
  const { files, before2026 } = fpmFilesOf(release);
  const system = officialSystem(variant);
  const added = system === 'alpine' ? [{ name: 'www-data', id: 82, home: '/home/www-data' }] : [];
  const owner = system === 'alpine' ? 82 : 33;
  return {
    name,
    reference: shown,
    source,
    ...(system && { system }),
    fpm: {
      mainFile: `${ETC}/php-fpm.conf`,
      prefix: '/usr/local',
      ...(version !== undefined && { version }),
      iniFile: `${ETC}/php/php.ini`,
      scanDirectory: `${ETC}/php/conf.d`,
      ...(before2026 && { before2026 }),
    },
    ports: [{ port: 9000, protocol: 'fastcgi' }],
    tree: {
      ...(system && userFiles(system, added)),
      ...files,
      [`${ETC}/php/conf.d`]: { directory: true },
      '/var/www/html': { directory: true, mode: 0o1777, uid: owner, gid: owner },
      ...Object.fromEntries(['/usr/share', '/usr/src'].map((path) => [path, { directory: true } as const])),
      '/var/run': { link: '/run' },
      '/run': { directory: true },
      '/tmp': { directory: true, mode: 0o1777 },
    },
    complete: [
      `${ETC}/php-fpm.d`,
      `${ETC}/php-fpm.conf`,
      `${ETC}/php/php.ini`,
      '/run',
      ...(extra.empty ?? []),
    ],
    uncertain: [
      '/run/lock',
      ...['php-fpm.conf', 'php-fpm.d/www.conf'].map((file) => `${ETC}/${file}.default`),
      ...(extra.uncertain ?? []),
    ],
    workingDirectory: '/var/www/html',
    environment: { PHP_INI_DIR: `${ETC}/php` },
    variables: [
      'PHP_VERSION',
      'PHP_URL',
      'PHP_ASC_URL',
      'PHP_SHA256',
      'PHPIZE_DEPS',
      'GPG_KEYS',
      'PATH',
      'HOSTNAME',
      'HOME',
    ],
    entrypoint: extra.entrypoint ?? ['docker-php-entrypoint'],
    command: ['php-fpm'],
    volumes: extra.volumes ?? [],
  };
}

/** `fpm-alpine` of `${VERSION}-fpm-alpine`: what stands before `fpm` is the version. */
function afterFpm(tag: string): string {
  return tag.slice(tag.indexOf('fpm'));
}
