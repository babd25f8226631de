import { bindAddress } from '../bind-address.ts';
import {
  type Call,
  type CommandListeners,
  type DeclaredListener,
  optionValues,
  portOf,
  variableOf,
} from '../call.ts';

const urlVariables = ['ASPNETCORE_URLS', 'DOTNET_URLS', 'URLS'] as const;
const portVariables = ['ASPNETCORE_HTTP_PORTS', 'HTTP_PORTS'] as const;

/**
 * ASP.NET Core listens at its `urls`, unless its settings name endpoints of Kestrel.
 * https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/endpoints
 */
export function listenersOfDotnet(call: Call): CommandListeners {
  const { args, environment } = call;
  const urls = optionValues(args, ['--urls']).at(-1) ?? variableOf(environment, urlVariables);
  const ports = urls ? undefined : variableOf(environment, portVariables);
  const told = urls ?? ports;
  if (!told || told.isUnknown) return { kind: 'unplaced' };
  const doubt = mayNameEndpoints(call) ? { doubt: 'its settings name endpoints of Kestrel' } : {};
  const listeners = told.text.split(';').flatMap((text): readonly DeclaredListener[] => {
    const isTls = text.toLowerCase().startsWith('https:');
    const port = ports ? portOf(text) : undefined;
    const address = port
      ? ({ kind: 'tcp', host: '*', port } as const)
      : bindAddress(text, { host: '*', port: isTls ? 443 : 80 });
    if (!address) return [];
    return [{ address, protocol: isTls ? 'https' : 'http', span: told.span, ...doubt }];
  });
  return listeners.length > 0 ? { kind: 'listens', listeners } : { kind: 'unplaced' };
}

function mayNameEndpoints({ directory, nearby }: Call): boolean {
  if (directory === undefined) return true;
  return ['appsettings.json', 'appsettings.Production.json'].some((name) => {
    const path = `${directory}/${name}`;
    const settings = nearby.read(path);
    return settings ? settings.text.includes('Kestrel') : !nearby.isAbsent(path);
  });
}
