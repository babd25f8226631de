import { defineRule } from '../src/engine/rule.ts';
import { startRefusal } from '../src/findings/start-refusal.ts';
import { missingEvents } from '../src/model/nginx/start/events-section.ts';

export default defineRule({
  id: 'events-section-missing',
  title: 'nginx.conf has no events section',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Looks for `events` in `nginx.conf` and in what its main context includes.',
    why: 'nginx refuses to start without it, even though it may be empty. It is lost when the file was emptied by a failed deploy, or when the contents of one site were written in its place.',
    fine: 'Single site files need none. Where an include of the main context could not be read, nothing is reported.',
    fix: 'Write `events {}` outside of `http`, or bring the file back.',
  },
  references: ['https://nginx.org/en/docs/ngx_core_module.html#events'],
  frequency: 'low',
  logs: ['no "events" section in configuration'],
  examples: [
    {
      name: 'only http is left',
      bad: { 'etc/nginx/nginx.conf': 'http {\n    server {\n        listen 8080;\n    }\n}\n' },
      good: { 'etc/nginx/nginx.conf': 'events {}\nhttp {\n    server {\n        listen 8080;\n    }\n}\n' },
    },
    {
      name: 'a file that was emptied',
      bad: { 'etc/nginx/nginx.conf': '' },
      good: { 'etc/nginx/nginx.conf': 'events {}\n' },
    },
  ],
  check({ hosts }, context) {
    for (const { nginx } of hosts) {
      const refusal = nginx && missingEvents(nginx);
      if (!refusal) continue;
      const { text } = refusal.at.source;
      const isEmpty = text.trim() === '';
      context.report(
        startRefusal(refusal, {
          message: isEmpty ? 'nginx.conf is empty' : 'nginx.conf has no "events"',
          help: isEmpty ? 'bring the file back' : 'write "events {}" outside of http',
        }),
      );
    }
  },
});
