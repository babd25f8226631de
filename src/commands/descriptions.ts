import { checkDescription } from './descriptions/check.ts';
import { completionDescription } from './descriptions/completion.ts';
import { explainDescription } from './descriptions/explain.ts';
import { initDescription } from './descriptions/init.ts';
import { mapDescription } from './descriptions/map.ts';
import { rulesDescription } from './descriptions/rules.ts';
import { upgradeDescription } from './descriptions/upgrade.ts';

/** Every command; the first is the one that needs no name. */
export const commandDescriptions = [
  checkDescription,
  rulesDescription,
  explainDescription,
  mapDescription,
  upgradeDescription,
  initDescription,
  completionDescription,
] as const;
