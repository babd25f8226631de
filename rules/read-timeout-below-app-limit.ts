import { defineRule } from '../src/engine/rule.ts';
import { readTimedOutLine } from '../src/findings/log-lines.ts';
import { readTimedOut } from '../src/findings/timeout-prediction.ts';
import { readTimeoutFix } from '../src/fix/read-timeout.ts';
import { shortTimeouts } from '../src/model/checks/time-limit.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';
import { nameWordOf } from '../src/syntax/nginx/tree.ts';

export default defineRule({
  id: 'read-timeout-below-app-limit',
  title: 'nginx gives up before the script has to end',
  severity: 'warning',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Compares a `fastcgi_read_timeout` that is set with the time that someone has granted the scripts behind it: `request_terminate_timeout` of the pool, else `max_execution_time` of the pool or of php.ini.',
    why: 'A script that uses its time is answered 504 when the timeout of nginx runs out, goes on running all the same, and keeps a worker busy for a visitor who is gone.',
    fine: 'The timeout runs between two reads: a script that sends output now and then never meets it. Where both sides have their defaults nothing is reported.',
    fix: 'Raise `fastcgi_read_timeout` for the slow location alone, or lower the limit of the app. Keep `max_execution_time < request_terminate_timeout < fastcgi_read_timeout`.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_read_timeout',
    'https://www.php.net/manual/en/install.fpm.configuration.php#request-terminate-timeout',
    'https://www.php.net/manual/en/info.configuration.php#ini.max-execution-time',
  ],
  frequency: 'very high',
  logs: [readTimedOutLine],
  examples: [
    {
      name: 'a report that may take ten minutes',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nphp_admin_value[max_execution_time] = 600\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n        fastcgi_read_timeout 120s;\n    }\n}\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nphp_admin_value[max_execution_time] = 600\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n        fastcgi_read_timeout 10m30s;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const short of shortTimeouts(host)) {
        const { link, timeout, limit, pool } = short;
        if (timeout.kind !== 'set' || !Number.isFinite(limit.seconds)) continue;
        const { directive } = timeout.from;
        const fix = readTimeoutFix(short);
        const word = directive.args[0] ?? nameWordOf(directive);
        context.report({
          message: `nginx waits ${timeout.seconds} seconds for the pool ${pool.name}, whose scripts may run ${limit.seconds}`,
          at: { source: directive.source, start: word.start, end: word.end },
          related: [{ span: limit.from.span, message: `${limit.name} allows ${limit.seconds} seconds` }],
          predicts: readTimedOut(timeout.seconds),
          affects: visitorsOf([link.pass.server]),
          help: `set ${timeout.name} above ${limit.seconds}s for the slow location, or lower ${limit.name}`,
          ...(fix && { fix }),
        });
      }
    }
  },
});
