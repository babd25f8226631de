import { badTargets, refusedUriParts } from '../../../../src/model/nginx/start/bad-target.ts';
import { bufferConflicts } from '../../../../src/model/nginx/start/buffers.ts';
import { listenConflicts } from '../../../../src/model/nginx/start/listen-options.ts';
import { literalVariables } from '../../../../src/model/nginx/start/literal-variables.ts';
import { unknownLogFormats } from '../../../../src/model/nginx/start/log-formats.ts';
import { serversWithoutCertificate } from '../../../../src/model/nginx/start/tls-servers.ts';
import { verifiesWithoutAuthority } from '../../../../src/model/nginx/start/tls-verify.ts';
import { unknownVariables } from '../../../../src/model/nginx/start/unknown-variables.ts';
import {
  refusedBackups,
  upstreamsWithoutServers,
} from '../../../../src/model/nginx/start/upstream-blocks.ts';
import { unknownZones } from '../../../../src/model/nginx/start/zones.ts';
import { nginxOf } from '../model.ts';

/** Everything the model says nginx refuses in an `http { }`, in nginx's words. */
export function refusalsOf(http: string): readonly string[] {
  const nginx = nginxOf(http);
  return [
    ...badTargets(nginx).filter(({ atRunTime }) => atRunTime.length === 0),
    ...refusedUriParts(nginx),
    ...bufferConflicts(nginx),
    ...unknownZones(nginx),
    ...upstreamsWithoutServers(nginx),
    ...refusedBackups(nginx),
    ...listenConflicts(nginx),
    ...verifiesWithoutAuthority(nginx),
    ...serversWithoutCertificate(nginx),
    ...unknownLogFormats(nginx),
    ...unknownVariables(nginx),
    ...literalVariables(nginx),
  ].map(({ log }) => log);
}
