import { defineRule } from '../src/engine/rule.ts';
import { exceededFileLimit } from '../src/model/nginx/file-limit.ts';
import { directiveSpan } from '../src/model/nginx/start/refusal.ts';

export default defineRule({
  id: 'nofile-below-worker-connections',
  title: 'A worker of nginx may open fewer files than connections',
  severity: 'info',
  reads: ['nginx'],
  docs: {
    what: 'Compares `worker_connections` with `worker_rlimit_nofile`, where that is not set with `LimitNOFILE=` of the unit of nginx, and else with the 1024 files that systemd allows by default.',
    why: 'Every connection to a visitor or to an upstream is an open file. Under load a worker runs out of them before it runs out of connections, and answers 500 with `socket() failed (24: Too many open files)`.',
    fine: 'A `LimitNOFILE=` in the unit of nginx, or a container, may allow more; then `worker_rlimit_nofile` need not stand there. Few sites ever have a thousand connections a worker.',
    fix: 'Set `worker_rlimit_nofile` in the main context to twice the `worker_connections`, so that logs and files have room too.',
  },
  references: [
    'https://nginx.org/en/docs/ngx_core_module.html#worker_rlimit_nofile',
    'https://nginx.org/en/docs/ngx_core_module.html#worker_connections',
    'https://www.freedesktop.org/software/systemd/man/latest/systemd-system.conf.html#DefaultLimitNOFILE=',
  ],
  frequency: 'medium',
  logs: [
    'socket() failed (24: Too many open files) while connecting to upstream',
    '<number> worker_connections exceed open file resource limit: <number>',
  ],
  examples: [
    {
      name: 'a limit that is lower',
      bad: {
        'etc/nginx/nginx.conf':
          'user www-data;\nworker_rlimit_nofile 2048;\nevents {\n    worker_connections 4096;\n}\nhttp {\n    include conf.d/*.conf;\n}\n',
      },
      good: {
        'etc/nginx/nginx.conf':
          'user www-data;\nworker_rlimit_nofile 8192;\nevents {\n    worker_connections 4096;\n}\nhttp {\n    include conf.d/*.conf;\n}\n',
      },
    },
    {
      name: 'a limit of the unit',
      bad: {
        'etc/systemd/system/nginx.service.d/files.conf': '[Service]\nLimitNOFILE=2048\n',
        'etc/nginx/nginx.conf':
          'user www-data;\nevents {\n    worker_connections 4096;\n}\nhttp {\n    include conf.d/*.conf;\n}\n',
      },
      good: {
        'etc/systemd/system/nginx.service.d/files.conf': '[Service]\nLimitNOFILE=65536\n',
        'etc/nginx/nginx.conf':
          'user www-data;\nevents {\n    worker_connections 4096;\n}\nhttp {\n    include conf.d/*.conf;\n}\n',
      },
    },
    {
      name: 'no limit given',
      bad: {
        'etc/nginx/nginx.conf':
          'user www-data;\nevents {\n    worker_connections 4096;\n}\nhttp {\n    include conf.d/*.conf;\n}\n',
      },
      good: {
        'etc/nginx/nginx.conf':
          'user www-data;\nevents {\n    worker_connections 1024;\n}\nhttp {\n    include conf.d/*.conf;\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const { nginx, nginxFileLimit } of hosts) {
      const exceeded = nginx && exceededFileLimit(nginx, nginxFileLimit);
      if (!exceeded) continue;
      const { connections, from, files, limit } = exceeded;
      context.report({
        ...(limit && { severity: 'warning' as const }),
        message: limit
          ? `a worker may have ${connections} connections, but open only ${files} files`
          : `a worker may have ${connections} connections, but systemd lets it open ${files} files unless told otherwise`,
        at: directiveSpan(from),
        related: limit ? [{ span: limit, message: 'the limit of files' }] : [],
        predicts: {
          status: 500,
          log: 'socket() failed (24: Too many open files) while connecting to upstream',
          when: limit ? 'under load' : 'under load, where no LimitNOFILE= allows more',
          writer: 'nginx',
        },
        help: `set worker_rlimit_nofile ${2 * connections}; in the main context`,
      });
    }
  },
});
