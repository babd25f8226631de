import type { Prediction } from '../src/engine/finding.ts';
import { defineRule } from '../src/engine/rule.ts';
import { outcomeOf, withReason } from '../src/findings/outcome.ts';
import { type RunTimeName, runTimeNames } from '../src/model/checks/run-time-name.ts';
import { peerSpan } from '../src/model/links/link.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'variable-pass-without-resolver',
  title: 'nginx has to look up a name for each request, and no resolver is set',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'A target with a variable in it, even one in the path alone, is read anew for each request. Where it then names a host, nginx must look the name up, and only `resolver` tells it how: it does not read /etc/resolv.conf.',
    why: 'Each request is answered 502, and `nginx -t` passes. A name without a port, where one is needed, is answered 500.',
    fine: 'An address, a unix socket, the name of an `upstream` without a port, and a name and port that another pass has as a literal need no resolver.',
    fix: 'Write the address in place of the name, name an `upstream` that lists it, or set a `resolver`.',
  },
  references: [
    'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
    'https://nginx.org/en/docs/http/ngx_http_core_module.html#resolver',
  ],
  frequency: 'high',
  logs: ['no resolver defined to resolve <name>', 'no port in upstream "<name>"'],
  examples: [
    {
      name: 'a variable holds the name',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    set $up localhost:3000;\n    location / {\n        proxy_pass http://$up;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    set $up 127.0.0.1:3000;\n    location / {\n        proxy_pass http://$up;\n    }\n}\n',
      },
    },
    {
      name: 'only the path is a variable',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        proxy_pass http://backend.internal:3000$request_uri;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    server_name app.example.com;\n    location / {\n        resolver 10.0.0.2;\n        proxy_pass http://backend.internal:3000$request_uri;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      // The `http` block that a single site file is included in may set a resolver, or define the upstream.
      if (!host.nginx?.complete) continue;
      for (const found of runTimeNames(host)) {
        if (found.resolver && !found.hasNoPort) continue;
        const { peer, link, name } = found;
        const outcome = outcomeOf([link.pass], predictionOf(found));
        const message = found.hasNoPort
          ? `"${name}" is neither an upstream nor an address with a port`
          : `nginx looks up "${name}" for each request, and no resolver is set`;
        context.report({
          severity: peer.choice ? 'warning' : outcome.severity,
          message: withReason(message, outcome),
          at: peerSpan(peer),
          related: related(found),
          ...(outcome.predicts && { predicts: outcome.predicts }),
          affects: visitorsOf([link.pass.server]),
          help: advice(found, host.nginx.upstreams.has(name)),
        });
      }
    }
  },
});

/** Where the variable gets its value, if another line gives it. */
function related({ link: { pass }, peer }: RunTimeName) {
  if (peer.directive === pass.directive) return [];
  const { source } = pass.directive;
  return [
    { span: { source, start: pass.word.start, end: pass.word.end }, message: 'requests are passed here' },
  ];
}

function predictionOf({ name, hasNoPort }: RunTimeName): Prediction {
  return hasNoPort
    ? { status: 500, log: `no port in upstream "${name}"` }
    : { status: 502, log: `no resolver defined to resolve ${name}` };
}

function advice({ name, hasNoPort }: RunTimeName, isUpstream: boolean): string {
  if (hasNoPort) return `define an upstream with the name ${name}, or write an address with its port`;
  if (isUpstream) return `the upstream ${name} is found only without a port: leave the port out`;
  return name === 'localhost'
    ? 'write 127.0.0.1 in place of localhost'
    : 'set a resolver, or write the address in place of the name';
}
