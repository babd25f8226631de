import type { ImageReference } from './image-reference.ts';
import { type KnownImage, type PortProtocol, plainImage } from './known-image.ts';

/** Where the makers of official images document their ports. */
const OFFICIAL = 'https://hub.docker.com/_/';
const HUB = 'https://hub.docker.com/r/';

/**
 * Images that listen somewhere of their own: `name port/protocol ...`. Their Dockerfiles say so in EXPOSE. What speaks TLS in some versions and
 * not in others, as Elasticsearch does since 8.0 and OpenSearch with its demo certificates, is `other`.
 */
const LISTENERS: readonly string[] = [
  'mysql 3306/mysql 33060/other',
  'mariadb 3306/mysql',
  'percona 3306/mysql 33060/other',
  'percona/percona-server 3306/mysql 33060/other',
  'bitnami/mysql 3306/mysql',
  'bitnami/mariadb 3306/mysql',
  'postgres 5432/postgres',
  'postgis/postgis 5432/postgres',
  'timescale/timescaledb 5432/postgres',
  'bitnami/postgresql 5432/postgres',
  'redis 6379/redis',
  'valkey/valkey 6379/redis',
  'bitnami/redis 6379/redis',
  'memcached 11211/memcached',
  'bitnami/memcached 11211/memcached',
  'mongo 27017/mongodb',
  'mongo-express 8081/http',
  'rabbitmq 5672/amqp',
  'elasticsearch 9200/other 9300/other',
  'opensearchproject/opensearch 9200/other 9300/other 9600/other',
  'kibana 5601/http',
  'getmeili/meilisearch 7700/http',
  'typesense/typesense 8108/http',
  'solr 8983/http',
  'influxdb 8086/http',
  'grafana/grafana 3000/http',
  'grafana/grafana-oss 3000/http',
  'prom/prometheus 9090/http',
  'portainer/portainer-ce 8000/other 9000/http 9443/https',
  'minio/minio 9000/http',
  'mailhog/mailhog 1025/smtp 8025/http',
  'axllent/mailpit 1025/smtp 1110/other 8025/http',
  'schickling/mailcatcher 1025/smtp 1080/http',
  'dockage/mailcatcher 1025/smtp 1080/http',
  'phpmyadmin 80/http',
  'phpmyadmin/phpmyadmin 80/http',
  'dpage/pgadmin4 80/http',
  'adminer 8080/http',
  'httpd 80/http',
  'caddy 80/http 443/https',
  'traefik 80/http',
  'traefik/whoami 80/http',
  'varnish 80/http 8443/other',
  'tomcat 8080/http',
  'jenkins/jenkins 8080/http 50000/other',
  'ghost 2368/http',
  'sonatype/nexus3 8081/http',
  'gitea/gitea 3000/http',
  'selenium/standalone-chrome 4444/http 5900/other 7900/http',
  'kennethreitz/httpbin 80/http',
  'hashicorp/http-echo 5678/http',
  'schickling/beanstalkd 11300/other',
  'n8nio/n8n 5678/http',
];

/** Tags of these images that run something else. */
const VARIANTS: readonly {
  readonly name: RegExp;
  readonly tag: RegExp;
  readonly ports: readonly string[];
}[] = [
  { name: /^rabbitmq$/, tag: /management/, ports: ['5672/amqp', '15671/other', '15672/http'] },
  { name: /^phpmyadmin(?:\/phpmyadmin)?$/, tag: /(?:^|-)fpm(?:-|$)/, ports: ['9000/fastcgi'] },
  { name: /^adminer$/, tag: /fastcgi/, ports: ['9000/fastcgi'] },
];

/** Languages and systems: what listens in them is the user's own program. */
const NO_LISTENERS: ReadonlySet<string> = new Set([
  ...['node', 'python', 'ruby', 'golang', 'rust', 'openjdk', 'eclipse-temurin', 'amazoncorretto', 'oven/bun'],
  ...['denoland/deno', 'composer', 'perl', 'elixir', 'erlang', 'mono', 'swift', 'gradle', 'maven'],
  ...['alpine', 'debian', 'ubuntu', 'centos', 'fedora', 'busybox', 'rockylinux', 'almalinux', 'amazonlinux'],
  ...['certbot/certbot', 'hello-world', 'docker', 'curlimages/curl', 'alpine/git'],
]);

const PORTS: ReadonlyMap<string, readonly string[]> = new Map(
  LISTENERS.map((row) => {
    const [name = '', ...ports] = row.split(' ');
    return [name, ports];
  }),
);

/** Databases, caches, tools: images that are no web stack, but of which it is known who answers at which port. */
export function serviceImage({ name, tag, shown }: ImageReference): KnownImage | undefined {
  const source = `${name.includes('/') ? HUB : OFFICIAL}${name}`;
  if (NO_LISTENERS.has(name)) return plainImage(name, shown, source, []);
  const variant = VARIANTS.find((each) => each.name.test(name) && each.tag.test(tag));
  const ports = variant?.ports ?? PORTS.get(name);
  return ports && plainImage(name, shown, source, ports.map(portOf));
}

function portOf(text: string): { readonly port: number; readonly protocol: PortProtocol } {
  const [port, protocol] = text.split('/');
  return { port: Number(port), protocol: PROTOCOLS.find((each) => each === protocol) ?? 'other' };
}

const PROTOCOLS: readonly PortProtocol[] = [
  ...(['http', 'https', 'fastcgi', 'mysql', 'postgres', 'redis'] as const),
  ...(['memcached', 'smtp', 'amqp', 'mongodb'] as const),
];
