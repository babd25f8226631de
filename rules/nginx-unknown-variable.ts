import { defineRule } from '../src/engine/rule.ts';
import { startRefusal } from '../src/findings/start-refusal.ts';
import { unknownVariables } from '../src/model/nginx/start/unknown-variables.ts';

export default defineRule({
  id: 'nginx-unknown-variable',
  title: 'nginx does not know the variable',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Looks for the variables in passes, headers, parameters, conditions, maps and log formats among those that nginx brings and those that `set`, `map`, `geo`, `split_clients`, regular expressions and other directives define. Names in capitals have a rule of their own: unresolved-template-variable.',
    why: 'nginx refuses to start with `unknown "…" variable`, and names neither file nor line.',
    fine: 'A variable may be defined in any file and after its use. Nothing is reported where files are missing, or where modules of other makers are loaded or used: they may bring it.',
    fix: 'Correct the name, or define it with `set` or `map`. A `$` for itself cannot be written in such a value: take it from `geo $dollar { default "$"; }`.',
  },
  references: [
    'https://nginx.org/en/docs/varindex.html',
    'https://github.com/nginx/nginx/blob/master/src/http/ngx_http_variables.c',
  ],
  frequency: 'medium',
  logs: ['unknown "<name>" variable'],
  examples: [
    {
      name: 'a map that was not deployed',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 8080;\n    location / {\n        proxy_pass http://$backend;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 8080;\n    location / {\n        proxy_pass http://$backend;\n    }\n}\n',
        'etc/nginx/conf.d/map.conf': 'map $arg_beta $backend {\n    default 127.0.0.1:3000;\n}\n',
      },
    },
    {
      name: 'a misspelt name',
      bad: {
        'etc/nginx/conf.d/app.conf': 'server {\n    listen 8080;\n    add_header X-Path $request_uril;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 8080;\n    server_name ~^(?<sub>.+)\\.example\\.com$;\n    add_header X-Path $request_uri$sub$http_x_anything;\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const { nginx } of hosts) {
      for (const variable of nginx ? unknownVariables(nginx) : []) {
        const { use, certain, looksLikeEnvironment } = variable;
        if (!certain || looksLikeEnvironment || use.kind === 'open') continue;
        const isNameless = use.kind === 'nameless';
        context.report(
          startRefusal(variable, {
            message: isNameless
              ? `no name follows the "$" in "${use.word.value}"`
              : `nobody defines the variable "${use.name}"`,
            help: isNameless
              ? 'a "$" begins a variable here; write it by way of geo $dollar { default "$"; }'
              : 'correct the name, or define it with set or map',
          }),
        );
      }
    }
  },
});
