import { defineRule } from '../src/engine/rule.ts';
import { badTargetFinding } from '../src/findings/bad-target-finding.ts';
import { startRefusal } from '../src/findings/start-refusal.ts';
import {
  type BadTarget,
  badTargets,
  refusedUriParts,
  type UriPart,
} from '../src/model/nginx/start/bad-target.ts';

export default defineRule({
  id: 'invalid-proxy-pass-url',
  title: 'nginx does not take the URL of proxy_pass',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Checks that the URL of `proxy_pass` begins with `http://` or `https://`, has a host and a port that can be, and has a path only where the location is a plain prefix.',
    why: 'nginx refuses to start with `invalid URL prefix`, or because `"proxy_pass" cannot have URI part` there. With a variable in the URL the same mistake answers every request 500.',
    fine: '`http://unix:/run/app.sock` has no path: that would follow a second colon. A path behind variables is taken as it is, in any location.',
    fix: 'Write `http://` first, also for websockets. Drop the path, and its last slash, in locations given by a regular expression or a name, in `if` and in `limit_except`; use `rewrite … break` there.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
    'https://github.com/nginx/nginx/blob/master/src/http/modules/ngx_http_proxy_module.c',
  ],
  frequency: 'medium',
  logs: [
    'invalid URL prefix',
    '"proxy_pass" cannot have URI part in location given by regular expression, or inside named location, or inside "if" statement, or inside "limit_except" block',
    'invalid URL prefix in "<address>"',
  ],
  examples: [
    {
      name: 'no scheme',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 8080;\n    location / {\n        proxy_pass 127.0.0.1:3000;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 8080;\n    location / {\n        proxy_pass http://127.0.0.1:3000;\n    }\n}\n',
      },
    },
    {
      name: 'a slash in a location given by an expression',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 8080;\n    location ~ ^/api {\n        proxy_pass http://127.0.0.1:3000/;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 8080;\n    location /api {\n        proxy_pass http://127.0.0.1:3000/;\n    }\n    location ~ ^/v2 {\n        proxy_pass http://unix:/run/app.sock;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const { nginx } of hosts) {
      if (!nginx) continue;
      for (const bad of badTargets(nginx)) {
        const isUrl = bad.protocol === 'http' || bad.protocol === 'https';
        if (isUrl && bad.reason !== 'port-of-upstream' && bad.reason !== 'long-path')
          context.report(badTargetFinding(bad, { help: helpFor(bad) }));
      }
      for (const part of refusedUriParts(nginx)) context.report(startRefusal(part, wordsFor(part)));
    }
  },
});

function helpFor({ reason, word, atRunTime }: BadTarget): string {
  const scheme = /^([a-z]+):\/\//i.exec(word.value)?.[1];
  if (reason === 'invalid-prefix') {
    if (scheme?.startsWith('ws')) return 'write http://: a websocket begins as a request of HTTP';
    if (atRunTime.length > 0) return 'the whole value must begin with http:// or https://';
    return `write http://${scheme === undefined ? word.value : '… or https://…'}`;
  }
  return reason === 'invalid-port' ? 'a port is a number from 1 to 65535' : 'write http://host:port';
}

const places = {
  regex: 'in a location given by a regular expression',
  named: 'in a named location',
  if: 'inside "if"',
  limit_except: 'inside "limit_except"',
} as const satisfies Record<UriPart['where'], string>;

function wordsFor({ pass, uri, where }: UriPart): { message: string; label: string; help: string } {
  const bare = pass.word.value.slice(0, -uri.length).replace(/:$/, '');
  return {
    message: `"proxy_pass" cannot have the path "${uri}" ${places[where]}`,
    label: 'nginx cannot tell what part of the request it would replace',
    help: `write proxy_pass ${bare}; and change the path with rewrite … break where that is needed`,
  };
}
