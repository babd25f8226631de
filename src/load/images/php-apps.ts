import type { ImageReference } from './image-reference.ts';
import { type KnownImage, plainImage } from './known-image.ts';
import { fpmImage } from './php-fpm.ts';

interface PhpApp {
  readonly source: string;
  readonly volumes: readonly string[];
  readonly entrypoint: string;
}

/** Applications of which official images are made from php:*-fpm; without `fpm` in the tag they are web servers of their own. */
const APPS: Readonly<Record<string, PhpApp>> = {
  wordpress: {
    source: 'https://github.com/docker-library/wordpress',
    volumes: ['/var/www/html'],
    entrypoint: 'docker-entrypoint.sh',
  },
  nextcloud: {
    source: 'https://github.com/nextcloud/docker',
    volumes: ['/var/www/html'],
    entrypoint: '/entrypoint.sh',
  },
  drupal: {
    source: 'https://github.com/docker-library/drupal',
    volumes: [],
    entrypoint: 'docker-php-entrypoint',
  },
  joomla: {
    source: 'https://github.com/joomla-docker/docker-joomla',
    volumes: ['/var/www/html'],
    entrypoint: '/entrypoint.sh',
  },
  matomo: {
    source: 'https://github.com/matomo-org/docker',
    volumes: ['/var/www/html'],
    entrypoint: '/entrypoint.sh',
  },
  monica: {
    source: 'https://github.com/monicahq/docker',
    volumes: ['/var/www/html/storage'],
    entrypoint: 'entrypoint.sh',
  },
};

/** Their entrypoints copy the application to where PHP expects it; the settings of php-fpm they leave alone. */
export function phpAppImage({ name, tag, shown }: ImageReference): KnownImage | undefined {
  const app = Object.hasOwn(APPS, name) ? APPS[name] : undefined;
  if (!app) return undefined;
  if (!/(?:^|-)fpm(?:-|$)/.test(tag)) {
    if (tag.includes('${')) return undefined;
    if (/(?:^|-)cli(?:-|$)/.test(tag)) return plainImage(name, shown, app.source, []);
    return plainImage(name, shown, app.source, [{ port: 80, protocol: 'http' }]);
  }
  const version = /php(\d+\.\d+)/.exec(tag)?.[1];
  const image = fpmImage({
    name,
    shown,
    source: app.source,
    variant: tag.slice(tag.indexOf('fpm')),
    version,
    release: version ?? '',
    // What they set for PHP itself differs from release to release.
    uncertain: ['/usr/local/etc/php/php.ini'],
    volumes: app.volumes,
    entrypoint: [app.entrypoint],
  });
  return name === 'drupal' ? inOwnDirectory(image) : image;
}

/** Drupal lives in `/opt/drupal`, and `/var/www/html` leads there. */
function inOwnDirectory(image: KnownImage): KnownImage {
  const { '/var/www/html': _, ...tree } = image.tree;
  return {
    ...image,
    tree: { ...tree, '/var/www/html': { link: '/opt/drupal/web' }, '/opt/drupal/web': { directory: true } },
    workingDirectory: '/opt/drupal',
  };
}
