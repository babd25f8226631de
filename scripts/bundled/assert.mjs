// Takes the place of node:assert in the bundle: yargs asks it two questions about tests of yargs itself, and loading it
// makes every start 2 ms slower.
export function strictEqual(actual, expected, message) {
  if (!Object.is(actual, expected)) throw new Error(message ?? 'not equal');
}

export function notStrictEqual(actual, expected, message) {
  if (Object.is(actual, expected)) throw new Error(message ?? 'equal');
}
