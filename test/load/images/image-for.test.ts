import { describe, expect, it } from 'vitest';
import { imageFor } from '../../../src/load/images/image-for.ts';
import { parseReference } from '../../../src/load/images/image-reference.ts';
import type { KnownImage } from '../../../src/load/images/known-image.ts';
import { memoryFileSystem } from '../../../src/load/memory-file-system.ts';
import { openRoot } from '../../../src/load/root.ts';

function image(reference: string): KnownImage {
  const found = imageFor(reference);
  if (!found) throw new Error(`${reference} is not known`);
  return found;
}

function read(reference: string, path: string): string {
  const result = openRoot(memoryFileSystem(image(reference).tree), '/', '/').read(path);
  return result.kind === 'read' ? result.source.text : result.kind;
}

describe('references of images', () => {
  it.each([
    ['nginx', 'nginx', 'latest'],
    ['nginx:1.25-alpine', 'nginx', '1.25-alpine'],
    ['library/nginx:1', 'nginx', '1'],
    ['docker.io/library/nginx:1', 'nginx', '1'],
    ['docker.io/bitnami/nginx', 'bitnami/nginx', 'latest'],
    ['public.ecr.aws/docker/library/nginx:1', 'nginx', '1'],
    ['lscr.io/linuxserver/nginx:latest', 'linuxserver/nginx', 'latest'],
    ['arm64v8/nginx:1', 'nginx', '1'],
    ['nginx:1.25@sha256:abc', 'nginx', '1.25'],
    ['nginx@sha256:abc', 'nginx', '${digest}'],
    ['nginx:${VERSION}', 'nginx', '${VERSION}'],
  ])('%s', (reference, name, tag) => {
    expect(parseReference(reference)).toMatchObject({ name, tag });
  });

  it.each([
    '${IMAGE}',
    '${REGISTRY}/nginx',
    'registry.example.com/nginx:1',
    'localhost:5000/nginx',
    'localhost/nginx',
    '',
    'NGINX',
  ])('%s may be anything', (reference) => {
    expect(imageFor(reference)).toBeUndefined();
  });
});

describe('nginx', () => {
  it.each([
    ['nginx', 'debian', undefined],
    ['nginx:1.25.3', 'debian', '1.25.3'],
    ['nginx:1.25', 'debian', undefined],
    ['nginx:1.25.3-alpine3.18', 'alpine', '1.25.3'],
    ['nginx:stable-alpine-slim', 'alpine', undefined],
    ['nginx:${VERSION}-alpine', 'alpine', undefined],
    ['nginx:${VERSION}', undefined, undefined],
    ['nginx@sha256:abc', undefined, undefined],
  ])('%s is made of %s', (reference, system, version) => {
    const found = image(reference);
    expect(found.system).toBe(system);
    expect(found.nginx?.version).toBe(version);
  });

  it('listens on 80 with its own site, as the user 101', () => {
    expect(read('nginx', '/etc/nginx/nginx.conf')).toContain('user nginx;');
    expect(read('nginx', '/etc/nginx/conf.d/default.conf')).toContain('listen 80;');
    for (const reference of ['nginx', 'nginx:alpine']) {
      expect(read(reference, '/etc/passwd')).toContain('nginx:x:101:101:');
      expect(read(reference, '/etc/group')).toContain('nginx:x:101:');
    }
  });

  it('has no users where the tag does not tell the system', () => {
    expect(read('nginx:${VERSION}', '/etc/passwd')).toBe('missing');
    expect(image('nginx:${VERSION}').complete).not.toContain('/etc');
  });

  it('has no fastcgi.conf and no snippets', () => {
    expect(read('nginx', '/etc/nginx/fastcgi_params')).toContain('fastcgi_param SCRIPT_NAME');
    expect(read('nginx', '/etc/nginx/fastcgi_params')).not.toContain('SCRIPT_FILENAME');
    expect(read('nginx', '/etc/nginx/fastcgi.conf')).toBe('missing');
    expect(image('nginx').complete).toContain('/etc/nginx');
  });

  it.each([
    ['nginx:1.16-alpine', false, false],
    ['nginx:1.17', true, false],
    ['nginx:1.19.0', true, true],
    ['nginx:1', true, true],
    ['nginx:stable', true, true],
  ])('%s has known users: %s, templates: %s', (reference, users, templates) => {
    expect(read(reference, '/etc/passwd') !== 'missing').toBe(users);
    expect(image(reference).templates !== undefined).toBe(templates);
    expect(read(reference, '/etc/nginx/conf.d/default.conf').includes('[::]:80')).toBe(templates);
  });

  it('without root listens on 8080', () => {
    const reference = 'nginxinc/nginx-unprivileged:1.27-alpine';
    expect(read(reference, '/etc/nginx/conf.d/default.conf')).toContain('listen 8080;');
    expect(read(reference, '/etc/nginx/nginx.conf')).not.toContain('user nginx');
    expect(image(reference).user).toBe('101');
  });

  it('of OpenResty starts from its own prefix', () => {
    expect(read('openresty/openresty:alpine', '/usr/local/openresty/nginx/conf/nginx.conf')).toContain(
      'include /etc/nginx/conf.d/*.conf;',
    );
  });
});

