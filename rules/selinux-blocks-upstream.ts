import { defineRule } from '../src/engine/rule.ts';
import { connectionDeniedLine } from '../src/findings/log-lines.ts';
import { openPorts } from '../src/model/checks/selinux.ts';
import { addressText } from '../src/model/links/address.ts';
import { dialedBeyondPools, passesOf } from '../src/model/links/dialed.ts';
import { peerSpan } from '../src/model/links/link.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'selinux-blocks-upstream',
  title: 'SELinux may keep nginx from connecting to a port',
  severity: 'info',
  reads: ['nginx'],
  docs: {
    what: 'Where /etc/selinux/config says `SELINUX=enforcing`, looks for passes to ports other than those that the policy opens for web servers, as long as `httpd_can_network_connect` was not switched on.',
    why: 'The kernel refuses the connection: 502, with `Permission denied` for a port, which no file mode can cause. Everything works when it is tried from a shell.',
    fine: 'A policy of your own, or a port that was added with `semanage port -a -t http_port_t`. Neither stands in a file that was read.',
    fix: 'Allow it: `setsebool -P httpd_can_network_connect 1`, or add the port to `http_port_t`. Do not switch SELinux off.',
  },
  references: [
    'https://www.man7.org/linux/man-pages/man8/httpd_selinux.8.html',
    'https://www.man7.org/linux/man-pages/man8/setsebool.8.html',
  ],
  frequency: 'medium',
  logs: [connectionDeniedLine],
  examples: [
    {
      name: 'an app on a port of its own',
      bad: {
        'etc/selinux/config': 'SELINUX=enforcing\nSELINUXTYPE=targeted\n',
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        proxy_pass http://127.0.0.1:3000;\n    }\n}\n',
      },
      good: {
        'etc/selinux/config': 'SELINUX=permissive\nSELINUXTYPE=targeted\n',
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        proxy_pass http://127.0.0.1:3000;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      if (!host.confinedNetwork) continue;
      const blocked = dialedBeyondPools(host).filter(
        ({ peer: { address } }) => address?.kind === 'tcp' && !openPorts.has(address.port),
      );
      const [first, ...others] = blocked;
      if (!first?.peer.address) continue;
      const more = others.length === 0 ? '' : ` (and to ${others.length} more)`;
      const address = addressText(first.peer.address);
      context.report({
        message: `SELinux keeps nginx from connecting to ${address}${more}, unless its policy was changed`,
        at: peerSpan(first.peer),
        related: [
          { span: host.confinedNetwork, message: 'SELinux refuses what its policy does not allow' },
          ...others.slice(0, 2).map(({ peer }) => ({ span: peerSpan(peer), message: 'nor to this address' })),
        ],
        predicts: {
          status: 502,
          log: connectionDeniedLine.replace('<address>', address),
          when: 'unless the policy was changed',
        },
        affects: visitorsOf(blocked.flatMap(passesOf).map(({ server }) => server)),
        help: 'setsebool -P httpd_can_network_connect 1',
      });
    }
  },
});
