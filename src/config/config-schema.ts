import schemaFile from './no502.schema.json' with { type: 'json' };
import type { Schema } from './schema.ts';

/**
 * The schema of no502.yaml: the validator, the command line, the documentation and editors read this one. TypeScript
 * widens the words of a JSON file to `string`; that they are those of `Schema` is a test.
 */
export const configSchema = schemaFile as Schema;