describe('php', () => {
  it.each([
    ['php:8.3-fpm', 'debian', '8.3', 33],
    ['php:8.3.1-fpm-alpine3.19', 'alpine', '8.3', 82],
    ['php:fpm', 'debian', undefined, 33],
    ['php:8-fpm-bookworm', 'debian', undefined, 33],
    ['php:${PHP_VERSION}-fpm-alpine', 'alpine', undefined, 82],
    ['php:${PHP_VERSION}-fpm', 'debian', undefined, 33],
    ['wordpress:6.5-php8.2-fpm-alpine', 'alpine', '8.2', 82],
    ['nextcloud:28-fpm', 'debian', undefined, 33],
    ['drupal:10-php8.3-fpm-bookworm', 'debian', '8.3', 33],
  ])('%s is made of %s, with PHP %s', (reference, system, version, uid) => {
    const found = image(reference);
    expect(found.system).toBe(system);
    expect(found.fpm?.version).toBe(version);
    expect(found.ports).toEqual([{ port: 9000, protocol: 'fastcgi' }]);
    expect(read(reference, '/etc/passwd')).toContain(`www-data:x:${uid}:${uid}:`);
    expect(read(reference, '/usr/local/etc/php-fpm.d/zz-docker.conf')).toContain('daemonize = no');
  });

  // https://github.com/docker-library/php/pull/1635
  it.each([
    ['php:7.4-fpm', 'zz-docker.conf', false],
    ['php:7-fpm', 'zz-docker.conf', false],
    ['php:8.1.34-fpm-alpine', 'zz-docker.conf', false],
    ['php:8.2.29-fpm', 'zz-docker.conf', false],
    ['php:8.2.30-fpm', 'docker.conf', true],
    ['php:8.2.31-fpm', 'docker.conf', false],
    ['php:8.4-fpm', 'docker.conf', true],
    ['php:fpm', 'docker.conf', true],
    ['php:${VERSION}-fpm', 'docker.conf', true],
    ['php:8.6-fpm', 'docker.conf', false],
    ['wordpress:php8.3-fpm', 'docker.conf', true],
  ])('%s says in %s where it listens, for sure or not', (reference, file, isEither) => {
    for (const name of ['docker.conf', 'www.conf', 'zz-docker.conf']) {
      const text = read(reference, `/usr/local/etc/php-fpm.d/${name}`);
      expect(/^listen = 9000$/m.test(text)).toBe(name === file);
    }
    expect(image(reference).fpm?.before2026 !== undefined).toBe(isEither);
  });

  it('listens nowhere, or as a web server, without fpm in its tag', () => {
    expect(image('php:8.3-cli').ports).toEqual([]);
    expect(image('php:8.3-apache').ports).toEqual([{ port: 80, protocol: 'http' }]);
    expect(image('wordpress').ports).toEqual([{ port: 80, protocol: 'http' }]);
    expect(imageFor('php:${TAG}')).toBeUndefined();
    expect(imageFor('wordpress:${TAG}')).toBeUndefined();
  });

  it('has one www-data in its group file', () => {
    for (const reference of ['php:8.3-fpm', 'php:8.3-fpm-alpine']) {
      expect(read(reference, '/etc/group').match(/^www-data:/gm)).toHaveLength(1);
    }
  });

  it('lives elsewhere in Drupal', () => {
    expect(image('drupal:fpm').workingDirectory).toBe('/opt/drupal');
  });
});

