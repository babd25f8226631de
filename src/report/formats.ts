import { compact } from './compact.ts';
import { json } from './json.ts';
import { pretty } from './pretty.ts';
import type { Reporter } from './reporter.ts';

/** Every format of `--format`, by name. */
export const formats = { pretty, compact, json } as const satisfies Record<string, Reporter>;

/** The name of a format. */
export type Format = keyof typeof formats;
