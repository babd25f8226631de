import type { Span } from '../syntax/source.ts';
import type { Destination, Fault, ListenerNode, State } from './graph.ts';
import type { Mark } from './marks.ts';
import type { Places } from './places.ts';
import type { Twig } from './twigs.ts';
import { faultText } from './words.ts';

/** Where in the drawing something hangs. */
export interface Branch {
  readonly places: Places;
  /** The id of the host that is drawn. */
  readonly hostId: string;
  /** The destinations and listeners that are drawn already. */
  readonly drawn: Set<Destination | ListenerNode>;
}

/** What hangs on something that stands there. */
export function on(place: Span | undefined, branch: Branch): Branch {
  return { ...branch, places: branch.places.below(place) };
}

/** So many findings are told in one place. */
const FAULTS_MAX = 3;

/** Findings as they hang on what they lie on. */
export function faultTwigs(faults: readonly Fault[], branch: Branch): readonly Twig[] {
  const told = faults.slice(0, FAULTS_MAX).map((fault) => faultTwig(fault, branch));
  const rest = faults.length - told.length;
  return rest === 0 ? told : [...told, { text: `and ${rest} more`, look: 'dim', twigs: [] }];
}

function faultTwig(fault: Fault, { places }: Branch): Twig {
  const mark = fault.severity === 'error' ? 'broken' : 'at-risk';
  return { mark, text: faultText(fault), ...places.at(fault.at), twigs: [] };
}

/** A remark in place of what would hang there. */
export function note(mark: Mark | undefined, text: string): Twig {
  return { ...(mark && { mark }), text, ...(mark === 'unused' && { look: 'dim' }), twigs: [] };
}

/** The sign of a state; none where all is well. */
export function markOf(state: State): Mark | undefined {
  return state === 'fine' ? undefined : state;
}
