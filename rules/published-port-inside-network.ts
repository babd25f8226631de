import { defineRule } from '../src/engine/rule.ts';
import { connectionRefusedLine } from '../src/findings/log-lines.ts';
import { unreachedFinding } from '../src/findings/unreached-finding.ts';
import { publishedPort, unreachedAddresses } from '../src/model/checks/unreached.ts';

export default defineRule({
  id: 'published-port-inside-network',
  title: 'nginx dials the published port of a container from inside the network',
  severity: 'error',
  reads: ['nginx', 'network'],
  docs: {
    what: 'Finds passes to another container whose port is that of the machine (`8081` of `ports: ["8081:80"]`) and not one that the container listens on.',
    why: '`ports:` forwards a port of the machine to one of the container. Inside of the network only the port of the container exists: the connection is refused, and each request is answered 502.',
    fine: '`host.docker.internal` and the address of the machine need the published port. A container of which it is not known what listens in it is not judged.',
    fix: 'Dial the port of the container: the number behind the colon.',
  },
  references: ['https://docs.docker.com/compose/how-tos/networking/'],
  frequency: 'medium',
  logs: [connectionRefusedLine],
  examples: [
    {
      name: 'the number before the colon',
      isProject: true,
      bad: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n  php:\n    image: php:8.2-fpm\n    ports:\n      - 9001:9000\n',
        'site.conf':
          'server {\n    listen 80;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass php:9001;\n    }\n}\n',
      },
      good: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n  php:\n    image: php:8.2-fpm\n    ports:\n      - 9001:9000\n',
        'site.conf':
          'server {\n    listen 80;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass php:9000;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { dialed, how, unless } of unreachedAddresses(host, 'port')) {
        const { address } = dialed.peer;
        const { place } = how.there;
        if (address?.kind !== 'tcp') continue;
        const published = publishedPort(dialed, how);
        if (!published) continue;
        context.report(
          unreachedFinding(dialed, {
            unless,
            message: `port ${address.port} of ${place.title} is published on the machine, and does not exist in the network`,
            related: [
              {
                span: published.span,
                message: `${published.outside} of the machine leads to ${published.inside} of the container`,
              },
            ],
            help: `dial ${address.host}:${published.inside}`,
          }),
        );
      }
    }
  },
});
