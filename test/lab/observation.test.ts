import { describe, expect, it } from 'vitest';
import { normaliseFpmLine, normaliseNginxLine } from './normalise.ts';
import { failed, linesWritten, type Observation, withoutLevel, withoutRaces } from './observation.ts';

describe("nginx's error log", () => {
  it('loses its time, its processes and its client', () => {
    const line =
      '2026/11/23 06:24:41 [crit] 17#17: *1 connect() to unix:/run/php/x.sock failed (2: No such file or directory) ' +
      'while connecting to upstream, client: 127.0.0.1, server: shop, request: "GET / HTTP/1.1", upstream: "fastcgi://x"';
    expect(normaliseNginxLine(line)).toBe(
      '[crit] connect() to unix:/run/php/x.sock failed (2: No such file or directory) while connecting to upstream',
    );
  });

  it('keeps what is refused at the start, place included', () => {
    const line = 'nginx: [emerg] no port in upstream "php" in /etc/nginx/sites-enabled/shop:13';
    expect(normaliseNginxLine(line)).toBe(line);
    expect(withoutLevel(line)).toBe('no port in upstream "php" in /etc/nginx/sites-enabled/shop:13');
  });

  it('says nothing of a daemon that only lives', () => {
    expect(normaliseNginxLine('2026/11/23 06:24:41 [notice] 17#17: start worker process 18')).toBeUndefined();
  });
});

describe("php-fpm's log", () => {
  it('loses its time and the numbers of processes', () => {
    expect(
      normaliseFpmLine(
        '[23-Nov-2026 06:24:41] WARNING: [pool www] child 25 exited on signal 15 (SIGTERM) after 1.25 seconds from start',
      ),
    ).toBe('WARNING: [pool www] child N exited on signal 15 (SIGTERM) after N seconds from start');
  });

  it('says nothing of a master that is ready', () => {
    expect(normaliseFpmLine('[23-Nov-2026 06:24:41] NOTICE: fpm is running, pid 17')).toBeUndefined();
    expect(normaliseFpmLine('[23-Nov-2026 06:24:41] NOTICE: ready to handle connections')).toBeUndefined();
  });
});

describe('an observation', () => {
  const quiet = { test: { ok: true, output: [] }, started: true, log: [] };
  const seen = (status: number | null, log: readonly string[]): Observation => ({
    nginx: quiet,
    fpm: { '8.2': quiet },
    requests: [{ request: 'GET http://a/', status, log }],
    fpmRuntime: [],
  });

  it('fails with a server error, with no answer and with a daemon that is down', () => {
    expect(failed(seen(404, []))).toBe(false);
    expect(failed(seen(502, []))).toBe(true);
    expect(failed(seen(null, []))).toBe(true);
    expect(failed({ ...seen(200, []), fpm: { '8.2': { ...quiet, started: false } } })).toBe(true);
  });

  it('holds both lines of a race of which the kernel picks one', () => {
    const reset = 'recv() failed (104: Connection reset by peer) while reading response header from upstream';
    const closed = 'upstream prematurely closed connection while reading response header from upstream';
    expect(linesWritten(seen(502, [`[error] ${reset}`]))).toContain(closed);
    expect(withoutRaces(`["${reset}"]`)).toBe(withoutRaces(`["${closed}"]`));
  });
});
