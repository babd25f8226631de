import { beforeAll, describe, expect, test } from 'vitest';
import { bundleGuest } from '../lab/bundle.ts';
import { planFor } from '../lab/load.ts';
import { failed } from '../lab/observation.ts';
import { reasonNotToRun, run } from '../lab/run.ts';
import { hosts, lab, staleScenarios, upgradeScenario } from '../upgrade/lab.ts';

const reason = reasonNotToRun();

describe.skipIf(reason !== undefined)(
  `hosts of the lab after no502 upgrade --fix, with the real servers${reason === undefined ? '' : ` (left out: ${reason})`}`,
  () => {
    let guest = '';
    beforeAll(async () => {
      guest = await bundleGuest(lab);
    });

    test.each(staleScenarios)('%s answers 200', async (_id, scenario) => {
      const host = hosts.get(scenario.base);
      if (!host) throw new Error(`there is no host ${scenario.base}`);
      const { tree } = await upgradeScenario(scenario);
      const observation = await run(planFor(tree, host.story, scenario), guest);
      expect(failed(observation), JSON.stringify(observation)).toBe(false);
      expect(observation.requests.map(({ status }) => status)).toEqual(observation.requests.map(() => 200));
    });
  },
);
