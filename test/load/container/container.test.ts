import { describe, expect, it } from 'vitest';
import { plain } from '../compose/read.ts';
import { at, openWeb } from './open.ts';

describe('a container of a known image', () => {
  it('has the files of its image, and no others where all are known', async () => {
    const web = await openWeb('image: nginx:1.25');
    expect(at(web, '/etc/nginx/nginx.conf')).toBe('nginx:1.25:/etc/nginx/nginx.conf | user nginx;');
    expect(at(web, '/etc/nginx/snippets/fastcgi-php.conf')).toBe('missing');
    expect(at(web, '/etc/nginx/koi-utf')).toBe('unknown: it may be in the image');
    expect(at(web, '/srv/x')).toBe('unknown: it may be in the image');
    expect(at(web, '/var/run/nginx.pid')).toBe('missing');
    expect(web.root.isLive).toBe(false);
    expect(web.root.glob('/etc/nginx/conf.d/*.conf').paths).toEqual(['/etc/nginx/conf.d/default.conf']);
    expect(web.files.isListed('/etc/nginx/conf.d')).toBe(true);
    expect(web.files.isListed('/srv')).toBe(false);
    expect(web.files.isEditable('/etc/nginx/nginx.conf')).toBe(false);
  });

  it('has what is mounted in it', async () => {
    const web = await openWeb(
      'image: nginx\nvolumes: ["./site.conf:/etc/nginx/conf.d/default.conf", "./snippets:/etc/nginx/snippets", "./src:/var/www"]',
      { 'site.conf': '# site', 'snippets/php.conf': '# php', 'src/public/index.php': '<?php' },
    );
    expect(at(web, '/etc/nginx/conf.d/default.conf')).toBe('site.conf | # site');
    expect(at(web, '/etc/nginx/snippets/php.conf')).toBe('snippets/php.conf | # php');
    expect(at(web, '/etc/nginx/snippets/other.conf')).toBe(
      'unknown: it is mounted, and not among the files given',
    );
    expect(web.root.glob('/etc/nginx/snippets/*').paths).toEqual(['/etc/nginx/snippets/php.conf']);
    expect(web.root.list('/etc/nginx')).toMatchObject({ kind: 'listed' });
    expect(web.root.exists('/var/www/public')).toBe(true);
    expect(web.files.isEditable('/etc/nginx/conf.d/default.conf')).toBe(true);
  });

  it('hides what is below a mounted directory, and sees a file mounted into it', async () => {
    const web = await openWeb(
      'image: nginx\nvolumes: ["./one.conf:/etc/nginx/conf.d/one.conf", "./conf.d:/etc/nginx/conf.d"]',
      { 'conf.d/site.conf': '# site', 'one.conf': '# one' },
    );
    expect(web.root.glob('/etc/nginx/conf.d/*.conf').paths).toEqual([
      '/etc/nginx/conf.d/one.conf',
      '/etc/nginx/conf.d/site.conf',
    ]);
    expect(at(web, '/etc/nginx/conf.d/one.conf')).toBe('one.conf | # one');
    expect(web.files.isListed('/etc/nginx/conf.d')).toBe(true);
  });

  it('resolves the links of what is mounted inside of the container', async () => {
    const web = await openWeb('image: nginx\nvolumes: ["./nginx:/etc/nginx/conf.d", "./run:/var/run/php"]', {
      'nginx/site.conf': { link: '/etc/nginx/nginx.conf' },
      'nginx/secret.conf': { link: '/repos/secret' },
      'nginx/up.conf': { link: '../../../../repos/secret' },
      'run/x.sock': { socket: true },
      '/repos/secret': 'never',
    });
    expect(at(web, '/etc/nginx/conf.d/site.conf')).toBe('nginx:/etc/nginx/nginx.conf | user nginx;');
    expect(at(web, '/etc/nginx/conf.d/secret.conf')).toBe('unknown: it may be in the image');
    expect(at(web, '/etc/nginx/conf.d/up.conf')).toBe('unknown: it may be in the image');
    expect(web.root.resolve('/run/php/x.sock')).toMatchObject({ kind: 'found' });
  });

  it('knows nothing of what is mounted from outside', async () => {
    const web = await openWeb(
      'image: nginx\nvolumes: ["../other:/etc/nginx/conf.d", "~/x:/a", "${X}:/b", "./gone:/etc/nginx/gone", "./link:/etc/nginx/link"]',
      { '/repos/other/site.conf': 'never', link: { link: '/repos/other' } },
    );
    expect(at(web, '/etc/nginx/conf.d/default.conf')).toContain('unknown: /repos/other is mounted there');
    expect(at(web, '/a')).toBe('unknown: it is in the home directory of whoever starts it');
    expect(at(web, '/b')).toBe('unknown: no file defines the variable X');
    expect(at(web, '/etc/nginx/gone/x')).toContain('unknown: gone is mounted there');
    expect(at(web, '/etc/nginx/link/site.conf')).toContain('unknown: link is mounted there');
    expect(web.files.isListed('/etc/nginx/conf.d')).toBe(false);
    expect(at(web, '/etc/nginx/nginx.conf')).toContain('nginx:/etc/nginx/nginx.conf');
  });

  it('has named volumes that begin as what the image has', async () => {
    const volumes =
      'volumes: { html: , shared: , code: { driver_opts: { type: none, o: bind, device: ./src } } }\n';
    const web = await openWeb(
      'image: nginx\nvolumes: ["html:/usr/share/nginx/html", "shared:/srv", "code:/code"]\ntmpfs: [/cache]',
      { 'src/a': 'a' },
      `  other: { image: php:fpm, volumes: ["shared:/srv"] }\n${volumes}`,
    );
    expect(at(web, '/usr/share/nginx/html/index.html')).toContain('Welcome');
    expect(at(web, '/usr/share/nginx/html/new.html')).toBe('unknown: it may be in the image');
    expect(at(web, '/srv')).toBe('directory');
    expect(at(web, '/srv/x')).toBe('unknown: it is in the volume shared');
    expect(at(web, '/code/a')).toBe('src/a | a');
    expect(at(web, '/cache/x')).toBe('missing');
  });

  it('has configs and secrets', async () => {
    const web = await openWeb(
      'image: nginx\nconfigs: [{ source: site, target: /etc/nginx/conf.d/default.conf }, { source: text, target: /etc/nginx/t.conf }]\nsecrets: [key]',
      { 'site.conf': '# site' },
      'configs: { site: { file: ./site.conf }, text: { content: "# text" } }\nsecrets: { key: { external: true } }\n',
    );
    expect(at(web, '/etc/nginx/conf.d/default.conf')).toBe('site.conf | # site');
    expect(at(web, '/etc/nginx/t.conf')).toBe('compose.yaml | # text');
    expect(at(web, '/run/secrets/key')).toBe('unknown: it is made elsewhere');
    expect(web.files.isEditable('/etc/nginx/t.conf')).toBe(false);
    expect(web.files.isEditable('/etc/nginx/conf.d/default.conf')).toBe(true);
  });

  it('knows only its mounts where the image is not known', async () => {
    const web = await openWeb('image: somebody/nginx\nvolumes: ["./nginx.conf:/etc/nginx/nginx.conf"]', {
      'nginx.conf': '# mine',
    });
    expect(web.image).toBeUndefined();
    expect(at(web, '/etc/nginx/nginx.conf')).toBe('nginx.conf | # mine');
    expect(at(web, '/etc/nginx/mime.types')).toBe('unknown: the image is not known');
    expect(web.files.isListed('/etc/nginx')).toBe(false);
  });

  it('takes user, directory and words of the service before those of the image', async () => {
    const php = await openWeb('image: php:8.3-fpm');
    expect([plain(php.user), plain(php.workingDirectory)]).toEqual([undefined, '/var/www/html']);
    const own = await openWeb(
      'image: nginxinc/nginx-unprivileged\nuser: "1000"\nworking_dir: /app\ncommand: nginx-debug',
    );
    expect([plain(own.user), plain(own.workingDirectory)]).toEqual(['1000', '/app']);
    expect(own.start.isImagesEntrypoint).toBe(true);
    expect(own.start.command?.kind === 'known' && own.start.command.value.map(plain)).toEqual([
      'nginx-debug',
    ]);
  });
});

