import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Stands in every file that no502 must not read. */
export const secret = 'gone.secret.example';

/** A directory on the real disk: `outside`, which is somebody's own, and beside it `host`, in which everything leads there. */
export interface HostileTree {
  /** Holds both. */
  readonly directory: string;
  readonly host: string;
  readonly outside: string;
  remove(): void;
}

/** Makes one of its own for a test. */
export function hostileTree(): HostileTree {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'no502-hostile-')));
  const host = join(directory, 'host');
  const outside = join(directory, 'outside');
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  const link = (path: string, target: string): void => {
    mkdirSync(dirname(join(host, path)), { recursive: true });
    symlinkSync(target, join(host, path));
  };

  write(join(outside, 'site.conf'), `server { listen 80; server_name ${secret}; ${secret} on; }\n`);
  write(join(outside, 'pool.conf'), `[${secret}]\nlisten = /run/${secret}.sock\n${secret} = 1\n`);
  write(join(outside, 'php.ini'), `max_execution_time = ${secret}\n`);
  write(join(outside, 'passwd'), `${secret}:x:0:0::/root:/bin/sh\n`);
  write(join(outside, 'app.service'), `[Service]\nExecStart=/usr/sbin/php-fpm8.2 -y /etc/${secret}.conf\n`);
  write(join(outside, 'settings.yaml'), `${secret}: 1\n`);
  write(join(outside, 'baseline.json'), `{ "${secret}": 1 }\n`);
  write(join(outside, 'compose.yaml'), `services:\n  ${secret}:\n    image: nginx\n`);
  write(join(outside, '.env'), `SECRET=${secret}\n`);

  write(
    join(host, 'etc/nginx/nginx.conf'),
    `events {}
http {
    include ${outside}/site.conf;
    include ${outside}/*.conf;
    include ../../../outside/site.conf;
    include ../../../../../../..${outside}/*.conf;
    include /etc/nginx/sites/*;
    include /etc/nginx/directory/*.conf;
    include /etc/nginx/up/outside/site.conf;
    include /etc/nginx/self/root/proc/self/environ;
    server {
        listen 80;
        location ~ \\.php$ { fastcgi_pass unix:/etc/nginx/directory/php.sock; }
        ssl_certificate ${outside}/site.conf;
    }
}
`,
  );
  write(
    join(host, 'etc/php/8.2/fpm/php-fpm.conf'),
    `[global]
include = ${outside}/*.conf
include = /etc/php/8.2/fpm/pool.d/*.conf
include = ../../../../../..${outside}/pool.conf
[www]
user = www-data
listen = /run/php/www.sock
pm = static
pm.max_children = 5
`,
  );
  for (const [number, target] of [
    `${outside}/site.conf`,
    '../../../../outside/site.conf',
    `../../../../../../../../../..${outside}/site.conf`,
  ].entries()) {
    link(`etc/nginx/sites/${number}`, target);
    link(`etc/php/8.2/fpm/pool.d/${number}.conf`, target.replace('site', 'pool'));
  }
  link('etc/nginx/directory', outside);
  link('etc/nginx/up', '../../..');
  link('etc/nginx/self', '/proc/self');
  link('etc/nginx/chain', 'sites/../directory/../up');
  link('etc/php/8.2/fpm/php.ini', `${outside}/php.ini`);
  link('etc/php/8.2/fpm/conf.d', outside);
  link('etc/passwd', `../../outside/passwd`);
  link('etc/group', '/etc/group');
  link('etc/systemd/system/php8.2-fpm.service', `${outside}/app.service`);
  link('etc/systemd/system/app.service', `../../../../outside/app.service`);
  link('etc/hosts', '/proc/self/environ');
  link('proc', '/proc');
  link('srv/app/.env', `${outside}/.env`);
  write(
    join(host, 'compose.yaml'),
    `include:
  - ${outside}/compose.yaml
  - ../outside/compose.yaml
services:
  web:
    image: nginx
    env_file: [${outside}/.env, ../outside/.env, srv/app/.env]
    volumes:
      - ${outside}:/etc/nginx
      - ../outside/site.conf:/etc/nginx/conf.d/site.conf
      - ./etc/nginx/directory:/etc/nginx/more
  php:
    image: php:8.2-fpm
    extends: { file: ${outside}/compose.yaml, service: ${secret} }
    volumes:
      - ../outside/pool.conf:/usr/local/etc/php-fpm.d/www.conf
`,
  );
  return { directory, host, outside, remove: () => rmSync(directory, { recursive: true }) };
}
