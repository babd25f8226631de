/** A configuration fragment for the level of `http`, and what nginx's tokenizer says of it first, and where. */
export interface TokenizerCase {
  readonly title: string;
  readonly text: string;
  /** Undefined where nginx takes it. */
  readonly says?: readonly [message: string, line: number];
}

const a = (count: number): string => 'a'.repeat(count);
const ENDS = 'unexpected end of file, expecting ";" or "}"';
const UNCLOSED = 'unexpected end of file, expecting "}"';

/** Each is also put to the real nginx in test/oracle, so that this list is no opinion of ours. */
export const tokenizerCases: readonly TokenizerCase[] = [
  { title: 'nothing', text: '' },
  { title: 'a comment without an end of line', text: '# only this' },
  { title: 'quotes and escapes', text: 'charset "a\\"b";\nserver { charset \'c"d\'; }' },
  { title: 'CRLF line ends', text: 'server {\r\n  root /a;\r\n}\r\n' },
  { title: 'a variable in braces', text: 'server { root /a/${host}/b; }' },
  { title: 'a # inside a word', text: 'server { root /a#b; }' },
  { title: 'a comment between arguments', text: 'index a # x;\n b;' },
  { title: 'a string over two lines', text: 'server { root "/a\nb"; }' },
  { title: 'a } inside a word', text: 'server { root /a}b; }' },
  { title: 'a quote inside a word', text: `server { root /a'b"c; }` },
  { title: 'a word of the longest length, ended by ;', text: `index ${a(4095)};` },
  { title: 'a word of the longest length, ended by a space', text: `index ${a(4094)} ;` },
  { title: 'a quoted word of the longest length', text: `index "${a(4094)}";` },
  { title: 'a comment of the longest length', text: `#${a(4094)}\nindex a;` },
  { title: 'a brace where a block ended', text: 'server {}\n}\n', says: ['unexpected "}"', 2] },
  { title: 'a missing ; before }', text: 'server {\n  root /a\n}\n', says: ['unexpected "}"', 3] },
  { title: 'an empty directive', text: 'server {\n;\n}', says: ['unexpected ";"', 2] },
  { title: 'a block without a name', text: 'server {\n{ }\n}', says: ['unexpected "{"', 2] },
  {
    title: 'a stray ; before a block',
    text: 'server ;\n{\n}',
    says: ['directive "server" has no opening "{"', 1],
  },
  { title: 'an end in a word', text: 'server {\n  root /a', says: [ENDS, 2] },
  { title: 'an end after a word', text: 'server {\n  root /a\n\n', says: [ENDS, 4] },
  { title: 'an end in a string', text: 'server {\n  root "/a;\n}\n', says: [ENDS, 4] },
  { title: 'an end in a block', text: 'server {\n  root /a;\n', says: [UNCLOSED, 3] },
  { title: 'a letter after a quote', text: 'index "a"b;', says: ['unexpected "b"', 1] },
  { title: 'a comment after a quote', text: 'index "a"# b;', says: ['unexpected "#"', 1] },
  { title: 'a brace after a quote', text: 'server { index "a"}', says: ['unexpected "}"', 1] },
  { title: 'a quote that closes a line later', text: 'index "a;\nindex "b";\n', says: ['unexpected "b"', 2] },
  { title: 'a parenthesis after a quote', text: 'index "a")\n;' },
  { title: 'a backslash at the end', text: 'index a\\', says: [ENDS, 1] },
  {
    title: 'a word that is too long',
    text: `\nindex ${a(4096)};`,
    says: ['too long parameter "aaaaaaaaaa..." started', 2],
  },
  {
    title: 'a word that is one too long before a space',
    text: `index ${a(4095)} ;`,
    says: ['too long parameter "aaaaaaaaaa..." started', 1],
  },
  {
    title: 'a word that is too long in bytes, not in characters',
    text: `index ${'é'.repeat(2048)};`,
    says: ['too long parameter "ééééé..." started', 1],
  },
  {
    title: 'a string that is too long',
    text: `\n\nindex "${a(4100)}";`,
    says: ['too long parameter, probably missing terminating """ character', 3],
  },
  {
    title: 'a string whose quote is the last that fits',
    text: `index '${a(4095)}';`,
    says: ['too long parameter "aaaaaaaaaa..." started', 1],
  },
  {
    title: 'a string and a space that fill the buffer',
    text: `index '${a(4094)}' ;`,
    says: ['too long parameter "aaaaaaaaaa..." started', 1],
  },
  {
    title: 'a string whose end is missing',
    text: `index 'a;\n${'index b;\n'.repeat(600)}`,
    says: ['too long parameter, probably missing terminating "\'" character', 1],
  },
  {
    title: 'a comment that is too long',
    text: `index b;\n#${a(4095)}\n`,
    says: ['too long parameter "#aaaaaaaaa..." started', 2],
  },
  {
    title: 'a placeholder for a directive',
    text: 'server {\n  {{ include }}\n}',
    says: ['unexpected "{"', 2],
  },
];
