import { defineRule } from '../src/engine/rule.ts';
import { socketDeniedLine } from '../src/findings/log-lines.ts';
import { outcomeAt, withReason } from '../src/findings/outcome.ts';
import { deniedAppSockets } from '../src/model/checks/app-socket.ts';
import { passesOf } from '../src/model/links/dialed.ts';
import { peerSpan } from '../src/model/links/link.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

const site = (path: string): string =>
  `server {\n    server_name app.example.com;\n    location / {\n        proxy_pass http://unix:${path};\n    }\n}\n`;

const socketUnit = (mode: string): string =>
  `[Socket]\nListenStream=/run/app.sock\nSocketUser=app\nSocketMode=${mode}\n`;

const serviceUnit = '[Service]\nUser=app\nExecStart=/srv/app/venv/bin/gunicorn app:app\n';

const users = {
  'etc/passwd':
    'root:x:0:0::/root:/bin/sh\nwww-data:x:33:33::/var/www:/bin/false\napp:x:1001:1001::/srv/app:/bin/false\n',
  'etc/group': 'root:x:0:\nwww-data:x:33:\napp:x:1001:\n',
};

export default defineRule({
  id: 'app-socket-permission',
  title: 'The mode and owner of an app’s socket keep nginx out',
  severity: 'error',
  reads: ['nginx', 'apps', 'users'],
  docs: {
    what: 'Works out who may write to the unix socket of an app, from `SocketMode=`, `SocketUser=` and `SocketGroup=` of a socket unit, `chmod-socket` and `chown-socket` of uWSGI, `--umask` of gunicorn, and the user that the app runs as, and compares it with the user and the groups of nginx.',
    why: 'connect(2) needs write permission on the socket. Without it each request is answered 502.',
    fine: 'A mode that nobody set depends on the umask that the app is started with: then this is a warning. So it is where passwd and group were not given.',
    fix: 'Give the socket the group of nginx and the mode 0660: `SocketGroup=www-data`, `chown-socket = app:www-data` with `chmod-socket = 660`.',
  },
  references: [
    'https://www.freedesktop.org/software/systemd/man/latest/systemd.socket.html#SocketMode=',
    'https://uwsgi-docs.readthedocs.io/en/latest/Options.html#chmod-socket',
    'https://docs.gunicorn.org/en/stable/settings.html#umask',
    'https://www.man7.org/linux/man-pages/man7/unix.7.html',
  ],
  logs: [socketDeniedLine],
  examples: [
    {
      name: 'a socket unit for the app alone',
      bad: {
        ...users,
        'etc/nginx/conf.d/app.conf': site('/run/app.sock'),
        'etc/systemd/system/app.socket': socketUnit('0600'),
        'etc/systemd/system/app.service': serviceUnit,
      },
      good: {
        ...users,
        'etc/nginx/conf.d/app.conf': site('/run/app.sock'),
        'etc/systemd/system/app.socket': socketUnit('0666'),
        'etc/systemd/system/app.service': serviceUnit,
      },
    },
    {
      name: 'uWSGI without chmod-socket',
      bad: {
        ...users,
        'etc/nginx/conf.d/app.conf': site('/run/app.sock').replace(
          'proxy_pass http://unix:/run/app.sock',
          'include uwsgi_params;\n        uwsgi_pass unix:/run/app.sock',
        ),
        'etc/nginx/uwsgi_params': 'uwsgi_param REQUEST_URI $request_uri;\n',
        'etc/uwsgi/apps-enabled/app.ini': '[uwsgi]\nuid = app\nsocket = /run/app.sock\nmodule = app\n',
      },
      good: {
        ...users,
        'etc/nginx/conf.d/app.conf': site('/run/app.sock').replace(
          'proxy_pass http://unix:/run/app.sock',
          'include uwsgi_params;\n        uwsgi_pass unix:/run/app.sock',
        ),
        'etc/nginx/uwsgi_params': 'uwsgi_param REQUEST_URI $request_uri;\n',
        'etc/uwsgi/apps-enabled/app.ini':
          '[uwsgi]\nuid = app\nsocket = /run/app.sock\nchmod-socket = 660\nchown-socket = app:www-data\nmodule = app\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const { dialed, app, socket, worker, shown, doubt } of deniedAppSockets(host)) {
        const { peer } = dialed;
        const logged = peer.target.kind === 'address' ? peer.target.logged : '';
        const outcome = outcomeAt(dialed, {
          status: 502,
          log: `connect() to ${logged} failed (13: Permission denied) while connecting to upstream`,
          ...(doubt !== undefined && { when: `unless ${doubt}` }),
        });
        const dialedAt = peerSpan(peer);
        const cause = socket.span ?? app.span ?? dialedAt;
        context.report({
          severity: doubt === undefined ? outcome.severity : 'warning',
          message: withReason(
            `nginx, as user "${worker.name}", may not connect to the socket of the app ${app.name}`,
            outcome,
          ),
          label: `the socket becomes ${shown}`,
          at: cause,
          related: [
            ...(app.span && app.span !== cause ? [{ span: app.span, message: 'the socket' }] : []),
            ...(cause === dialedAt ? [] : [{ span: dialedAt, message: 'nginx connects to it here' }]),
          ],
          ...(outcome.predicts && { predicts: outcome.predicts }),
          affects: visitorsOf(passesOf(dialed).map(({ server }) => server)),
          help: `give the socket the group "${worker.group}" and the mode 0660`,
        });
      }
    }
  },
});
