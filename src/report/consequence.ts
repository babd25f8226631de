import type { Affected, Finding, Prediction } from '../engine/finding.ts';
import { oncePer } from '../model/once-per.ts';

/**
 * What a finding predicts, as one sentence without a period: `under load, visitors of shop.example.com get 502 Bad
 * Gateway`. Names at most `mostAffected` of those it hits. `undefined` where it predicts nothing.
 */
export function consequenceOf(finding: Finding, mostAffected: number): string | undefined {
  const { predicts } = finding;
  if (!predicts) return undefined;
  const what = outcome(predicts, affectedBy(finding, mostAffected));
  return predicts.when === undefined ? what : `${predicts.when}, ${what}`;
}

function outcome({ status, writer = 'nginx', refusesToStart }: Prediction, who: string): string {
  if (status === null) {
    // nginx tests a configuration before it takes it over; php-fpm does not.
    const next =
      writer === 'nginx'
        ? 'a reload keeps the old configuration, a restart or reboot'
        : 'its next reload or start';
    return `${writer} refuses to start: ${next} takes down ${who === '' ? 'all that it serves' : who}`;
  }
  if (!refusesToStart) return `${who === '' ? 'visitors' : who} get ${statusText(status)}`;
  return who === ''
    ? `${writer} refuses to start: its next reload, restart or reboot ends it`
    : `${writer} refuses to start: from its next reload, restart or reboot on ${who} get ${statusText(status)}`;
}

/** Many findings may name the same ten thousand sites. */
const sharedBeginnings = oncePer((names: Affected) => ({
  text: names.beginning ?? sharedBeginning([...names]),
}));

/** `visitors of a.example, b.example and 3 more`; nothing where nobody is named. */
export function affectedBy({ affects = [] }: Finding, most: number): string {
  const shared = sharedBeginnings(affects).text;
  const named = affects.slice(0, most).map((name) => name.slice(shared.length));
  const rest = affects.length - named.length;
  if (rest > 0) named.push(`${rest} more`);
  const last = named.pop();
  if (last === undefined) return '';
  return shared + (named.length === 0 ? last : `${named.join(', ')} and ${last}`);
}

// "visitors of a" and "visitors of b" are one sentence: what they share up to the last word "of" is said once.
function sharedBeginning(names: readonly string[]): string {
  const first = names[0] ?? '';
  const beginning = first.slice(0, first.lastIndexOf(' of ') + 4);
  const isShared = first.includes(' of ') && names.every((name) => name.startsWith(beginning));
  return isShared ? beginning : '';
}

/** A status with its reason: `502 Bad Gateway`. */
function statusText(status: number): string {
  const name = statusNames[status];
  return name === undefined ? String(status) : `${status} ${name}`;
}

// Names of https://www.iana.org/assignments/http-status-codes and of nginx itself, for what a rule may predict.
const statusNames: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  413: 'Request Entity Too Large',
  499: 'Client Closed Request',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};
