import type { ImageReference } from './image-reference.ts';
import { type KnownImage, plainImage } from './known-image.ts';
import { defaultSite, parameterFiles } from './nginx-files.ts';
import { isBefore } from './tag.ts';

const CONF = '/usr/local/openresty/nginx/conf';
const SOURCE = 'https://github.com/openresty/docker-openresty';

const MAIN = `worker_processes 1;

events {
    worker_connections 1024;
}

http {
    include mime.types;
    default_type application/octet-stream;
    sendfile on;
    keepalive_timeout 65;
    include /etc/nginx/conf.d/*.conf;
}
`;

/** OpenResty: its main file is in its own prefix and includes `/etc/nginx/conf.d`. https://github.com/openresty/docker-openresty */
export function openrestyImage({ name, tag, shown }: ImageReference): KnownImage {
  const plain = plainImage(name, shown, SOURCE, [{ port: 80, protocol: 'http' }]);
  // Before, the site stood in the main file.
  if (isBefore(tag, 1, 15)) return plain;
  return {
    ...plain,
    nginx: { mainFile: `${CONF}/nginx.conf` },
    tree: {
      ...parameterFiles(CONF),
      [`${CONF}/nginx.conf`]: MAIN,
      '/etc/nginx/conf.d/default.conf': defaultSite(80, '/usr/local/openresty/nginx/html', false),
      '/var/run': { link: '/run' },
      '/run': { directory: true },
      '/tmp': { directory: true, mode: 0o1777 },
    },
    complete: ['/etc/nginx/conf.d', '/etc/letsencrypt'],
    command: ['/usr/bin/openresty', '-g', 'daemon off;'],
  };
}
