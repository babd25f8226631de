// Takes the place of the package escalade in the bundle. With it yargs looks for a package.json in the current directory
// and in all above it: those are somebody else's, and no502 is not set up by what stands in them.
export default function escalade() {
  return undefined;
}
