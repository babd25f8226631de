import { defineRule } from '../src/engine/rule.ts';
import { connectionRefusedLine } from '../src/findings/log-lines.ts';
import { unreachedFinding } from '../src/findings/unreached-finding.ts';
import { unreachedAddresses } from '../src/model/checks/unreached.ts';
import { addressText } from '../src/model/links/address.ts';
import type { ListenerElsewhere } from '../src/model/links/neighbour.ts';

export default defineRule({
  id: 'loopback-upstream-in-container',
  title: 'nginx in a container dials its own loopback address, where nobody listens',
  severity: 'error',
  reads: ['nginx', 'network'],
  docs: {
    what: 'Finds passes to `127.0.0.1`, `[::1]` or `localhost` of an nginx that runs in a container of its own, in which nothing but nginx runs.',
    why: 'Each container has a loopback address of its own: that of nginx does not lead to the app in the next container, nor to the machine. The connection is refused, and each request is answered 502.',
    fine: 'Containers that share one network namespace (`network_mode: host` or `service:`), images in which nginx and the app run together, and images of which it is not known what runs in them are not judged.',
    fix: 'Dial the service by its name, on the port that it listens on inside of its container.',
  },
  references: ['https://docs.docker.com/compose/how-tos/networking/'],
  frequency: 'very high',
  logs: [connectionRefusedLine],
  examples: [
    {
      name: 'the app is another service',
      isProject: true,
      bad: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n  php:\n    image: php:8.2-fpm\n',
        'site.conf':
          'server {\n    listen 80;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass 127.0.0.1:9000;\n    }\n}\n',
      },
      good: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n  php:\n    image: php:8.2-fpm\n',
        'site.conf':
          'server {\n    listen 80;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass php:9000;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { dialed, how, unless } of unreachedAddresses(host, 'own-loopback')) {
        const { address } = dialed.peer;
        if (address?.kind !== 'tcp') continue;
        const [first] = how.elsewhere;
        context.report(
          unreachedFinding(dialed, {
            unless,
            message: `${addressText(address)} is the container of nginx itself, and nobody listens there`,
            related: how.elsewhere.slice(0, 3).flatMap(({ on, listener }) => {
              const span = listener.span ?? on.place.span;
              return span ? [{ span, message: `${on.place.title} has the port ${address.port}` }] : [];
            }),
            help: first
              ? `dial ${dialName(first)}:${address.port}`
              : 'dial the service that should answer by its name, on the port of its container',
          }),
        );
      }
    }
  },
});

function dialName({ on }: ListenerElsewhere): string {
  return on.place.names[0] ?? on.place.id;
}
