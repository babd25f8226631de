import { expect, test } from 'vitest';
import { configSchema } from '../../src/config/config-schema.ts';
import { type Schema, typeNames } from '../../src/config/schema.ts';
import { failLevels, ruleLevels } from '../../src/engine/severity.ts';
import { appProtocols } from '../../src/model/apps/app.ts';

const known = new Set([
  ...['$schema', '$id', 'title', 'description', 'examples', 'default'],
  ...['type', 'enum', 'pattern', 'minLength', 'minimum', 'maximum', 'items'],
  ...['properties', 'additionalProperties', 'oneOf', 'anyOf'],
]);

function inner(schema: Schema): readonly Schema[] {
  const { items, properties = {}, additionalProperties, anyOf = [] } = schema;
  return [
    ...Object.values(properties),
    ...anyOf,
    ...[items, additionalProperties].flatMap((each) => each || []),
  ];
}

function all(schema: Schema): readonly Schema[] {
  return [schema, ...inner(schema).flatMap(all)];
}

test('the schema says nothing that the validator does not know', () => {
  for (const schema of all(configSchema)) {
    for (const keyword of Object.keys(schema)) expect(known).toContain(keyword);
    for (const type of [schema.type ?? []].flat()) expect(Object.keys(typeNames)).toContain(type);
  }
});

test('every key is described, for editors', () => {
  const described = all(configSchema).flatMap(({ properties = {} }) => Object.entries(properties));
  for (const [key, { description }] of described) expect(description, key).toMatch(/\.$/);
});

function others(schema: Schema | undefined): Schema | undefined {
  return schema?.additionalProperties === false ? undefined : schema?.additionalProperties;
}

test('the words of the schema are those of the command', () => {
  const { rules, failOn, apps } = configSchema.properties ?? {};
  expect(others(rules)?.enum).toEqual(ruleLevels);
  expect(failOn?.enum).toEqual(failLevels);
  const app = others(apps)?.anyOf?.[1]?.properties ?? {};
  expect(app['protocol']?.enum).toEqual(appProtocols);
});
