import { defineRule } from '../src/engine/rule.ts';
import { closedEarlyLine, connectionResetLine } from '../src/findings/log-lines.ts';
import { smallBuffers } from '../src/model/checks/uwsgi-buffer.ts';
import { passesOf } from '../src/model/links/dialed.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

const site =
  'server {\n    server_name app.example.com;\n    location / {\n        include uwsgi_params;\n        uwsgi_pass 127.0.0.1:3031;\n    }\n}\n';

const params = 'uwsgi_param REQUEST_URI $request_uri;\n';

export default defineRule({
  id: 'uwsgi-buffer-size-small',
  title: 'uWSGI takes smaller request heads than nginx',
  severity: 'info',
  reads: ['nginx', 'apps'],
  docs: {
    what: 'Compares `buffer-size` of uWSGI, 4096 bytes unless it is set, with the request heads that nginx takes: up to 8 kB for one line, or what `large_client_header_buffers` says.',
    why: 'The cookies and tokens of some visitors do not fit. uWSGI logs `invalid request block size: 4313 (max 4096)...skip` and hangs up, and these visitors get 502 while all others are served.',
    fine: 'An app without large cookies, tokens or addresses. Where someone has raised the buffers of nginx and not those of uWSGI this is a warning.',
    fix: 'Set `buffer-size = 32768` in the file of uWSGI.',
  },
  references: [
    'https://uwsgi-docs.readthedocs.io/en/latest/Options.html#buffer-size',
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#large_client_header_buffers',
  ],
  logs: [closedEarlyLine, connectionResetLine],
  examples: [
    {
      name: 'the default',
      bad: {
        'etc/nginx/conf.d/app.conf': site,
        'etc/nginx/uwsgi_params': params,
        'etc/uwsgi/apps-enabled/app.ini': '[uwsgi]\nsocket = 127.0.0.1:3031\nmodule = app\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf': site,
        'etc/nginx/uwsgi_params': params,
        'etc/uwsgi/apps-enabled/app.ini':
          '[uwsgi]\nsocket = 127.0.0.1:3031\nmodule = app\nbuffer-size = 32768\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { dialed, app, buffer, taken, from } of smallBuffers(host)) {
        const cause = buffer.span ?? app.span;
        if (!cause) continue;
        context.report({
          severity: from && app.doubt === undefined ? 'warning' : 'info',
          message: `uWSGI takes request heads of up to ${buffer.value} bytes for the app ${app.name}, nginx lines of up to ${taken}`,
          at: cause,
          ...(!buffer.span && { label: 'no buffer-size is set' }),
          related: from
            ? [
                {
                  span: { source: from.source, start: from.start, end: from.end },
                  message: 'nginx takes as much',
                },
              ]
            : [],
          predicts: {
            status: 502,
            log: closedEarlyLine,
            when: `when the head of a request is larger than ${buffer.value} bytes`,
            writer: 'nginx',
          },
          affects: visitorsOf(passesOf(dialed).map(({ server }) => server)),
          help: 'set buffer-size = 32768 in the file of uWSGI',
        });
      }
    }
  },
});
