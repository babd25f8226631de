import { describe, expect, test } from 'vitest';
import { missingCertificates } from '../../../src/model/checks/missing-certificate.ts';
import { hostOf } from '../host-of.ts';

/** Whether it is certain that the certificate is missing on a host that has these files beside it. */
async function certainty(path: string, beside: readonly string[]): Promise<readonly boolean[]> {
  const host = await hostOf({
    ...Object.fromEntries(beside.map((file) => [file, ''])),
    'etc/nginx/conf.d/tls.conf': `server {\n    listen 443 ssl;\n    ssl_certificate ${path};\n    ssl_certificate_key ${path};\n}\n`,
  });
  return missingCertificates(host).map(({ certain }) => certain);
}

const fetched = '/etc/letsencrypt/live/shop.example.com/fullchain.pem';

describe('a certificate that is not there', () => {
  test('is missing where others of its kind are', async () => {
    expect(await certainty(fetched, ['etc/letsencrypt/live/README'])).toEqual([true]);
    expect(await certainty('/etc/nginx/ssl/shop.pem', ['etc/nginx/ssl/other.pem'])).toEqual([true]);
  });

  test('may be a secret that was left out of a checkout', async () => {
    expect(await certainty(fetched, ['etc/letsencrypt/options-ssl-nginx.conf'])).toEqual([false]);
    expect(await certainty('/etc/nginx/ssl/shop.pem', [])).toEqual([false]);
  });
});
