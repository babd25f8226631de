import { defineRule } from '../src/engine/rule.ts';
import { closedEarlyLine, connectionResetLine } from '../src/findings/log-lines.ts';
import { keptUpstreams } from '../src/model/checks/kept-upstream.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'upstream-keepalive-outlives-backend',
  title: 'nginx keeps idle connections longer than many apps do',
  severity: 'info',
  reads: ['nginx'],
  docs: {
    what: 'Looks for upstreams with `keepalive` whose connections are used again, and which nginx keeps for longer than five seconds, the time after which Node.js and others close an idle connection.',
    why: 'Where the app closes first, nginx may send a request at that very moment: a 502 now and then, most of all for POST, which is not sent a second time.',
    fine: 'An app that keeps idle connections for longer than nginx. Where the start command of the app tells its limit, as `--timeout-keep-alive` of uvicorn does, that one is compared; else it is not in the files.',
    fix: 'Set `keepalive_timeout 4s;` in the upstream, or raise the limit of the app above the one of nginx: `server.keepAliveTimeout` in Node.js.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive_timeout',
    'https://nodejs.org/api/http.html#serverkeepalivetimeout',
  ],
  frequency: 'high',
  logs: [closedEarlyLine, connectionResetLine],
  examples: [
    {
      name: 'the default of sixty seconds',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    server 127.0.0.1:3000;\n    keepalive 16;\n}\nserver {\n    server_name app.example.com;\n    location / {\n        proxy_http_version 1.1;\n        proxy_set_header Connection "";\n        proxy_pass http://app;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    server 127.0.0.1:3000;\n    keepalive 16;\n    keepalive_timeout 4s;\n}\nserver {\n    server_name app.example.com;\n    location / {\n        proxy_http_version 1.1;\n        proxy_set_header Connection "";\n        proxy_pass http://app;\n    }\n}\n',
      },
    },
    {
      name: 'the limit of uvicorn',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    server 127.0.0.1:8000;\n    keepalive 16;\n}\nserver {\n    server_name app.example.com;\n    location / {\n        proxy_http_version 1.1;\n        proxy_set_header Connection "";\n        proxy_pass http://app;\n    }\n}\n',
        'etc/systemd/system/app.service':
          '[Service]\nExecStart=/srv/app/venv/bin/uvicorn app:app --port 8000 --timeout-keep-alive 20\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    server 127.0.0.1:8000;\n    keepalive 16;\n}\nserver {\n    server_name app.example.com;\n    location / {\n        proxy_http_version 1.1;\n        proxy_set_header Connection "";\n        proxy_pass http://app;\n    }\n}\n',
        'etc/systemd/system/app.service':
          '[Service]\nExecStart=/srv/app/venv/bin/uvicorn app:app --port 8000 --timeout-keep-alive 75\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { upstream, keepalive, idleSeconds, timeout, links, app, knowsAll } of keptUpstreams(host)) {
        const shortest = app && (knowsAll || app.limit.value < shortestIdle) ? app : undefined;
        const closedAfter = shortest?.limit.value ?? shortestIdle;
        if (idleSeconds <= closedAfter) continue;
        const at = timeout ?? keepalive;
        context.report({
          message: `nginx keeps idle connections to "${upstream.name}" for ${idleSeconds} seconds, ${shortest ? `the app ${shortest.name} closes` : 'Node.js and others close'} them after ${closedAfter}`,
          ...(!timeout && { label: 'no keepalive_timeout is set beside it' }),
          at: { source: at.source, start: at.start, end: at.end },
          related: shortest?.limit.span
            ? [{ span: shortest.limit.span, message: `${shortest.limit.name} of the app ${shortest.name}` }]
            : [],
          predicts: {
            status: 502,
            log: 'upstream prematurely closed connection while reading response header from upstream',
            when: 'when the app closes a connection just as nginx uses it again',
          },
          affects: visitorsOf(links.map(({ pass }) => pass.server)),
          help: 'set keepalive_timeout in the upstream below the limit of the app',
        });
      }
    }
  },
});

/** `keepAliveTimeout` of Node.js, `--timeout-keep-alive` of uvicorn and `KeepAliveTimeout` of Apache, in seconds. */
const shortestIdle = 5;
