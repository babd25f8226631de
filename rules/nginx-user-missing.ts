import { defineRule } from '../src/engine/rule.ts';
import { startRefusal } from '../src/findings/start-refusal.ts';
import { missingNginxUser } from '../src/model/checks/missing-nginx-user.ts';

export default defineRule({
  id: 'nginx-user-missing',
  title: 'The user of nginx does not exist',
  severity: 'error',
  reads: ['nginx', 'users'],
  docs: {
    what: 'Looks up the user and the group of the `user` directive in /etc/passwd and /etc/group.',
    why: 'nginx refuses to start with `getpwnam("nginx") failed` or `getgrnam("www") failed`. It happens when an nginx.conf moves between distributions: the user is `www-data` on Debian and `nginx` on Red Hat, on Alpine and in the packages of nginx.org.',
    fine: 'nginx that is not started by root passes over the directive. Where LDAP or another directory knows users, this is a warning; without /etc/passwd nothing is reported.',
    fix: 'Name the user that the package made, or create the user. A group that is not called like the user is written behind it: `user www-data web;`.',
  },
  references: [
    'https://nginx.org/en/docs/ngx_core_module.html#user',
    'https://github.com/nginx/nginx/blob/master/src/core/nginx.c',
  ],
  frequency: 'medium',
  logs: ['getpwnam("<user>") failed', 'getgrnam("<group>") failed'],
  examples: [
    {
      name: 'the user of another distribution',
      bad: {
        'etc/nginx/nginx.conf': 'user nginx;\nevents {}\nhttp {\n    include conf.d/*.conf;\n}\n',
      },
      good: {
        'etc/nginx/nginx.conf': 'user www-data;\nevents {}\nhttp {\n    include conf.d/*.conf;\n}\n',
      },
    },
    {
      name: 'a group of another name',
      bad: {
        'etc/passwd':
          'root:x:0:0:root:/root:/bin/bash\nweb:x:1000:33:web:/var/www:/usr/sbin/nologin\nwww-data:x:33:33::/var/www:/usr/sbin/nologin\n',
        'etc/nginx/nginx.conf': 'user web;\nevents {}\nhttp {\n    include conf.d/*.conf;\n}\n',
      },
      good: {
        'etc/passwd':
          'root:x:0:0:root:/root:/bin/bash\nweb:x:1000:33:web:/var/www:/usr/sbin/nologin\nwww-data:x:33:33::/var/www:/usr/sbin/nologin\n',
        'etc/nginx/nginx.conf': 'user web www-data;\nevents {}\nhttp {\n    include conf.d/*.conf;\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      const missing = missingNginxUser(host);
      if (!missing) continue;
      const { kind, name, certain } = missing;
      context.report(
        startRefusal(missing, {
          severity: certain ? 'error' : 'warning',
          message: `the ${kind} "${name}" of nginx does not exist`,
          ...(!certain && { when: 'unless a directory service knows it' }),
          help:
            kind === 'user'
              ? `create the user, or name the one that nginx runs as here`
              : `write a group that exists behind the user: user ${host.nginx?.user?.name ?? 'name'} group;`,
        }),
      );
    }
  },
});
