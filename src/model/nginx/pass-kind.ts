import type { Statement } from '../../syntax/nginx/statement.ts';
import { type ByKind, kindAmong, ofKinds, sortByKind } from '../by-kind.ts';
import { oncePer } from '../once-per.ts';
import type { Block } from './block.ts';
import { isSetFor, type Kin, kinFinder, settingsAmong } from './kin.ts';
import type { Nginx } from './nginx.ts';
import { type Pass, type PassProtocol, type PassTarget, settingBeside } from './pass.ts';

/** What passes may have in common: what is in effect for them, and what they lead to. */
export interface PassKind {
  /** Of the blocks that they stand in. */
  readonly kin: Kin;
  /** `fastcgi_pass` */
  readonly directive: string;
  readonly protocol: PassProtocol;
  /** False where no request comes to them. */
  readonly isReachable: boolean;
  readonly atRunTime: boolean;
  /** `unix` and `tcp` are addresses that nginx takes. */
  readonly target: TargetKind;
  /** The blocks of these passes. */
  readonly blocks: readonly Block[];
}

export type TargetKind =
  | 'unix'
  | 'tcp'
  | 'relative-unix'
  | 'invalid'
  | Exclude<PassTarget['kind'], 'address'>;

interface Growing extends PassKind {
  readonly blocks: Block[];
}

const passesByKind = oncePer(({ passes }: Nginx): ByKind<Pass, PassKind> => {
  const byKin = new Map<Kin, Growing[]>();
  const kinOf = kinFinder();
  let before: Growing | undefined;
  return sortByKind(passes, (pass) => {
    const kin = kinOf(pass.block);
    if (!before || !isOfKind(before, pass, kin)) {
      before = kindAmong(byKin, kin, {
        isMeant: (kind) => isOfKind(kind, pass, kin),
        make: () => newKind(pass, kin),
      });
    }
    before.blocks.push(pass.block);
    return before;
  });
});

function isOfKind(kind: PassKind, pass: Pass, kin: Kin): boolean {
  return (
    kind.kin === kin &&
    kind.target === targetKindOf(pass.target) &&
    kind.protocol === pass.protocol &&
    kind.directive === pass.directive.name &&
    kind.isReachable === (pass.unreachable === undefined) &&
    kind.atRunTime === pass.atRunTime
  );
}

function newKind(pass: Pass, kin: Kin): Growing {
  const { directive, protocol, unreachable, atRunTime, target } = pass;
  return {
    kin,
    directive: directive.name,
    protocol,
    isReachable: unreachable === undefined,
    atRunTime,
    target: targetKindOf(target),
    blocks: [],
  };
}

function targetKindOf(target: PassTarget): TargetKind {
  if (target.kind !== 'address') return target.kind;
  return target.parsed.kind === 'address' ? target.parsed.address.kind : target.parsed.kind;
}

/** The passes of an nginx of the kinds that may matter, in their order. */
export function passesOfKinds(nginx: Nginx, mayMatter: (kind: PassKind) => boolean): readonly Pass[] {
  return ofKinds(passesByKind(nginx), mayMatter);
}

/** The kind of each pass of an nginx, in their order. */
export function passKinds(nginx: Nginx): readonly PassKind[] {
  return passesByKind(nginx).kindAt;
}

/** Whether a setting of the module of the passes is set for them: `fastcgi_read_timeout` for a `fastcgi_pass` and `_read_timeout`. */
export function hasSetting({ kin, directive }: PassKind, suffix: string): boolean {
  return isSetFor(kin, settingBeside(directive, suffix));
}

const knownSettings = oncePer((_: PassKind) => new Map<string, readonly (readonly Statement[])[]>());

/** What the directives of a name say that are in effect for any of the passes; see `settingsAmong`. */
export function settingsOf(kind: PassKind, name: string): readonly (readonly Statement[])[] {
  const known = knownSettings(kind).get(name);
  if (known) return known;
  const found = settingsAmong(kind.kin, kind.blocks, name);
  knownSettings(kind).set(name, found);
  return found;
}

/** Whether such a setting is in effect for any of the passes with such values; what several sites say is asked about once. */
export function someSetting(
  kind: PassKind,
  suffix: string,
  isMeant: (values: readonly string[]) => boolean,
): boolean {
  return settingsOf(kind, settingBeside(kind.directive, suffix)).some((list) => {
    const last = list.at(-1);
    return last !== undefined && isMeant(last.values);
  });
}