describe('other images', () => {
  it.each([
    ['bitnami/nginx:1.25', 8080, 'http'],
    ['bitnamilegacy/php-fpm:8.2', 9000, 'fastcgi'],
    ['webdevops/php-nginx:8.3-alpine', 80, 'http'],
    ['webdevops/php:8.3', 9000, 'fastcgi'],
    ['serversideup/php:8.3-fpm', 9000, 'fastcgi'],
    ['serversideup/php:8.3-fpm-nginx', 8080, 'http'],
    ['ghcr.io/serversideup/php:8.3-fpm-apache', 8080, 'http'],
    ['linuxserver/swag', 80, 'http'],
    ['wodby/php:8.2-dev', 9000, 'fastcgi'],
    ['wodby/nginx:1.25', 80, 'http'],
    ['phpdockerio/php:8.2-fpm', 9000, 'fastcgi'],
    ['phpdockerio/php73-fpm', 9000, 'fastcgi'],
    ['jwilder/nginx-proxy', 80, 'http'],
    ['mysql:8', 3306, 'mysql'],
    ['mariadb:10.6', 3306, 'mysql'],
    ['postgres:16-alpine', 5432, 'postgres'],
    ['redis:7', 6379, 'redis'],
    ['memcached', 11211, 'memcached'],
    ['mailhog/mailhog', 1025, 'smtp'],
    ['phpmyadmin/phpmyadmin', 80, 'http'],
    ['phpmyadmin:5-fpm-alpine', 9000, 'fastcgi'],
    ['adminer', 8080, 'http'],
    ['adminer:fastcgi', 9000, 'fastcgi'],
    ['rabbitmq:3', 5672, 'amqp'],
    ['elasticsearch:8.15.3', 9200, 'other'],
    ['httpd:2.4', 80, 'http'],
  ])('%s listens on %i', (reference, port, protocol) => {
    expect(image(reference).ports[0]).toEqual({ port, protocol });
    expect(image(reference).complete).toEqual([]);
  });

  it('tells the management of RabbitMQ by its tag', () => {
    const ports = image('rabbitmq:3-management-alpine').ports.map(({ port }) => port);
    expect(ports).toContain(15672);
    expect(image('rabbitmq:3').ports.map(({ port }) => port)).not.toContain(15672);
  });

  it.each(['node:20', 'python:3.12-slim', 'ruby:3', 'alpine', 'wordpress:cli'])(
    '%s listens nowhere of its own',
    (reference) => {
      expect(image(reference).ports).toEqual([]);
    },
  );

  it.each(['somebody/php-fpm', 'laradock/php-fpm:8.2', 'traefik/whoareyou'])(
    '%s is not known',
    (reference) => {
      expect(imageFor(reference)).toBeUndefined();
    },
  );

  it('name where their facts come from', () => {
    for (const reference of [
      'nginx',
      'php:fpm',
      'mysql',
      'bitnami/nginx',
      'wordpress:fpm',
      'prom/prometheus',
    ]) {
      expect(image(reference).source).toMatch(/^https:\/\//);
    }
  });
});
