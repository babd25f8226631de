import { defineRule } from '../src/engine/rule.ts';
import { startRefusal } from '../src/findings/start-refusal.ts';
import { literalVariables } from '../src/model/nginx/start/literal-variables.ts';
import { type UnknownVariable, unknownVariables } from '../src/model/nginx/start/unknown-variables.ts';

export default defineRule({
  id: 'unresolved-template-variable',
  title: 'A template was deployed before it was filled in',
  severity: 'error',
  reads: ['nginx'],
  docs: {
    what: 'Finds names such as `${APP_HOST}` that a shell, envsubst or a container should have replaced: in arguments that take variables and where nobody defines them, and in `listen` and the `server` of an upstream, which take none.',
    why: 'nginx knows nothing of the environment. It refuses to start with `unknown "app_host" variable`, `host not found in upstream "${APP_HOST}:3000"` or `invalid port`. `${PORT:-8080}` is for shells: envsubst does not know it either.',
    fine: 'Names that `set`, `map`, `geo`, a regular expression or a module defines. Templates are not judged before they are filled in. Where only some files were given, or modules of other makers take part, this is a warning.',
    fix: 'Fill the template in on deploy: the official container does so for /etc/nginx/templates/*.template, with names that are set in its environment.',
  },
  references: [
    'https://nginx.org/en/docs/varindex.html',
    'https://github.com/nginx/nginx/blob/master/src/http/ngx_http_script.c',
    'https://hub.docker.com/_/nginx',
  ],
  frequency: 'high',
  logs: [
    'unknown "<name>" variable',
    'invalid port in "<address>" of the "listen" directive',
    'host not found in upstream "<address>"',
  ],
  examples: [
    {
      name: 'the host of a pass',
      bad: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 8080;\n    location / {\n        proxy_pass http://${APP_HOST}:3000;\n    }\n}\n',
      },
      good: {
        'etc/nginx/conf.d/app.conf':
          'server {\n    listen 8080;\n    location / {\n        set $APP_HOST 127.0.0.1;\n        proxy_pass http://${APP_HOST}:3000;\n    }\n}\n',
      },
    },
    {
      name: 'an address that takes no variables',
      bad: { 'etc/nginx/conf.d/app.conf': 'server {\n    listen ${NGINX_PORT:-8080};\n}\n' },
      good: { 'etc/nginx/conf.d/app.conf': 'server {\n    listen 8080;\n}\n' },
    },
  ],
  check({ hosts }, context) {
    for (const { nginx } of hosts) {
      if (!nginx) continue;
      for (const literal of literalVariables(nginx)) {
        context.report(
          startRefusal(literal, {
            message: `"${literal.directive.name}" takes no variables: "${literal.directive.args[0]?.value ?? ''}" was never filled in`,
            help,
          }),
        );
      }
      for (const variable of unknownVariables(nginx)) {
        if (!isTemplate(variable)) continue;
        const { use, certain } = variable;
        const shell = use.kind === 'open' ? ', and only a shell knows defaults' : '';
        context.report(
          startRefusal(variable, {
            severity: certain ? 'error' : 'warning',
            message: `nobody defines the variable "${use.name}"${shell}`,
            ...(!certain && { when: 'unless a file or a module that was not read defines it' }),
            help,
          }),
        );
      }
    }
  },
});

const help = 'nginx does not read the environment: fill the template in before nginx reads it (envsubst)';

function isTemplate({ looksLikeEnvironment, use }: UnknownVariable): boolean {
  return use.kind === 'open' || looksLikeEnvironment;
}
