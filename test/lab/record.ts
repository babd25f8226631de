import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { asOne, type NetworkObservation } from './network/observation.ts';
import type { Observation } from './observation.ts';

const WIDTH = 140;

/** The observation as it stands in the repository: keys sorted, what fits on a line on one line. */
export function printObservation(observation: Observation | NetworkObservation): string {
  return `${print(observation, '')}\n`;
}

function print(value: unknown, indent: string): string {
  const flat = JSON.stringify(sortKeys(value));
  if (typeof value !== 'object' || value === null || flat.length + indent.length <= WIDTH) return flat;
  const deeper = `${indent} `;
  const isList = Array.isArray(value);
  const items = isList
    ? value.map((inside) => `${deeper}${print(inside, deeper)}`)
    : sorted(value).map(([key, inside]) => `${deeper}${JSON.stringify(key)}: ${print(inside, deeper)}`);
  const [open, close] = isList ? '[]' : '{}';
  return `${open}\n${items.join(',\n')}\n${indent}${close}`;
}

function sorted(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The recorded truth of a scenario, that of several hosts told as of one; undefined where none was recorded yet. */
export function readRecorded(lab: string, id: string): Observation | undefined {
  const text = readRecordedText(lab, id);
  if (text === undefined) return undefined;
  const recorded: Observation | NetworkObservation = JSON.parse(text);
  return 'hosts' in recorded ? asOne(recorded) : recorded;
}

/** The same as it lies on disk. */
export function readRecordedText(lab: string, id: string): string | undefined {
  try {
    return readFileSync(pathOf(lab, id), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes the recorded truth of a scenario. */
export function writeRecorded(lab: string, id: string, text: string): void {
  mkdirSync(dirname(pathOf(lab, id)), { recursive: true });
  writeFileSync(pathOf(lab, id), text);
}

function pathOf(lab: string, id: string): string {
  return join(lab, 'recorded', `${id}.json`);
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(sorted(value).map(([key, inside]) => [key, sortKeys(inside)]));
}
