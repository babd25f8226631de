/**
 * The part of JSON Schema (draft 7) that no502.schema.json uses and `validate` knows.
 * https://json-schema.org/draft-07/json-schema-validation
 */
export interface Schema {
  readonly type?: SchemaType | readonly SchemaType[];
  readonly enum?: readonly string[];
  /** For strings. */
  readonly pattern?: string;
  readonly minLength?: number;
  /** For numbers. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** For arrays. */
  readonly items?: Schema;
  /** For objects. */
  readonly properties?: Readonly<Record<string, Schema>>;
  /** For objects: `false` allows no other key, a schema judges the values of all others. */
  readonly additionalProperties?: false | Schema;
  /** For objects: exactly one of these keys must be there. */
  readonly oneOf?: readonly { readonly required: readonly string[] }[];
  /** Alternatives of different types. */
  readonly anyOf?: readonly Schema[];
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly title?: string;
  readonly $id?: string;
  /** Another place of the same schema that says the rest: `#/properties/memory`. */
  readonly $ref?: string;
  readonly $schema?: string;
}

/** The types of values that the schema tells apart. */
export type SchemaType = 'object' | 'array' | 'string' | 'integer' | 'number';

/** How a person calls a type: `must be a whole number`. */
export const typeNames = {
  object: 'a mapping',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
} as const satisfies Record<SchemaType, string>;

/** The types a schema allows, those of its alternatives included. */
export function typesOf({ type, anyOf }: Schema): readonly SchemaType[] {
  if (anyOf) return anyOf.flatMap(typesOf);
  if (type === undefined) return [];
  return typeof type === 'string' ? [type] : type;
}
