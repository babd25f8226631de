import { type Branch, faultTwigs, markOf, note, on } from './branch.ts';
import type { AddressNode, Destination, ListenerNode, PassNode } from './graph.ts';
import type { Twig } from './twigs.ts';
import { listenerText } from './words.ts';

/** A destination with more addresses than this is drawn once for each host. */
const REPEATED_MAX = 3;

/** A pass, and all that it leads to. */
export function passTwig(pass: PassNode, branch: Branch): Twig {
  const { directive, target, within, place, state, unused, why, faults, to } = pass;
  const inside = on(place, branch);
  const mark = unused === undefined ? markOf(state) : 'unused';
  const isAgain = branch.drawn.has(to) && to.addresses.length > REPEATED_MAX;
  branch.drawn.add(to);
  return {
    ...(mark && { mark }),
    text: [directive, target, ...(within === undefined ? [] : [`in ${within}`])].join(' '),
    ...(unused !== undefined && { look: 'dim' }),
    ...branch.places.at(place),
    twigs: [
      ...(unused === undefined ? [] : [note('unused', `no request comes here: ${unused}`)]),
      ...faultTwigs(faults, inside),
      ...(why === undefined ? [] : [note('unknown', why)]),
      ...(isAgain
        ? [{ text: `the ${to.addresses.length} addresses above`, look: 'dim', twigs: [] } as const]
        : destinationTwigs(pass, inside)),
    ],
  };
}

function destinationTwigs({ to, target, faults }: PassNode, branch: Branch): readonly Twig[] {
  const own = faultTwigs(to.faults, branch);
  const [only] = to.addresses;
  const isNamed = to.kind === 'address' && only && !target.includes('$');
  if (isNamed) return [...own, ...answerTwigs(only, branch, faults.length > 0)];
  return [...own, ...to.addresses.map((address) => addressTwig(address, to, branch))];
}

function addressTwig(address: AddressNode, { kind }: Destination, branch: Branch): Twig {
  const { text, parameters, when, state, isUsed, place, faults } = address;
  const inside = on(place, branch);
  const mark = isUsed ? markOf(state) : 'unused';
  const words = kind === 'upstream' ? ['server', text, ...parameters] : [text, ...parameters];
  return {
    ...(mark && { mark }),
    text: when === undefined ? words.join(' ') : `${words.join(' ')} for ${when}`,
    ...(!isUsed && { look: 'dim' }),
    ...branch.places.at(place),
    twigs: [...faultTwigs(faults, inside), ...answerTwigs(address, inside, faults.length > 0)],
  };
}

/** Who answers, or why nobody does where no finding says it. */
function answerTwigs(address: AddressNode, branch: Branch, isExplained: boolean): readonly Twig[] {
  const { why, listeners, text, state } = address;
  if (why === undefined) return listeners.map((listener) => listenerTwig(listener, text, branch));
  return isExplained ? [] : [note(markOf(state), why)];
}

/** Who listens, and what is wrong with that. `dialed` is the address by which it was found. */
export function listenerTwig(listener: ListenerNode, dialed: string, branch: Branch): Twig {
  const { state, place } = listener;
  const mark = markOf(state);
  const why = whyListenerTwigs(listener, on(place, branch));
  const isAgain = branch.drawn.has(listener) && why.length > 0;
  branch.drawn.add(listener);
  return {
    ...(mark && { mark }),
    text: listenerText(listener, dialed, branch.hostId),
    ...branch.places.at(place),
    twigs: isAgain ? [{ text: 'see above', look: 'dim', twigs: [] }] : why,
  };
}

function whyListenerTwigs({ faults, down }: ListenerNode, branch: Branch): readonly Twig[] {
  const isCause = faults.some((fault) => fault.down !== undefined);
  return [
    ...(isCause || down === undefined ? [] : [note('broken', `${down} does not start`)]),
    ...faultTwigs(faults, branch),
  ];
}
