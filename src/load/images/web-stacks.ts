import type { ImageReference } from './image-reference.ts';
import { type ImagePort, type KnownImage, plainImage } from './known-image.ts';

const HTTP: ImagePort = { port: 80, protocol: 'http' };
const HTTPS: ImagePort = { port: 443, protocol: 'https' };
const HTTP_UNPRIVILEGED: ImagePort = { port: 8080, protocol: 'http' };
const HTTPS_UNPRIVILEGED: ImagePort = { port: 8443, protocol: 'https' };
const FASTCGI: ImagePort = { port: 9000, protocol: 'fastcgi' };

interface Row {
  readonly name: RegExp;
  /** Which tags are meant; all where absent. */
  readonly tag?: RegExp;
  readonly source: string;
  readonly ports: readonly ImagePort[];
}

/**
 * Images of nginx or PHP of which the configuration is made when the container starts, from variables and templates of their own: what they
 * listen on is usual, what their files hold is not known.
 */
const ROWS: readonly Row[] = [
  {
    name: /^bitnami(?:legacy)?\/nginx$/,
    source: 'https://github.com/bitnami/containers/tree/main/bitnami/nginx',
    ports: [HTTP_UNPRIVILEGED, HTTPS_UNPRIVILEGED],
  },
  {
    name: /^bitnami(?:legacy)?\/php-fpm$/,
    source: 'https://github.com/bitnami/containers/tree/main/bitnami/php-fpm',
    ports: [FASTCGI],
  },
  {
    name: /^webdevops\/(?:php-nginx|php-apache|php-nginx-dev|php-apache-dev)$/,
    source: 'https://github.com/webdevops/Dockerfile',
    ports: [HTTP, HTTPS, FASTCGI],
  },
  {
    name: /^webdevops\/(?:php|php-dev)$/,
    source: 'https://github.com/webdevops/Dockerfile',
    ports: [FASTCGI],
  },
  {
    name: /^webdevops\/(?:nginx|nginx-dev|apache|apache-dev)$/,
    source: 'https://github.com/webdevops/Dockerfile',
    ports: [HTTP, HTTPS],
  },
  {
    name: /^serversideup\/php$/,
    tag: /-fpm-(?:nginx|apache)|-frankenphp/,
    source: 'https://serversideup.net/open-source/docker-php/docs/getting-started/default-configurations',
    ports: [HTTP_UNPRIVILEGED, HTTPS_UNPRIVILEGED],
  },
  {
    name: /^serversideup\/php$/,
    tag: /(?:^|-)fpm(?!-nginx|-apache)/,
    source: 'https://serversideup.net/open-source/docker-php/docs/getting-started/default-configurations',
    ports: [FASTCGI],
  },
  {
    name: /^linuxserver\/(?:nginx|swag)$/,
    source: 'https://github.com/linuxserver/docker-baseimage-alpine-nginx',
    ports: [HTTP, HTTPS],
  },
  {
    name: /^wodby\/(?:php|drupal-php|wordpress-php|drupal|wordpress)$/,
    source: 'https://github.com/wodby/php',
    ports: [FASTCGI],
  },
  { name: /^wodby\/nginx$/, source: 'https://github.com/wodby/nginx', ports: [HTTP] },
  {
    name: /^phpdockerio\/php(?:\d+)?(?:-fpm)?$/,
    tag: /fpm|^latest$/,
    source: 'https://github.com/phpdocker-io/base-images',
    ports: [FASTCGI],
  },
  {
    name: /^(?:jwilder|nginxproxy)\/nginx-proxy$/,
    source: 'https://github.com/nginx-proxy/nginx-proxy',
    ports: [HTTP, HTTPS],
  },
  {
    name: /^jc21\/nginx-proxy-manager$/,
    source: 'https://github.com/NginxProxyManager/nginx-proxy-manager',
    ports: [HTTP, HTTPS, { port: 81, protocol: 'http' }],
  },
  {
    name: /^trafex\/php-nginx$/,
    source: 'https://github.com/TrafeX/docker-php-nginx',
    ports: [HTTP_UNPRIVILEGED],
  },
  {
    name: /^richarvey\/nginx-php-fpm$/,
    source: 'https://github.com/richarvey/nginx-php-fpm',
    ports: [HTTP, HTTPS],
  },
  { name: /^dunglas\/frankenphp$/, source: 'https://github.com/php/frankenphp', ports: [HTTP, HTTPS] },
  { name: /^nginxdemos\/hello$/, source: 'https://github.com/nginx/nginx-hello', ports: [HTTP] },
  {
    name: /^nginxdemos\/nginx-hello$/,
    source: 'https://github.com/nginx/nginx-hello',
    ports: [HTTP_UNPRIVILEGED],
  },
];

/** An image of which only the usual ports are known. */
export function webStackImage({ name, tag, shown }: ImageReference): KnownImage | undefined {
  const row = ROWS.find((each) => each.name.test(name) && (each.tag?.test(tag) ?? true));
  return row && plainImage(name, shown, row.source, row.ports);
}
