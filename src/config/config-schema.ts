import schemaFile from './no502.schema.json' with { type: 'json' };
import type { Schema } from './schema.ts';

const toProperty = '#/properties/';

/**
 * The schema of no502.yaml: the validator, the command line, the documentation and editors read this one. TypeScript
 * widens the words of a JSON file to `string`; that they are those of `Schema` is a test.
 */
export const configSchema = withoutReferences(schemaFile as Schema);

/** What a host of several is told is what a single one is told: the file says it once. Only keys of the top are referred to. */
function withoutReferences(whole: Schema): Schema {
  const { hosts, ...top } = whole.properties ?? {};
  const ofHost = hosts?.additionalProperties;
  if (!hosts || !ofHost) return whole;
  const properties = Object.fromEntries(
    Object.entries(ofHost.properties ?? {}).map(([key, { $ref, ...own }]) => [
      key,
      { ...($ref?.startsWith(toProperty) && top[$ref.slice(toProperty.length)]), ...own },
    ]),
  );
  return {
    ...whole,
    properties: { ...whole.properties, hosts: { ...hosts, additionalProperties: { ...ofHost, properties } } },
  };
}
