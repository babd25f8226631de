import { defineRule } from '../src/engine/rule.ts';
import { ambiguousNames } from '../src/model/checks/ambiguous-name.ts';
import { passesOf } from '../src/model/links/dialed.ts';
import { peerSpan } from '../src/model/links/link.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'ambiguous-service-name-on-shared-network',
  title: 'Several containers have the name that nginx dials',
  severity: 'warning',
  reads: ['nginx', 'network'],
  docs: {
    what: 'Finds names in passes that several services have in one network of nginx: by an alias in one project, or by the same name in two projects on a network that both take from outside.',
    why: 'Docker answers with the addresses of all of them and nginx asks one after the other: part of the requests get the answer of another application, or 404 or 502.',
    fine: 'Services that are copies of each other on purpose, for which an alias is the load balancer.',
    fix: 'Give the container that is meant an alias of its own in that network, and dial that.',
  },
  references: ['https://docs.docker.com/reference/compose-file/services/#aliases'],
  frequency: 'low',
  examples: [
    {
      name: 'two projects on one network',
      isProject: true,
      bad: {
        'shop/compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    networks: [proxy]\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n  php:\n    image: php:8.2-fpm\n    networks: [proxy]\nnetworks:\n  proxy:\n    external: true\n',
        'shop/site.conf':
          'server {\n    listen 80;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass php:9000;\n    }\n}\n',
        'blog/compose.yaml':
          'services:\n  php:\n    image: php:8.2-fpm\n    networks: [proxy]\nnetworks:\n  proxy:\n    external: true\n',
      },
      good: {
        'shop/compose.yaml':
          'services:\n  web:\n    image: nginx:1.22\n    networks: [proxy]\n    volumes:\n      - ./site.conf:/etc/nginx/conf.d/default.conf\n  php:\n    image: php:8.2-fpm\n    networks: [proxy]\nnetworks:\n  proxy:\n    external: true\n',
        'shop/site.conf':
          'server {\n    listen 80;\n    location ~ \\.php$ {\n        include fastcgi_params;\n        fastcgi_param SCRIPT_FILENAME /var/www/html$fastcgi_script_name;\n        fastcgi_pass php:9000;\n    }\n}\n',
        'blog/compose.yaml':
          'services:\n  blog-php:\n    image: php:8.2-fpm\n    networks: [proxy]\nnetworks:\n  proxy:\n    external: true\n',
      },
    },
  ],
  check(deployment, context) {
    for (const { name, dialed, places } of ambiguousNames(deployment)) {
      context.report({
        message: `"${name}" is the name of ${places.length} containers, and nginx asks one after the other`,
        at: peerSpan(dialed.peer),
        related: places.flatMap(({ span, title }) =>
          span ? [{ span, message: `${title} answers to it` }] : [],
        ),
        affects: visitorsOf(passesOf(dialed).map(({ server }) => server)),
        help: 'give the one that is meant an alias of its own in that network, and dial that',
      });
    }
  },
});
