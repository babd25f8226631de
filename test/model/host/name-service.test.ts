import { expect, it } from 'vitest';
import { undefinedUpstreams } from '../../../src/model/checks/undefined-upstream.ts';
import { hostOf } from '../host-of.ts';

/** Whether a name that the hosts file does not have is certain to be nobody's. */
async function isCertain(tree: Readonly<Record<string, string>>): Promise<boolean | undefined> {
  const site = 'server {\n    location / {\n        proxy_pass http://backend;\n    }\n}\n';
  const host = await hostOf({ 'etc/nginx/conf.d/site.conf': site, ...tree });
  return undefinedUpstreams(host)[0]?.certain;
}

it.each([
  [{ 'etc/nsswitch.conf': 'hosts: files\n' }, true],
  [{ 'etc/nsswitch.conf': 'hosts: files dns\n' }, false],
  [{ 'etc/nsswitch.conf': 'hosts: files mdns4_minimal [NOTFOUND=return] dns\n' }, false],
  [{ 'etc/nsswitch.conf': 'passwd: files\n' }, false],
  [{}, false],
  [{ 'etc/nsswitch.conf': 'hosts: files\n', 'etc/hosts': '10.0.0.9 backend\n' }, undefined],
])('%j: a name that no file has is nobody’s: %s', async (tree, certain) => {
  expect(await isCertain(tree)).toBe(certain);
});
