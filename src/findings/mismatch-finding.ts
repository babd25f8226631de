import type { Prediction } from '../engine/finding.ts';
import type { RuleFinding } from '../engine/rule.ts';
import { isTls, type ProtocolMismatch, type Spoken } from '../model/checks/protocol-mismatch.ts';
import { passesOf } from '../model/links/dialed.ts';
import { peerSpan } from '../model/links/link.ts';
import { visitorsOf } from '../model/nginx/server.ts';
import { type Outcome, outcomeAt, withReason } from './outcome.ts';

/** The finding for an address where the two sides speak different protocols. */
export function mismatchFinding(mismatch: ProtocolMismatch, help: string): RuleFinding {
  const { dialed, spoken, listener } = mismatch;
  const passes = passesOf(dialed);
  const outcome = outcomeOfMismatch(mismatch);
  const isDoubtful = doubtOf(mismatch) !== undefined;
  return {
    severity: isDoubtful ? 'warning' : outcome.severity,
    message: withReason(
      `nginx speaks ${nameOf(spoken)} to ${listener.title}, which speaks ${nameOf(listener.protocol)}`,
      outcome,
    ),
    at: peerSpan(dialed.peer),
    related: listener.span
      ? [{ span: listener.span, message: `${listener.title} speaks ${nameOf(listener.protocol)} here` }]
      : [],
    ...(outcome.predicts && { predicts: outcome.predicts }),
    affects: visitorsOf(passes.map(({ server }) => server)),
    help,
  };
}

/** A protocol as a person writes it. */
function nameOf(protocol: Spoken): string {
  return namesOfProtocols[protocol];
}

const namesOfProtocols = {
  http: 'HTTP',
  https: 'HTTPS',
  fastcgi: 'FastCGI',
  uwsgi: 'uwsgi',
  uwsgis: 'uwsgi over TLS',
  scgi: 'SCGI',
  grpc: 'gRPC',
  grpcs: 'gRPC over TLS',
} as const satisfies Record<Spoken, string>;

function doubtOf({ listener: { owner } }: ProtocolMismatch): string | undefined {
  return owner.kind === 'app' ? owner.app.doubt : undefined;
}

function outcomeOfMismatch(mismatch: ProtocolMismatch): Outcome {
  const predicted = predictionOf(mismatch);
  const doubt = doubtOf(mismatch);
  const predicts = predicted && doubt !== undefined ? { ...predicted, when: `unless ${doubt}` } : predicted;
  return predicts ? outcomeAt(mismatch.dialed, predicts) : { severity: 'warning' };
}

/** What was seen with the real servers; `undefined` where the other side decides what becomes of the request. */
function predictionOf({ spoken, listener }: ProtocolMismatch): Prediction | undefined {
  const { protocol, owner } = listener;
  const reading = 'while reading response header from upstream';
  const closed = { status: 502, log: `upstream prematurely closed connection ${reading}` };
  const reset = { status: 502, log: `recv() failed (104: Connection reset by peer) ${reading}` };
  if (owner.kind === 'pool') {
    return isTls(spoken)
      ? {
          status: 502,
          log: 'peer closed connection in SSL handshake (104: Connection reset by peer) while SSL handshaking to upstream',
        }
      : reset;
  }
  if (isTls(protocol)) return owner.kind === 'server' ? undefined : closed;
  if (isTls(spoken)) {
    // uWSGI takes the greeting for the head of a packet, and waits for the rest of it.
    if (protocol === 'uwsgi')
      return {
        status: 502,
        log: 'peer closed connection in SSL handshake while SSL handshaking to upstream',
      };
    return protocol === 'http' || protocol === 'grpc'
      ? {
          status: 502,
          log: 'SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number) while SSL handshaking to upstream',
        }
      : undefined;
  }
  if (protocol === 'fastcgi' || protocol === 'uwsgi') return closed;
  if (protocol !== 'http') return undefined;
  switch (spoken) {
    case 'fastcgi':
      return { status: 502, log: `upstream sent unsupported FastCGI protocol version: 72 ${reading}` };
    case 'grpc':
      return { status: 502, log: `upstream sent too large http2 frame: 4740180 ${reading}` };
    default:
      // The app's own "400 Bad Request" is handed on.
      return undefined;
  }
}
