import { defineRule } from '../src/engine/rule.ts';
import { badTargetFinding } from '../src/findings/bad-target-finding.ts';
import { type BadTarget, badTargets } from '../src/model/nginx/start/bad-target.ts';

export default defineRule({
  id: 'fastcgi-pass-bad-syntax',
  title: 'The address is not written as nginx takes it',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Reads the addresses of `fastcgi_pass`, `uwsgi_pass`, `scgi_pass`, `grpc_pass` and `memcached_pass`, and of every `server` in an `upstream`, as nginx does.',
    why: 'nginx refuses to start with `invalid host in upstream`, `invalid port in upstream` or `no port in upstream`. Where the address is made of variables, nginx starts and answers 500.',
    fine: '`uwsgi_pass uwsgi://…` and `grpc_pass grpc://…` are right. `unix:///run/x.sock` has slashes to spare and works. A `server` of an `upstream` needs no port: it is 80 then.',
    fix: 'Write `unix:` before the path of a socket, and host and port without a scheme and without a path.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_pass',
    'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server',
    'https://github.com/nginx/nginx/blob/master/src/core/ngx_inet.c',
  ],
  frequency: 'medium',
  logs: [
    'invalid host in upstream "<address>"',
    'no port in upstream "<address>"',
    'invalid port in upstream "<address>"',
    'no host in upstream "<address>"',
    'no path in the unix domain socket in upstream "<address>"',
  ],
  examples: [
    {
      name: 'a socket without unix:',
      bad: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass /run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/shop.conf':
          'server {\n    listen 8080;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:///run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
    {
      name: 'a scheme in an upstream',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    server http://127.0.0.1:3000;\n}\nserver {\n    listen 8080;\n    location / {\n        proxy_pass http://app;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'upstream app {\n    server 127.0.0.1:3000;\n}\nserver {\n    listen 8080;\n    location / {\n        proxy_pass http://app;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const { nginx } of hosts) {
      if (!nginx) continue;
      for (const bad of badTargets(nginx)) {
        if (bad.reason === 'port-of-upstream' || bad.reason === 'long-path' || isHttp(bad)) continue;
        context.report(badTargetFinding(bad, { help: helpFor(bad), ...fixFor(bad) }));
      }
    }
  },
});

/** URLs have their own rule. */
function isHttp({ protocol }: BadTarget): boolean {
  return protocol === 'http' || protocol === 'https';
}

function helpFor({ word, reason, protocol }: BadTarget): string {
  const text = word.value;
  const scheme = /^[a-z]+:\/\//i.exec(text)?.[0];
  if (scheme) return `leave "${scheme}" out: only the host and the port stand here`;
  if (text.startsWith('/')) return `a path of a socket begins with "unix:": write unix:${text}`;
  if (reason === 'no-port')
    return `write the port: ${text}:${protocol === 'fastcgi' ? 9000 : 8000}, or whichever it is`;
  if (reason === 'invalid-port') return 'a port is a number from 1 to 65535';
  if (reason === 'no-path') return 'write the path of the socket behind "unix:"';
  return 'only the host and the port stand here, without a path';
}

/** The one mistake that leaves no doubt about what is meant. */
function fixFor(bad: BadTarget): {
  readonly fix?: NonNullable<Parameters<typeof badTargetFinding>[1]['fix']>;
} {
  const { word, directive, at, atRunTime } = bad;
  if (!/^\/[^\s:?]+\.sock$/.test(word.value) || word.quoted || atRunTime.length > 0) return {};
  const text = `unix:${word.value}`;
  return { fix: { safe: true, title: `${directive.name} ${text};`, edits: [{ span: at, text }] } };
}