describe('the start of a container', () => {
  it('may change what it names', async () => {
    const web = await openWeb(
      'image: nginx\ncommand: /bin/bash -c "envsubst < /etc/nginx/t > /etc/nginx/conf.d/default.conf && nginx"\nvolumes: ["./t:/etc/nginx/t"]',
      { t: '# t' },
    );
    expect(at(web, '/etc/nginx/conf.d/default.conf')).toBe('unknown: its start may change it');
    expect(at(web, '/etc/nginx/t')).toBe('t | # t');
    expect(web.files.isListed('/etc/nginx/conf.d')).toBe(false);
  });

  it('may change anything but what is mounted where it is not understood', async () => {
    const web = await openWeb(
      'image: nginx\nentrypoint: /start\nvolumes: ["./a.conf:/etc/nginx/conf.d/a.conf"]',
      {
        'a.conf': '# a',
      },
    );
    expect(at(web, '/etc/nginx/nginx.conf')).toBe('unknown: its start may change it: it runs "/start"');
    expect(at(web, '/etc/nginx/conf.d/a.conf')).toBe('a.conf | # a');
  });

  it('is read where its script is among the files', async () => {
    const script = '#!/bin/sh\nset -e\nrm -f /etc/nginx/conf.d/default.conf\nexec "$@"\n';
    const web = await openWeb(
      'image: nginx\nentrypoint: ["/start.sh"]\ncommand: ["nginx", "-g", "daemon off;"]\nvolumes: ["./start.sh:/start.sh:ro"]',
      { 'start.sh': script },
    );
    expect(at(web, '/etc/nginx/conf.d/default.conf')).toBe('unknown: its start may change it');
    expect(at(web, '/etc/nginx/nginx.conf')).toContain('user nginx;');
  });
});

