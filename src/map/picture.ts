import type { State } from './graph.ts';

/** How a box or a line of a picture is drawn: how what it stands for fares. */
export type Look = State | 'unused';

/** One box of a picture. */
export interface Box {
  readonly id: string;
  readonly kind: 'server' | 'choice' | 'listener' | 'end';
  readonly lines: readonly string[];
  readonly look: Look;
}

/** The boxes of one host. */
export interface Frame {
  readonly id: string;
  readonly lines: readonly string[];
  readonly boxes: readonly Box[];
}

/** A line from one box to another. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly lines: readonly string[];
  readonly look: Look;
}

/** The map as boxes and arrows, for the languages that draw such pictures. Each thing is one box, however many lead to it. */
export interface Drawing {
  readonly frames: readonly Frame[];
  /** What is on no host that was read. */
  readonly outside: readonly Box[];
  readonly arrows: readonly Arrow[];
}
