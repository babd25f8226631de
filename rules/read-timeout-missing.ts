import type { Fix } from '../src/engine/finding.ts';
import { defineRule, type RuleContext } from '../src/engine/rule.ts';
import { readTimedOutLine } from '../src/findings/log-lines.ts';
import { readTimedOut } from '../src/findings/timeout-prediction.ts';
import { insertDirectiveInto } from '../src/fix/lines.ts';
import { readTimeoutFix } from '../src/fix/read-timeout.ts';
import { defaultReadTimeout, type ShortTimeout, shortTimeouts } from '../src/model/checks/time-limit.ts';
import type { Host } from '../src/model/host.ts';
import { linksOfKinds } from '../src/model/links/link-kind.ts';
import { type Pass, settingBeside } from '../src/model/nginx/pass.ts';
import { hasSetting } from '../src/model/nginx/pass-kind.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';
import type { Directive } from '../src/syntax/nginx/tree.ts';

export default defineRule({
  id: 'read-timeout-missing',
  title: 'No read timeout is set for what is behind nginx',
  severity: 'info',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Looks for `fastcgi_read_timeout` and `proxy_read_timeout` in effect at every pass. Where none is set nginx waits 60 seconds between two reads. Where someone has granted the scripts behind it more than that, this is a warning.',
    why: 'A request that takes longer is answered 504 after 60 seconds, and nobody finds the number in any file.',
    fine: 'Sixty seconds are plenty for most sites.',
    fix: 'Write the timeout that you mean, in `http` for all sites or in the location that is slow.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_read_timeout',
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_read_timeout',
  ],
  frequency: 'very high',
  logs: [readTimedOutLine],
  examples: [
    {
      name: 'PHP that may run five minutes',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nrequest_terminate_timeout = 300s\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nrequest_terminate_timeout = 300s\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n        fastcgi_read_timeout 310s;\n    }\n}\n',
      },
    },
    {
      name: 'an app behind a proxy',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 8080;\n    location / {\n        proxy_pass http://127.0.0.1:3000;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 8080;\n    proxy_read_timeout 30s;\n    location / {\n        proxy_pass http://127.0.0.1:3000;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      const short = shortTimeouts(host).filter(({ timeout }) => timeout.kind === 'default');
      for (const each of short) reportShort(each, context);
      reportRest(host, new Set(short.map(({ link }) => link.pass)), context);
    }
  },
});

function reportShort(short: ShortTimeout, context: RuleContext): void {
  const {
    link: { pass },
    timeout,
    limit,
    pool,
  } = short;
  const fix = readTimeoutFix(short);
  const endless = !Number.isFinite(limit.seconds);
  const may = endless ? 'without end' : `${limit.seconds} seconds`;
  context.report({
    severity: 'warning',
    message: `nginx waits ${defaultReadTimeout} seconds for the pool ${pool.name}, whose scripts may run ${may}`,
    label: `no ${timeout.name} is set`,
    at: { source: pass.directive.source, start: pass.directive.start, end: pass.directive.end },
    related: [{ span: limit.from.span, message: `${limit.name} allows ${may}` }],
    predicts: readTimedOut(defaultReadTimeout),
    affects: visitorsOf([pass.server]),
    help: endless
      ? `set ${limit.name} and a ${timeout.name} above it`
      : `set ${timeout.name} above ${limit.seconds}s where such scripts are called`,
    ...(fix && { fix }),
  });
}

/** Sixty seconds by default are one fact about a host, however many passes rely on it. */
function reportRest(host: Host, reported: ReadonlySet<Pass>, context: RuleContext): void {
  const http = host.nginx?.http?.directive;
  for (const module of ['fastcgi_pass', 'proxy_pass']) {
    const bare = linksOfKinds(
      host,
      ({ pass }) => pass.directive === module && pass.isReachable && !hasSetting(pass, '_read_timeout'),
    ).flatMap(({ pass }) => (reported.has(pass) ? [] : [pass]));
    const [first, ...others] = [...new Map(bare.map((pass) => [pass.directive, pass])).values()];
    if (!first) continue;
    const name = settingBeside(module, '_read_timeout');
    const more = others.length === 0 ? '' : `, nor for ${others.length} more`;
    context.report({
      message: `no ${name} is set for this pass${more}: nginx waits ${defaultReadTimeout} seconds`,
      at: { source: first.directive.source, start: first.directive.start, end: first.directive.end },
      related: others.slice(0, 3).map(({ directive }) => ({
        span: { source: directive.source, start: directive.start, end: directive.end },
        message: 'nor here',
      })),
      help: `write the ${name} that you mean, in http for all sites or where it is slow`,
      ...(http && { fix: writeDefault(`${name} ${defaultReadTimeout}s;`, http) }),
    });
  }
}

/** The default, written where everybody finds it; whether anybody wants that is no question of right and wrong. */
function writeDefault(text: string, http: Directive): Fix {
  return { safe: false, title: `write ${text} in http`, edits: [insertDirectiveInto(http, text)] };
}
