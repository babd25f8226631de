import { homepage } from '../about.ts';

/** Where the documentation of a rule stands: a heading of its own on the page of all rules. */
export function ruleUrl(rule: string): string {
  return `${homepage}/blob/main/rules/README.md#${rule}`;
}
