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
    for (const { entry } of systems) checkEntry(entry);
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

  it('knows the agencies by the names that the cases use, and takes no short name that two agencies bear', async () => {
    const agencies = await sampleAgencies(FOLDER);
    const names = agencies.flatMap(({ name, shortName, formerNames }) => [
      name,
      ...(shortName ? [shortName] : []),
      ...formerNames,
    ]);
    expect(new Set(names).size).toBe(names.length);
    const plain = (text: string) => text.replace(/\(.*\)/, '');
    const cases = [
      ...(await sampleInventory(FOLDER)).map(({ entry }) => entry.agency),
      ...(await samplePlans(FOLDER)).map((p) => p.agency),
    ];
    const named = new Set(cases.flatMap((agency) => plain(agency).split(/[·,/]/)).map((agency) => agency.trim()));
    // A ministry abolished without one successor, a task force, an office of a ministry, the presidential office, an old association.
    expect([...named].filter((agency) => agency !== '' && !names.includes(agency)).sort()).toEqual(
      ['도로교통안전협회', '정보통신부', '청와대', '통합형사사법추진기획단', '행정자치부 전자정부국'].sort(),
    );
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