describe('templates of the nginx image', () => {
  const template = 'server { listen ${PORT}; set $x $host; return 200 "$NAME"; }\n';

  it('are rendered with what is defined', async () => {
    const web = await openWeb(
      'image: nginx\nenvironment: { PORT: 8080 }\nvolumes: ["./templates:/etc/nginx/templates"]',
      {
        'templates/default.conf.template': template,
        'templates/sub/a.conf.template': 'a',
        'templates/b.txt': 'b',
      },
    );
    expect(at(web, '/etc/nginx/conf.d/default.conf')).toBe(
      'templates/default.conf.template | server { listen 8080; set $x $host; return 200 "$NAME"; }',
    );
    expect(at(web, '/etc/nginx/conf.d/sub/a.conf')).toBe('templates/sub/a.conf.template | a');
    expect(at(web, '/etc/nginx/conf.d/b.txt')).toBe('missing');
    expect(web.files.isEditable('/etc/nginx/conf.d/default.conf')).toBe(false);
    expect(web.root.glob('/etc/nginx/conf.d/*.conf').paths).toEqual(['/etc/nginx/conf.d/default.conf']);
    expect(web.files.isListed('/etc/nginx/conf.d')).toBe(true);
  });

  it('are unknown where a variable is', async () => {
    const files = { 'templates/default.conf.template': template };
    const volumes = 'volumes: ["./templates:/etc/nginx/templates"]';
    const passed = await openWeb(`image: nginx\nenvironment: [PORT]\n${volumes}`, files);
    expect(at(passed, '/etc/nginx/conf.d/default.conf')).toBe('unknown: the variable PORT is not known');
    const unread = await openWeb(
      `image: nginx\nenvironment: { PORT: 80 }\nenv_file: gone.env\n${volumes}`,
      files,
    );
    expect(at(unread, '/etc/nginx/conf.d/default.conf')).toBe('unknown: the variable NAME is not known');
    const images = await openWeb(`image: nginx\n${volumes}`, {
      'templates/default.conf.template': '# $NGINX_VERSION',
    });
    expect(at(images, '/etc/nginx/conf.d/default.conf')).toBe(
      'unknown: the variable NGINX_VERSION is not known',
    );
  });

  it('follow the settings of the entrypoint', async () => {
    const web = await openWeb(
      'image: nginx\nenvironment: { PORT: 80, NAME: x, NGINX_ENVSUBST_OUTPUT_DIR: /etc/nginx, NGINX_ENVSUBST_TEMPLATE_SUFFIX: .t, NGINX_ENVSUBST_FILTER: "^PORT$$" }\nvolumes: ["./templates:/etc/nginx/templates"]',
      { 'templates/nginx.conf.t': template },
    );
    expect(at(web, '/etc/nginx/nginx.conf')).toBe(
      'templates/nginx.conf.t | server { listen 80; set $x $host; return 200 "$NAME"; }',
    );
  });

  it('are left alone with another command, and where conf.d cannot be written', async () => {
    const files = { 'templates/default.conf.template': template, 'conf.d/x.conf': 'x' };
    const other = await openWeb(
      'image: nginx\nentrypoint: ["nginx", "-g", "daemon off;"]\nvolumes: ["./templates:/etc/nginx/templates"]',
      files,
    );
    expect(at(other, '/etc/nginx/conf.d/default.conf')).toContain('nginx:/etc/nginx/conf.d/default.conf');
    const readOnly = await openWeb(
      'image: nginx\nvolumes: ["./templates:/etc/nginx/templates", "./conf.d:/etc/nginx/conf.d:ro"]',
      files,
    );
    expect(readOnly.root.glob('/etc/nginx/conf.d/*').paths).toEqual(['/etc/nginx/conf.d/x.conf']);
  });

  it('may be anywhere in conf.d where their directory is not known', async () => {
    const web = await openWeb('image: nginx\nvolumes: ["${TEMPLATES}:/etc/nginx/templates"]');
    expect(at(web, '/etc/nginx/conf.d/default.conf')).toContain('unknown: there may be templates');
  });
});

