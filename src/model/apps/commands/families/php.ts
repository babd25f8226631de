import { bindAddress } from '../bind-address.ts';
import { type Call, type CommandListeners, listensAt, optionValues } from '../call.ts';
import { listenersBySpec, type ServerSpec } from '../server-spec.ts';

/** Servers that are started with `php artisan`, by their command. */
const artisanServers: readonly ServerSpec[] = [
  {
    programs: ['serve'],
    url: 'https://github.com/laravel/framework/blob/12.x/src/Illuminate/Foundation/Console/ServeCommand.php',
    protocol: 'http',
    port: ['--port'],
    host: ['--host'],
    portVariables: ['SERVER_PORT'],
    hostVariables: ['SERVER_HOST'],
    defaults: { host: '127.0.0.1', port: 8000 },
  },
  {
    programs: ['octane:start', 'octane:frankenphp', 'octane:swoole', 'octane:roadrunner'],
    url: 'https://laravel.com/docs/12.x/octane#serving-your-application-via-https',
    protocol: 'http',
    tls: ['--https'],
    port: ['--port'],
    host: ['--host'],
    portVariables: ['OCTANE_PORT'],
    hostVariables: ['OCTANE_HOST'],
    defaults: { host: '127.0.0.1', port: 8000 },
  },
  {
    programs: ['reverb:start'],
    url: 'https://laravel.com/docs/12.x/reverb#running-server',
    protocol: 'http',
    port: ['--port'],
    host: ['--host'],
    portVariables: ['REVERB_SERVER_PORT'],
    hostVariables: ['REVERB_SERVER_HOST'],
    defaults: { host: '0.0.0.0', port: 8080 },
  },
];

/** Commands of artisan and of Symfony's console that serve nobody. */
const workers =
  /^(?:queue:|horizon(?::|$)|schedule:|messenger:|cache:|config:|migrate|optimize|short-schedule:|pulse:|nightwatch:)/;

/** `php -S` is the web server that PHP has built in. https://www.php.net/manual/en/features.commandline.webserver.php */
export function listenersOfPhp(call: Call): CommandListeners {
  const { args } = call;
  const address = optionValues(args, ['-S', '--server']).at(-1);
  if (address) {
    return listensAt(address.isUnknown ? undefined : bindAddress(address.text, { host: '*' }), {
      protocol: 'http',
      span: address.span,
    });
  }
  const script = args.findIndex(({ text }) => /(?:^|\/)(?:artisan|console)$/.test(text));
  const command = args[script + 1];
  if (script === -1 || !command) return { kind: 'unplaced' };
  if (workers.test(command.text)) return { kind: 'silent' };
  const spec = artisanServers.find(({ programs }) => programs.includes(command.text));
  return spec
    ? listenersBySpec(spec, { ...call, program: command.text, word: command, args: args.slice(script + 2) })
    : { kind: 'unplaced' };
}

/** Servers for PHP that are programs of their own. */
export const phpServers: readonly ServerSpec[] = [
  {
    programs: ['symfony'],
    url: 'https://symfony.com/doc/current/setup/symfony_cli.html',
    commands: ['serve', 'server:start', 'local:server:start'],
    protocol: 'https',
    port: ['--port'],
    host: ['--listen-ip'],
    defaults: { host: '127.0.0.1' },
  },
];
