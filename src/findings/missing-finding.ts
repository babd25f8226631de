import type { Fix, Prediction, Severity } from '../engine/finding.ts';
import type { RuleFinding } from '../engine/rule.ts';
import {
  likelyListeners,
  type MissingTarget,
  missingLog,
  type Replacement,
  replacementFor,
} from '../model/checks/missing.ts';
import type { Host } from '../model/host.ts';
import { addressText } from '../model/links/address.ts';
import { peerSpan } from '../model/links/link.ts';
import type { Listener } from '../model/links/listener.ts';
import { coverOf } from '../model/nginx/cover.ts';
import { nameThatChooses } from '../model/nginx/map-choice.ts';
import { visitorsOf } from '../model/nginx/server.ts';

/** What differs between the rules that report an address nobody listens on. */
export interface MissingWords {
  readonly message: string;
  readonly label?: string;
}

/** The finding for an address that nobody listens on: severity, prediction, who is hit, who listens instead. */
export function missingFinding(missing: MissingTarget, host: Host, words: MissingWords): RuleFinding {
  const { peer } = missing;
  const candidates = likelyListeners(missing, host);
  const [only] = candidates;
  const replacement = replacementFor(missing, host);
  const fix = replacement && pointAt(replacement, missing);
  const { severity, predicts, because } = judgeMissing(missing);
  return {
    severity,
    message: because === undefined ? words.message : `${words.message}; ${because}`,
    at: peerSpan(peer),
    ...(words.label !== undefined && { label: words.label }),
    related: [
      ...candidates.flatMap(({ span, title }) => (span ? [{ span, message: `${title} listens here` }] : [])),
      ...(peer.upstream
        ? missing.links.slice(0, 3).map(({ pass }) => ({
            span: { source: pass.directive.source, start: pass.word.start, end: pass.word.end },
            message: 'requests are passed here',
          }))
        : []),
    ],
    ...(predicts && { predicts }),
    affects: visitorsOf(missing.servers),
    help: only
      ? `point it at ${addressText(dialable(only))}, where ${only.title} listens`
      : 'point it at the listen address of the pool that should answer, or add that pool',
    ...(fix && { fix }),
  };
}

/** How bad it is that nobody listens at an address, and what happens. */
export interface MissingJudgement {
  readonly severity: Severity;
  readonly predicts?: Prediction;
  /** Why it is less than an error. */
  readonly because?: string;
}

/** Judges an address that nobody listens on: other servers of the upstream, an `error_page` or a map may soften it. */
export function judgeMissing(missing: MissingTarget): MissingJudgement {
  const { peer, links, others } = missing;
  const log = missingLog(peer);
  if (others.length > 0) {
    return peer.upstream?.server.backup
      ? { severity: 'info', because: 'it is only a backup' }
      : { severity: 'warning', because: 'nginx tries it, logs the failure and goes to the next server' };
  }
  const covers = links.map((link) => coverOf(link.pass, 502));
  const bare = covers.find((cover) => cover.kind !== 'answered');
  if (!bare) return { severity: 'warning', because: 'an error_page answers in its place' };
  const predicts = { status: bare.kind === 'status' ? bare.status : 502, log };
  const { choice } = peer;
  const name = choice && links.map(({ pass }) => nameThatChooses(choice, pass.server)).find((found) => found);
  if (choice && name === undefined) {
    return {
      severity: 'warning',
      predicts: { ...predicts, when: `where the map gives "${choice.when}"` },
      because: `requests for which the map gives "${choice.when}" fail`,
    };
  }
  if (name !== undefined) return { severity: 'error', predicts, because: `the map sends ${name} there` };
  return { severity: 'error', predicts };
}

/** The address to dial for a listener: a wildcard is reached over the loopback address. */
function dialable(listener: Listener): Listener['address'] {
  const { address } = listener;
  return address.kind === 'tcp' &&
    (address.host === '*' || address.host === '::' || address.host === '0.0.0.0')
    ? { ...address, host: '127.0.0.1' }
    : address;
}

/** Only where the whole argument is the address: a variable or a map may be used elsewhere too. */
function pointAt({ listener, certain }: Replacement, { peer }: MissingTarget): Fix | undefined {
  if (peer.choice || peer.word.value.includes('$') || peer.target.kind !== 'address') return undefined;
  const text = peer.word.value.replace(peer.target.logged, addressText(dialable(listener)));
  if (text === peer.word.value) return undefined;
  return {
    safe: certain,
    title: `${peer.directive.name} ${text};`,
    edits: [{ span: peerSpan(peer), text }],
  };
}