describe('what a Dockerfile builds', () => {
  it('is its base with what it copies', async () => {
    const web = await openWeb('build: { context: ., dockerfile: docker/Dockerfile }', {
      'docker/Dockerfile': `FROM nginx:1.25-alpine
COPY docker/default.conf /etc/nginx/conf.d/
COPY docker/snippets /etc/nginx/snippets
COPY docker/nginx.conf /etc/nginx
COPY docker/*.inc /etc/nginx/inc/
`,
      'docker/default.conf': '# site',
      'docker/nginx.conf': '# main',
      'docker/snippets/php.conf': '# php',
      'docker/a.inc': '# a',
    });
    expect(web.image?.reference).toBe('nginx:1.25-alpine');
    expect(at(web, '/etc/nginx/conf.d/default.conf')).toBe('docker/default.conf | # site');
    expect(at(web, '/etc/nginx/nginx.conf')).toBe('docker/nginx.conf | # main');
    expect(at(web, '/etc/nginx/snippets/php.conf')).toBe('docker/snippets/php.conf | # php');
    expect(at(web, '/etc/nginx/snippets/other.conf')).toBe('unknown: it may be copied');
    expect(at(web, '/etc/nginx/inc/a.inc')).toBe('docker/a.inc | # a');
    expect(at(web, '/etc/nginx/fastcgi_params')).toContain('nginx:1.25-alpine:/etc/nginx/fastcgi_params');
    expect(at(web, '/etc/nginx/sites-enabled')).toBe('missing');
    expect(web.files.isListed('/etc/nginx/conf.d')).toBe(true);
    expect(web.files.isEditable('/etc/nginx/conf.d/default.conf')).toBe(true);
  });

  it('belongs to root in it, and is below the directory of the base', async () => {
    const web = await openWeb('build: .\nvolumes: ["./b:/b"]', {
      Dockerfile: 'FROM nginx\nCOPY a etc/nginx/a\n',
      a: { content: '# a', uid: 1000, gid: 1000 },
      b: { content: '# b', uid: 1000, gid: 1000 },
    });
    expect(at(web, '/etc/nginx/a')).toBe('a | # a');
    expect(web.root.resolve('/etc/nginx/a')).toMatchObject({ status: { uid: 0, gid: 0 } });
    expect(web.root.resolve('/b')).toMatchObject({ status: { uid: 1000, gid: 1000 } });
  });

  it('respects .dockerignore', async () => {
    const web = await openWeb('build: .', {
      Dockerfile: 'FROM php:8.3-fpm\nCOPY . /var/www/html\nCOPY secret.conf /usr/local/etc/php-fpm.d/\n',
      '.dockerignore': 'vendor\nsecret.conf\n',
      'index.php': '<?php',
      'vendor/autoload.php': '<?php',
      'secret.conf': '',
    });
    expect(at(web, '/var/www/html/index.php')).toBe('index.php | <?php');
    expect(at(web, '/var/www/html/vendor/autoload.php')).toContain('unknown');
    expect(web.root.list('/var/www/html')).toMatchObject({
      names: ['compose.yaml', 'Dockerfile', '.dockerignore', 'index.php'],
    });
    expect(web.files.isListed('/usr/local/etc/php-fpm.d')).toBe(false);
  });

  it('may be changed by the commands it runs, unless it is copied later', async () => {
    const web = await openWeb('build: .', {
      Dockerfile: `FROM php:8.3-fpm
RUN docker-php-ext-install pdo_mysql && usermod -u 1000 www-data
RUN mv "$PHP_INI_DIR/php.ini-production" "$PHP_INI_DIR/php.ini"
RUN sed -i 's/9000/9001/' /usr/local/etc/php-fpm.d/www.conf
COPY www.conf /usr/local/etc/php-fpm.d/www.conf
RUN sed -i 's/9000/9001/' /usr/local/etc/php-fpm.d/zz-docker.conf
`,
      'www.conf': '[www]',
    });
    expect(at(web, '/usr/local/etc/php-fpm.d/www.conf')).toBe('www.conf | [www]');
    const changed = 'unknown: a command of the build may have changed it';
    expect(at(web, '/usr/local/etc/php-fpm.d/zz-docker.conf')).toBe(changed);
    expect(at(web, '/usr/local/etc/php/php.ini')).toBe(changed);
    expect(at(web, '/etc/passwd')).toBe(changed);
    expect(at(web, '/usr/local/etc/php-fpm.conf')).toContain('[global]');
  });

  it.each([
    ['rm /etc/nginx/conf.d/default.conf', 'missing'],
    ['rm -rf /etc/nginx/conf.d', 'missing'],
    ['rm -f /etc/nginx/conf.d/*.conf', 'missing'],
    ['rm -f /etc/nginx/conf.d/other*', 'nginx:/etc/nginx/conf.d/default.conf'],
    ['if true; then rm /etc/nginx/conf.d/default.conf; fi', 'unknown'],
  ])('does not have what is removed by %s', async (command, expected) => {
    const Dockerfile = `FROM nginx\nRUN ${command}\nCOPY a.conf /etc/nginx/conf.d/\n`;
    const web = await openWeb('build: .', { Dockerfile, 'a.conf': '# a' });
    expect(at(web, '/etc/nginx/conf.d/default.conf')).toContain(expected);
    expect(at(web, '/etc/nginx/conf.d/a.conf')).toBe('a.conf | # a');
    expect(web.files.isListed('/etc/nginx/conf.d')).toBe(expected !== 'unknown');
    const isGone = expected === 'missing';
    expect(web.root.glob('/etc/nginx/conf.d/*.conf').paths).toHaveLength(isGone ? 1 : 2);
  });

  it('is not known where a command is not understood', async () => {
    const web = await openWeb('build: .', {
      Dockerfile: 'FROM nginx\nRUN /setup.sh\nCOPY a /etc/nginx/a\n',
      a: 'a',
    });
    expect(at(web, '/etc/nginx/nginx.conf')).toContain('it runs "/setup.sh"');
    expect(at(web, '/etc/nginx/a')).toBe('a | a');
    expect(web.files.isListed('/etc/nginx')).toBe(false);
  });

  it('goes through stages, arguments and variables', async () => {
    const web = await openWeb('build: { context: ., target: app, args: { VERSION: "8.2" } }', {
      Dockerfile: `ARG VERSION=8.1
ARG SYSTEM=-alpine
FROM php:\${VERSION}-fpm\${SYSTEM} AS base
ENV CONF=\${PHP_INI_DIR}-x POOL="/usr/local/etc/php-fpm.d"
WORKDIR /srv
WORKDIR app
USER 1000
FROM node AS assets
RUN make
FROM base AS app
ARG VERSION
COPY pool-$VERSION.conf $POOL/zzz.conf
COPY --from=assets /dist public
COPY <<EOF $POOL/inline.conf
listen = "$VERSION"
EOF
EXPOSE 9000
CMD ["php-fpm", "-F"]
FROM app AS dev
USER root
`,
      'pool-8.2.conf': '[www]',
    });
    expect(web.image?.reference).toBe('php:8.2-fpm-alpine');
    expect(plain(web.user)).toBe('1000');
    expect(plain(web.workingDirectory)).toBe('/srv/app');
    expect(plain(web.environment.get('CONF'))).toBe('/usr/local/etc/php-x');
    expect(at(web, '/usr/local/etc/php-fpm.d/zzz.conf')).toBe('pool-8.2.conf | [www]');
    expect(at(web, '/usr/local/etc/php-fpm.d/inline.conf')).toBe('Dockerfile | listen = "8.2"');
    expect(at(web, '/srv/app/public/x')).toBe('unknown: it is made in "assets"');
    expect(web.start.command?.kind === 'known' && web.start.command.value.map(plain)).toEqual([
      'php-fpm',
      '-F',
    ]);
  });

  it('is what another service builds under the name of its image', async () => {
    const other = '  builder: { build: ., image: shop-web }\n';
    const web = await openWeb('image: shop-web', { Dockerfile: 'FROM nginx:1.27\n' }, other);
    expect(web.image?.reference).toBe('nginx:1.27');
  });

  it('may have mounts over it', async () => {
    const web = await openWeb('build: .\nvolumes: ["./dev.conf:/etc/nginx/conf.d/default.conf"]', {
      Dockerfile: 'FROM nginx\nCOPY prod.conf /etc/nginx/conf.d/default.conf\n',
      'prod.conf': '# prod',
      'dev.conf': '# dev',
    });
    expect(at(web, '/etc/nginx/conf.d/default.conf')).toBe('dev.conf | # dev');
  });

  it.each([
    ['build: .', 'Dockerfile is not read: No such file or directory'],
    ['build: { context: ., target: none }', 'its Dockerfile has no such target'],
    [
      'build: { context: ., dockerfile: ../Dockerfile }',
      '/repos/Dockerfile is not read: No such file or directory',
    ],
    ['build: https://example.com/a.git', 'it is fetched from elsewhere'],
    ['command: x', 'it has neither image nor build'],
  ])('is not known with %s', async (lines, why) => {
    const files = lines.includes('target') ? { Dockerfile: 'FROM nginx\n' } : {};
    const web = await openWeb(lines, { ...files, '/repos/Dockerfile': 'FROM nginx\n' });
    expect(web.origin).toMatchObject({ kind: 'unknown', why });
    expect(at(web, '/etc/nginx/nginx.conf')).toContain('unknown');
  });

  it('knows nothing of the files of a base that is not known', async () => {
    const web = await openWeb('build: .', { Dockerfile: 'FROM somebody/php\nCOPY a /etc/a\n', a: 'a' });
    expect(web.image).toBeUndefined();
    expect(at(web, '/etc/a')).toBe('a | a');
    expect(at(web, '/etc/b')).toBe('unknown: the image is not known');
  });
});
