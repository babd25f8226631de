/** A fault of no502 itself, with what it was doing. The command prints it and exits 3. */
export class InternalError extends Error {
  constructor(doing: string, options: { readonly cause: unknown }) {
    super(doing, options);
    this.name = 'InternalError';
  }
}
