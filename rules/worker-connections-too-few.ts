import { defineRule } from '../src/engine/rule.ts';
import { startRefusal } from '../src/findings/start-refusal.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';
import { tooFewConnections } from '../src/model/nginx/start/worker-connections.ts';

export default defineRule({
  id: 'worker-connections-too-few',
  title: 'The sockets of nginx use up its connections',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Compares `worker_connections` with the sockets that nginx listens on, whose number follows from the `listen` of all servers.',
    why: 'Every listening socket takes a connection of each worker, the channel to the master another one, a visitor one and the upstream that answers one more. With fewer connections than sockets nginx refuses to start; with just enough for the visitor, every request that is passed on is answered 500.',
    fine: 'A number that leaves room for one request is enough for one request at a time. Names and ports that are several sockets are not counted, and then nothing is reported.',
    fix: 'Leave the line out, or write the number that you expect: 512 is the default.',
  },
  references: [
    'https://nginx.org/en/docs/ngx_core_module.html#worker_connections',
    'https://github.com/nginx/nginx/blob/master/src/event/ngx_event.c',
  ],
  frequency: 'low',
  logs: [
    '<number> worker_connections are not enough for <number> listening sockets',
    '<number> worker_connections are not enough while connecting to upstream',
  ],
  examples: [
    {
      name: 'none at all',
      bad: {
        'etc/nginx/nginx.conf':
          'user www-data;\nevents {\n    worker_connections 0;\n}\nhttp {\n    server {\n        listen 8080;\n    }\n}\n',
      },
      good: {
        'etc/nginx/nginx.conf':
          'user www-data;\nevents {\n    worker_connections 4;\n}\nhttp {\n    server {\n        listen 8080;\n    }\n}\n',
      },
    },
    {
      name: 'one for the visitor and none for the upstream',
      bad: {
        'etc/nginx/nginx.conf':
          'user www-data;\nevents {\n    worker_connections 3;\n}\nhttp {\n    server {\n        listen 8080;\n        location / {\n            include fastcgi.conf;\n            fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n        }\n    }\n}\n',
      },
      good: {
        'etc/nginx/nginx.conf':
          'user www-data;\nevents {\n    worker_connections 4;\n}\nhttp {\n    server {\n        listen 8080;\n        location / {\n            include fastcgi.conf;\n            fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n        }\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const { nginx } of hosts) {
      const few = nginx && tooFewConnections(nginx);
      if (!few) continue;
      const { kind, sockets, at, log } = few;
      const help = 'leave the line out for the default of 512, or write the number that you expect';
      const held = `${sockets} listening ${sockets === 1 ? 'socket' : 'sockets'}`;
      if (kind === 'start') {
        const message = `no connection is left beside ${held}`;
        context.report(startRefusal(few, { message, help }));
        continue;
      }
      context.report({
        message: `no connection to an upstream is left beside ${held}, the channel to the master and the visitor`,
        at,
        predicts: { status: 500, log, writer: 'nginx' },
        affects: visitorsOf(nginx.passes.map(({ server }) => server)),
        help,
      });
    }
  },
});
