import { defineRule } from '../src/engine/rule.ts';
import { unknownNameFinding } from '../src/findings/unknown-name-finding.ts';
import { unknownNames } from '../src/model/checks/unreached.ts';

export default defineRule({
  id: 'compose-no-shared-network',
  title: 'nginx and the service that it dials share no network',
  severity: 'error',
  reads: ['nginx', 'network'],
  docs: {
    what: 'Finds passes whose host is a service of the project that is in none of the networks of nginx.',
    why: 'A container resolves only the names of its own networks. A service that lists `networks:` is no longer in the `default` one, so that nginx stops with `host not found in upstream` although the service runs.',
    fine: 'Networks that are made elsewhere (`external`) may be joined at run time by hand, and are not judged where both are in one of them. With `network_mode: host` or `service:` there is no network of its own.',
    fix: 'Put both into one network.',
  },
  references: ['https://docs.docker.com/reference/compose-file/services/#networks'],
  frequency: 'medium',
  logs: ['host not found in upstream "<name>"'],
  examples: [
    {
      name: 'nginx left the default network',
      isProject: true,
      bad: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    networks: [edge]\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n  php:\n    image: php:8.2-fpm\nnetworks:\n  edge: {}\n',
        'site.conf':
          'server {\n    listen 80;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass php:9000;\n    }\n}\n',
      },
      good: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    networks: [edge, default]\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n  php:\n    image: php:8.2-fpm\nnetworks:\n  edge: {}\n',
        'site.conf':
          'server {\n    listen 80;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass php:9000;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const unknown of unknownNames(host)) {
        const { how, name } = unknown;
        if (how.kind !== 'no-network') continue;
        const there = how.there.map(({ place }) => place);
        context.report(
          unknownNameFinding(unknown, {
            message: `${there.map(({ title }) => title).join(' and ')} ${there.length === 1 ? 'is' : 'are'} in no network of ${host.place?.title ?? 'nginx'}`,
            label: `"${name}" is not resolved here`,
            related: [...there, ...(host.place ? [host.place] : [])].flatMap(({ span, title, networks }) =>
              span
                ? [
                    {
                      span,
                      message: `${title} is in ${networks.map(({ name: network }) => network).join(', ') || 'no network'}`,
                    },
                  ]
                : [],
            ),
            help: 'name one and the same network under networks: of both',
          }),
        );
      }
    }
  },
});
