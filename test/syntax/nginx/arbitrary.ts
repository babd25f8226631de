import fc from 'fast-check';

const PIECES = [
  ...[
    'server',
    'location',
    '/',
    'root',
    '/var/www',
    'listen',
    '80',
    '$host',
    '${host}',
    'content_by_lua_block',
  ],
  ...[
    ' ',
    '  ',
    '\n',
    '\r\n',
    '\t',
    ';',
    ';\n',
    '{',
    '}',
    '{\n',
    '}\n',
    '"',
    "'",
    '\\',
    '\\"',
    '$',
    '#',
    '# note\n',
  ],
  ...[
    '{{ x }}',
    '{% if %}',
    '[[',
    ']]',
    '--',
    '(',
    ')',
    '\0',
    '\ufeff',
    '\u00a0',
    'é',
    '😀',
    'a'.repeat(1500),
  ],
];

/** Text in which everything that means something to nginx's tokenizer is frequent. */
export const configText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 3 })), { maxLength: 60 })
  .map((pieces) => pieces.join(''));
