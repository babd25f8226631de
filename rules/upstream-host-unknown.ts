import { defineRule } from '../src/engine/rule.ts';
import { unknownNameFinding } from '../src/findings/unknown-name-finding.ts';
import { unknownNames } from '../src/model/checks/unreached.ts';
import { nearest } from '../src/values/nearest.ts';

export default defineRule({
  id: 'upstream-host-unknown',
  title: 'A pass names a host that the network does not know',
  severity: 'error',
  reads: ['nginx', 'network'],
  docs: {
    what: 'Looks up the host of every pass and of every server of an upstream among the names that a container can resolve: services, container names, aliases, links, `extra_hosts` and its own. Names of upstreams come first.',
    why: 'nginx looks names up once, as it starts. One that nobody has makes it exit with `host not found in upstream`, and with it go all its sites; the container is started again and again. A name in a variable is looked up with each request, which is answered 502.',
    fine: 'A name with a dot may be one of the Internet. A service behind a profile, a network that is made elsewhere, and a project of which a file could not be read may bring the name: none of these is judged.',
    fix: 'Write the name of the service that should answer.',
  },
  references: [
    'https://docs.docker.com/compose/how-tos/networking/',
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server',
  ],
  frequency: 'very high',
  logs: ['host not found in upstream "<name>"', '<name> could not be resolved (3: Host not found)'],
  examples: [
    {
      name: 'the service was renamed',
      isProject: true,
      bad: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n  phpfpm:\n    image: php:8.2-fpm\n',
        'site.conf':
          'server {\n    listen 80;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass php:9000;\n    }\n}\n',
      },
      good: {
        'compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n  phpfpm:\n    image: php:8.2-fpm\n    networks:\n      default:\n        aliases: [php]\n',
        'site.conf':
          'server {\n    listen 80;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass php:9000;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      const names = hosts.flatMap(({ place }) => (place && place !== host.place ? place.names : []));
      for (const unknown of unknownNames(host)) {
        if (unknown.how.kind !== 'no-name') continue;
        const meant = nearest(unknown.name, names);
        context.report(
          unknownNameFinding(unknown, {
            message: `no container is called "${unknown.name}"`,
            label: 'nobody in the network has this name',
            help:
              meant === undefined
                ? `write the name of the service that should answer${listOf(names)}`
                : `did you mean "${meant}"?`,
          }),
        );
      }
    }
  },
});

function listOf(names: readonly string[]): string {
  return names.length > 0 && names.length <= 8 ? `: ${[...new Set(names)].join(', ')}` : '';
}
