import { defineRule } from '../src/engine/rule.ts';
import { closedEarlyLine } from '../src/findings/log-lines.ts';
import { shortAppLimits } from '../src/model/checks/app-timeout.ts';
import { passesOf } from '../src/model/links/dialed.ts';
import { peerSpan } from '../src/model/links/link.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

const unit = (options: string): string =>
  `[Service]\nUser=www-data\nExecStart=/srv/app/venv/bin/gunicorn -b 127.0.0.1:8000${options} app:app\n`;

const site = (timeout: string): string =>
  `server {\n    server_name app.example.com;\n    location / {\n        proxy_pass http://127.0.0.1:8000;\n${timeout}    }\n}\n`;

export default defineRule({
  id: 'app-server-timeout-below-proxy',
  title: 'The app server kills a request that nginx still waits for',
  severity: 'warning',
  reads: ['nginx', 'apps'],
  docs: {
    what: 'Compares the `*_read_timeout` of a pass with the time after which the server of the app kills a worker: `--timeout` of gunicorn with its plain workers, `harakiri` of uWSGI.',
    why: 'A request that takes longer is answered 502 with `upstream prematurely closed connection`, though nginx would have waited: raising the timeout of nginx alone changes nothing.',
    fine: 'Where both have their defaults, 30 seconds and 60, it is only worth knowing. The timeout of gunicorn is that of a request with its `sync` worker alone; others send a sign of life while they work.',
    fix: 'Set the timeout of the app server a little above that of nginx, or lower that of nginx, so that a visitor gets a 504 and the app ends by itself.',
  },
  references: [
    'https://docs.gunicorn.org/en/stable/settings.html#timeout',
    'https://uwsgi-docs.readthedocs.io/en/latest/Options.html#harakiri',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_read_timeout',
  ],
  logs: [closedEarlyLine],
  examples: [
    {
      name: 'nginx was told to wait, gunicorn was not',
      bad: {
        'etc/nginx/conf.d/app.conf': site('        proxy_read_timeout 300s;\n'),
        'etc/systemd/system/app.service': unit(''),
      },
      good: {
        'etc/nginx/conf.d/app.conf': site('        proxy_read_timeout 300s;\n'),
        'etc/systemd/system/app.service': unit(' --timeout 310'),
      },
    },
    {
      name: 'harakiri',
      bad: {
        'etc/nginx/conf.d/app.conf': site('').replace('proxy_pass http://', 'uwsgi_pass '),
        'etc/uwsgi/apps-enabled/app.ini': '[uwsgi]\nsocket = 127.0.0.1:8000\nharakiri = 20\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf': site('').replace('proxy_pass http://', 'uwsgi_pass '),
        'etc/uwsgi/apps-enabled/app.ini': '[uwsgi]\nsocket = 127.0.0.1:8000\nharakiri = 70\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { dialed, app, limit, timeout } of shortAppLimits(host)) {
        const { value, name, span } = limit;
        const directive = timeout.kind === 'set' ? timeout.from.directive : undefined;
        const word = directive?.args[0];
        const isChosen = directive !== undefined || span !== undefined;
        context.report({
          severity: isChosen && app.doubt === undefined ? 'warning' : 'info',
          message: `nginx waits ${timeout.seconds} seconds for the app ${app.name}, which kills a request after ${value}`,
          at:
            directive && word
              ? { source: directive.source, start: word.start, end: word.end }
              : peerSpan(dialed.peer),
          ...(timeout.kind === 'default' && { label: `the default of ${timeout.name}` }),
          related: [
            ...(span ? [{ span, message: `${name} is set here` }] : []),
            ...(!span && app.span
              ? [
                  {
                    span: app.span,
                    message: `${name} is ${value} where it is not set`,
                  },
                ]
              : []),
          ],
          predicts: {
            status: 502,
            log: closedEarlyLine,
            when: `when a request takes longer than ${value} seconds`,
            writer: 'nginx',
          },
          affects: visitorsOf(passesOf(dialed).map(({ server }) => server)),
          help: `set ${name} above ${timeout.seconds}, or ${timeout.name} below ${value}s`,
        });
      }
    }
  },
});
