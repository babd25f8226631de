// Takes the place of node:util in yargs, which formats `%s` and shows defaults with it. Importing the real one also
// loads its parsers of arguments and media types.
export function format(text, ...values) {
  let next = 0;
  return text.replace(/%[sd]/g, (place) => (next < values.length ? String(values[next++]) : place));
}

export function inspect(value) {
  return JSON.stringify(value);
}
