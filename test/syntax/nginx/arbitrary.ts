import fc from 'fast-check';
import { pieces } from '../../fuzz/pieces.ts';

/** Three of them are more than nginx reads at a time. */
const LONG_WORD = 'a'.repeat(1500);

/** Text in which everything that means something to nginx's tokenizer is frequent. */
export const configText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...pieces.nginx, LONG_WORD), fc.string({ maxLength: 3 })), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''));
