import type { PeerResult } from '../model/links/link.ts';
import { isMissing } from '../model/links/link.ts';
import type { AddressNode, Fault, ListenerNode, State } from './graph.ts';

const order = ['fine', 'unknown', 'at-risk', 'broken'] as const satisfies readonly State[];

/** The worst of states. */
export function worst(states: readonly State[]): State {
  return states.reduce((one, other) => (order.indexOf(other) > order.indexOf(one) ? other : one), 'fine');
}

/** What findings make of the place they lie on. */
export function worstOf(faults: readonly Fault[]): State {
  if (faults.some(({ severity }) => severity === 'error')) return 'broken';
  return faults.length > 0 ? 'at-risk' : 'fine';
}

/** How one address fares, with the findings on it and who answers there. */
export function addressState(
  result: PeerResult,
  faults: readonly Fault[],
  listeners: readonly ListenerNode[],
): State {
  if (isMissing(result)) return 'broken';
  const own = result.kind === 'unknown' ? 'unknown' : worst(listeners.map(({ state }) => state));
  return worst([own, worstOf(faults)]);
}

/**
 * How requests fare that may be sent to these addresses. One that fails takes down all of them only where it is the only
 * one, or where an error says so: nginx goes on to the next server of an upstream, and a map chooses among several.
 */
export function destinationState(addresses: readonly AddressNode[]): State {
  const used = addresses.filter(({ isUsed }) => isUsed);
  if (used.some(({ faults }) => worstOf(faults) === 'broken')) return 'broken';
  const broken = used.filter(({ state }) => state === 'broken');
  const isSoftened = broken.length > 0 && broken.every(isMissingWithWarnings);
  if (broken.length > 0) return broken.length === used.length && !isSoftened ? 'broken' : 'at-risk';
  return worst(used.map(({ state }) => state));
}

/** Nobody answers, and the findings call that less than an error: an `error_page` answers in its place. */
function isMissingWithWarnings({ listeners, faults }: AddressNode): boolean {
  return listeners.length === 0 && faults.length > 0;
}
