// Takes the place of the package cliui in the bundle: yargs lays out its help with it, and no502 prints its own.
export default function cliui() {
  throw new Error('yargs was asked for its help');
}
