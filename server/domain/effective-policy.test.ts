import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PolicyLayer, resolvePolicy } from './effective-policy.ts';
import { POLICY_SETTINGS } from './policy-settings/services.ts';
import { defaultsOf } from './policy-settings/setting.ts';

const settings = fc.record(
  { cpuPercent: fc.integer({ min: 1, max: 3 }), cpuMinutes: fc.integer({ min: 1, max: 3 }), cpuWatched: fc.boolean() },
  { requiredKeys: [] },
);

/** At most one policy by each target, as the table has it. */
const layers: fc.Arbitrary<PolicyLayer[]> = fc
  .uniqueArray(
    fc.record({
      layer: fc.constantFrom('GROUP' as const, 'GROUP' as const, 'DEVICE' as const),
      targetId: fc.constantFrom('grp_1', 'grp_2', 'grp_3', 'grp_4'),
      policyId: fc.constantFrom('pol_1', 'pol_2', 'pol_3'),
      version: fc.integer({ min: 1, max: 3 }),
      settings,
      assignedAt: fc.integer({ min: 1, max: 3 }),
    }),
    { selector: ({ layer, targetId }) => (layer === 'DEVICE' ? 'dev' : targetId) },
  )
  .map((all) => all.map((each) => (each.layer === 'DEVICE' ? { ...each, targetId: 'dev_1' } : each)));

const resolve = (all: readonly PolicyLayer[]) => resolvePolicy('dev_1', 'MONITORING', all);

describe('SVC-09 which policy a device’s settings come from', () => {
  it('without any policy all are defaults', () => {
    const { settings, origins } = resolve([]);
    expect(settings).toEqual(defaultsOf(POLICY_SETTINGS.MONITORING));
    expect(origins.every(({ origin }) => origin.layer === 'DEFAULT')).toBe(true);
  });

  it('does not depend on the order in which layers are found', () => {
    fc.assert(
      fc.property(
        layers.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(resolve(shuffled)).toEqual(resolve(all));
        },
      ),
    );
  });

  it('each value is its origin’s: the device’s, else the group’s that was assigned last, else the default', () => {
    fc.assert(
      fc.property(layers, (all) => {
        for (const { setting, value, origin, conflicts } of resolve(all).origins) {
          const setters = all.filter((each) => Object.hasOwn(each.settings, setting));
          const device = setters.find(({ layer }) => layer === 'DEVICE');
          if (setters.length === 0) expect(origin).toEqual({ layer: 'DEFAULT' });
          if (origin.layer === 'DEFAULT') continue;
          const winner = setters.find(({ targetId }) => targetId === origin.targetId) as PolicyLayer;
          expect(value).toEqual(winner.settings[setting]);
          expect(origin.version).toBe(winner.version);
          if (device) expect(winner).toBe(device);
          else expect(winner.assignedAt).toBe(Math.max(...setters.map(({ assignedAt }) => assignedAt)));
          const differing = device ? [] : setters.filter((each) => each.settings[setting] !== value);
          expect(conflicts).toHaveLength(differing.length);
        }
      }),
    );
  });

  it('equal values have equal fingerprints, other values others, whatever they come from', () => {
    fc.assert(
      fc.property(layers, layers, (one, two) => {
        const [a, b] = [resolve(one), resolve(two)];
        const equal = JSON.stringify(a.settings) === JSON.stringify(b.settings);
        expect(a.fingerprint === b.fingerprint).toBe(equal);
      }),
    );
    expect(resolve([]).fingerprint).not.toBe(resolvePolicy('dev_1', 'BACKUP', []).fingerprint);
  });
});
