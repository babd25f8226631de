import { defineRule } from '../src/engine/rule.ts';
import { startRefusal } from '../src/findings/start-refusal.ts';
import { buffersFix } from '../src/fix/buffers.ts';
import { type BufferConflict, bufferConflicts } from '../src/model/nginx/start/buffers.ts';
import { nginxSizeText } from '../src/values/nginx-size-text.ts';

export default defineRule({
  id: 'buffer-sizes-inconsistent',
  title: 'Sizes of buffers that do not fit each other',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Works out `*_buffer_size`, `*_buffers`, `*_busy_buffers_size`, `*_temp_file_write_size` and `*_max_temp_file_size` of the modules proxy, fastcgi, uwsgi and scgi as they are in effect in every server and location, and compares them as nginx does.',
    why: 'nginx refuses to start. The usual cause is the usual cure of `upstream sent too big header`: a larger `fastcgi_buffer_size` alone asks for twice its size in busy buffers, and the default `fastcgi_buffers 8 4k` cannot give them.',
    fine: 'Each of the values is inherited by itself, so those that fit may stand in different blocks. Where only some files were given and a value may come from another, this is a warning. The default sizes are those of memory pages of 4k, as on every x86.',
    fix: 'Set `*_buffers` together with `*_buffer_size`, each buffer as large as the first: `fastcgi_buffer_size 32k; fastcgi_buffers 8 32k;`.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_busy_buffers_size',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_busy_buffers_size',
    'https://github.com/nginx/nginx/blob/master/src/http/modules/ngx_http_proxy_module.c',
  ],
  frequency: 'high',
  logs: [
    '"<module>_busy_buffers_size" must be less than the size of all "<module>_buffers" minus one buffer',
    '"<module>_busy_buffers_size" must be equal to or greater than the maximum of the value of "<module>_buffer_size" and one of the "<module>_buffers"',
    'there must be at least 2 "<module>_buffers"',
    '"<module>_max_temp_file_size" must be equal to zero to disable temporary files usage or must be equal to or greater than the maximum of the value of "<module>_buffer_size" and one of the "<module>_buffers"',
    '"<module>_temp_file_write_size" must be equal to or greater than the maximum of the value of "<module>_buffer_size" and one of the "<module>_buffers"',
  ],
  examples: [
    {
      name: 'only the first buffer made larger',
      bad: { 'etc/nginx/conf.d/shop.conf': 'server {\n    listen 8080;\n    fastcgi_buffer_size 32k;\n}\n' },
      good: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    fastcgi_buffer_size 32k;\n    fastcgi_buffers 8 32k;\n}\n',
      },
    },
    {
      name: 'a value that a location inherits',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'proxy_busy_buffers_size 16k;\nserver {\n    listen 8080;\n    location /large {\n        proxy_buffers 4 32k;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'proxy_busy_buffers_size 16k;\nserver {\n    listen 8080;\n    location /large {\n        proxy_buffers 4 32k;\n        proxy_busy_buffers_size 64k;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const { nginx } of hosts) {
      for (const conflict of nginx ? bufferConflicts(nginx) : []) {
        context.report(
          startRefusal(conflict, {
            severity: conflict.decided ? 'error' : 'warning',
            ...(!conflict.decided && { when: 'unless a file that was not read sets the others' }),
            message: messageOf(conflict),
            help: helpFor(conflict),
            fix: buffersFix(conflict),
          }),
        );
      }
    }
  },
});

function messageOf({ kind, name, values }: BufferConflict): string {
  const { module, first, count, each, busy, busyGiven } = values;
  const largest = nginxSizeText(Math.max(first, each));
  const largestName = first > each ? `"${module}_buffer_size"` : `one of the "${module}_buffers"`;
  switch (kind) {
    case 'one-buffer':
      return `"${name}" must be at least 2 buffers`;
    case 'busy-too-large': {
      const room = nginxSizeText((count - 1) * each);
      const asked = busyGiven ? nginxSizeText(busy) : `${nginxSizeText(busy)} (twice ${largestName})`;
      return `"${name}" is ${asked}, but all "${module}_buffers" (${count} of ${nginxSizeText(each)}) without one are only ${room}`;
    }
    case 'busy-too-small':
    case 'write-size':
    case 'temp-file':
      return `"${name}" is less than the ${largest} of ${largestName}`;
    default:
      return kind satisfies never;
  }
}

function helpFor({ kind, name, values }: BufferConflict): string {
  const { module, first, count, each, busyGiven } = values;
  const largest = nginxSizeText(Math.max(first, each));
  if (kind === 'one-buffer') return `write ${name} 8 ${nginxSizeText(each)}`;
  if (kind === 'busy-too-large') {
    const least = nginxSizeText(2 * Math.max(first, each));
    return busyGiven && count > 2
      ? `write ${name} ${nginxSizeText(Math.max(first, each))} or up to ${nginxSizeText((count - 1) * each)}, or give ${module}_buffers more or larger buffers`
      : `write ${module}_buffers ${Math.max(count, 4)} ${largest}, which leaves room for the ${least}`;
  }
  return `write at least ${name} ${largest}${kind === 'temp-file' ? ', or 0 for no temporary files' : ''}`;
}
