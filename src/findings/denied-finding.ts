import type { Fix } from '../engine/finding.ts';
import type { RuleFinding } from '../engine/rule.ts';
import type { DeniedSocket } from '../model/checks/denied-socket.ts';
import { visitorsOf } from '../model/nginx/server.ts';
import { isSameSpan } from '../syntax/source.ts';

/** The finding for a socket that nginx's workers cannot open. */
export function deniedFinding(socket: DeniedSocket, fix: Fix | undefined): RuleFinding {
  const { pool, access, listen, links, logged } = socket;
  const [cause = listen, ...others] = access.spans;
  return {
    severity: access.certain ? 'error' : 'warning',
    message: `nginx, as user "${access.nginxUser}", may not connect to the socket of the pool "${pool.name}"`,
    label:
      access.by === 'acl' || access.by === 'acl-over-owner'
        ? `only ${access.shown} may`
        : `the socket becomes ${access.shown}`,
    at: cause,
    related: [
      ...others.map((span) => ({ span, message: 'together with this' })),
      ...(isSameSpan(cause, listen) ? [] : [{ span: listen, message: 'the socket' }]),
      ...links.slice(0, 3).map(({ pass }) => ({
        span: { source: pass.directive.source, start: pass.word.start, end: pass.word.end },
        message: 'nginx connects to it here',
      })),
    ],
    predicts: {
      status: 502,
      log: `connect() to ${logged} failed (13: Permission denied) while connecting to upstream`,
      ...(!access.certain && { when: 'unless another directory of users lets it in' }),
    },
    affects: visitorsOf(links.map((link) => link.pass.server)),
    ...(fix && { fix }),
  };
}
