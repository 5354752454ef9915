import { checkEntry, checkPlan } from '@sajeon/domain';
import { sampleAgencies, sampleInventory, samplePlans } from './index.js';

const FOLDER = 'sample';

describe('the sample', () => {
  it('holds the systems and the projects of both sources, each with where it comes from', async () => {
    const systems = await sampleInventory(FOLDER);
    const plans = await samplePlans(FOLDER);
    expect(systems).toHaveLength(110);
    expect(plans).toHaveLength(159);
    expect(systems.every(({ entry }) => entry.source !== '')).toBe(true);
    // 52 tasks of the roadmap name no owner; the domain has the word on whether it takes them.
    for (const { entry } of systems) if (entry.agency !== '') checkEntry(entry);
    for (const { plan } of plans) checkPlan(plan);
    expect(new Set([...systems.map(({ system }) => system), ...plans.map(({ id }) => id)]).size).toBe(269);
  });

  it('keeps the labels of its rows out of systems and plans', async () => {
    const read = JSON.stringify([await sampleInventory(FOLDER), await samplePlans(FOLDER)]);
    expect(read).not.toContain('감사원 전면 개편 통보');
    expect(read).not.toContain('지침 제18조에 따라 앱 개발 필요성을');
  });

  it('names 17 시·도 and all 226 시·군·구, each under its own 시·도', async () => {
    const agencies = await sampleAgencies(FOLDER);
    const tier = (name: string) => agencies.filter((agency) => agency.tier === name);
    expect(tier('METROPOLITAN')).toHaveLength(17);
    // Jeju's two administrative cities are no local governments of their own, but the data names them.
    const basic = tier('BASIC_LOCAL').filter((agency) => agency.parent !== 'jeju');
    expect(basic).toHaveLength(226);
    const byId = new Map(agencies.map((agency) => [agency.id, agency]));
    for (const agency of tier('BASIC_LOCAL')) {
      const parent = byId.get(agency.parent ?? '');
      expect(parent?.tier).toBe('METROPOLITAN');
      expect(agency.name.startsWith(`${parent?.name} `)).toBe(true);
      expect(agency.id.startsWith(`${parent?.id}-`)).toBe(true);
    }
    const count = (parent: string) => basic.filter((agency) => agency.parent === parent).length;
    expect(['seoul', 'busan', 'daegu', 'incheon', 'gyeonggi', 'gangwon', 'gyeongbuk', 'gyeongnam'].map(count)).toEqual([
      25, 16, 9, 10, 31, 18, 22, 18,
    ]);
  });

  it('has readable unique ids, and every agency after its parent, the ministry first', async () => {
    const seen = new Set<string>();
    for (const { id, name, parent } of await sampleAgencies(FOLDER)) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)?$/);
      expect(name.trim()).not.toBe('');
      expect(seen.has(id)).toBe(false);
      expect(parent === null ? id === 'mois' : seen.has(parent)).toBe(true);
      seen.add(id);
    }
  });
});
