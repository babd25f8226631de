import { defineRule } from '../src/engine/rule.ts';
import { readTimedOutLine } from '../src/findings/log-lines.ts';
import { stepDebugging } from '../src/model/fpm/xdebug.ts';
import { serversBehind } from '../src/model/links/serves.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'xdebug-step-debug-enabled',
  title: 'Every request stops to look for a debugger',
  severity: 'warning',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Looks in php.ini and its conf.d for Xdebug with `xdebug.mode = debug` and `xdebug.start_with_request = yes`, or `remote_autostart` of Xdebug 2.',
    why: 'Each request connects to the machine of a developer before it begins. A breakpoint there, or a firewall that swallows the connection, holds the worker until nginx answers 504, and the pool runs out of workers.',
    fine: 'On the machine of the developer. `XDEBUG_MODE=off` in the environment of php-fpm wins over php.ini.',
    fix: 'Remove Xdebug from servers, or set `xdebug.start_with_request = trigger`.',
  },
  references: ['https://xdebug.org/docs/step_debug'],
  frequency: 'medium',
  logs: [readTimedOutLine],
  examples: [
    {
      name: 'the debugger starts with every request',
      bad: {
        'etc/php/8.2/fpm/conf.d/20-xdebug.ini':
          'zend_extension = xdebug.so\nxdebug.mode = develop,debug\nxdebug.start_with_request = yes\n',
      },
      good: {
        'etc/php/8.2/fpm/conf.d/20-xdebug.ini':
          'zend_extension = xdebug.so\nxdebug.mode = develop,debug\nxdebug.start_with_request = trigger\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const master of host.masters) {
        const debugging = stepDebugging(master);
        if (!debugging) continue;
        const { starter, mode } = debugging;
        context.report({
          message: `every request of ${master.title} connects to a debugger before it begins`,
          at: starter.span,
          related: [{ span: mode.span, message: 'the debugger is switched on here' }],
          predicts: {
            status: 504,
            log: 'upstream timed out (110: Connection timed out) while reading response header from upstream',
            when: 'when the debugger stops a request or does not answer',
          },
          affects: visitorsOf(serversBehind(master, host)),
          help: 'remove Xdebug from servers, or set xdebug.start_with_request = trigger',
        });
      }
    }
  },
});
