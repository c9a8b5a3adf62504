const MEMBERS = [
  {
    name: '户主甲',
    relation: 'head',
    sex: 'male',
    birthDate: '1961-03-05',
    labour: 'ordinary',
    school: null,
    health: ['chronic'],
  },
  {
    name: '配偶乙',
    relation: 'spouse',
    sex: 'female',
    birthDate: '1963-11-20',
    labour: 'weak',
    school: null,
    health: ['healthy'],
  },
  {
    name: '子女丙',
    relation: 'child',
    sex: 'female',
    birthDate: '2011-07-01',
    labour: null,
    school: 'primary',
    health: ['healthy'],
  },
];

/** The data of a household-recorded event as large as a county's average: three members. */
export function exampleHousehold(householdId: string, n: number) {
  return {
    householdId,
    number: `2113820012${String(n).padStart(6, '0')}`,
    countyCode: '211382000000',
    villageCode: '211382001202',
    villageName: '东五官村',
    townshipName: '东城街道',
    status: 'registered',
    category: 'general',
    mainCause: 'illness',
    perCapitaIncomeFen: 350_000 + (n % 1000),
    members: MEMBERS.map((member, i) => ({ ...member, personId: `${householdId.slice(0, -1)}${i}` })),
  };
}
