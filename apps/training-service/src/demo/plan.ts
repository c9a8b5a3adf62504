import type { Course } from '@bangfu/contracts/training/courses';

/** A class of the demo, by days before or after the day the demo is made on. */
export interface DemoClass {
  readonly course: string;
  readonly provider: number;
  readonly begins: number;
  readonly lasts: number;
  readonly place: string;
  readonly capacity: number;
  readonly learners: number;
  /** How far it has come. */
  readonly until: 'certificates' | 'results' | 'attendance' | 'enrolment';
}

export const DEMO_PROVIDERS = [
  { name: '县职业技术教育中心', contact: '培训部', note: '种植、养殖、家政' },
  { name: '新农人职业技能培训学校', contact: '教务处', note: '手工、电商、餐饮' },
] as const;

export const DEMO_COURSES: readonly (Pick<Course, 'name' | 'kind' | 'lessons'> & { readonly content: string })[] = [
  { name: '食用菌栽培', kind: 'farming', lessons: 40, content: '菌种、制棒、出菇管理、病虫害防治' },
  { name: '家政服务', kind: 'trade', lessons: 48, content: '保洁、老人照护、婴幼儿照料' },
  { name: '果树修剪', kind: 'farming', lessons: 24, content: '苹果、梨的冬剪和夏剪' },
  { name: '手工编织', kind: 'trade', lessons: 32, content: '草编、柳编工艺品' },
  { name: '农村电商', kind: 'business', lessons: 24, content: '开店、拍摄、客服和发货' },
];

export const DEMO_CLASSES: readonly DemoClass[] = [
  {
    course: '食用菌栽培',
    provider: 0,
    begins: -130,
    lasts: 10,
    place: '县职教中心实训大棚',
    capacity: 40,
    learners: 26,
    until: 'certificates',
  },
  {
    course: '家政服务',
    provider: 0,
    begins: -75,
    lasts: 12,
    place: '县职教中心 301 教室',
    capacity: 30,
    learners: 22,
    until: 'certificates',
  },
  {
    course: '手工编织',
    provider: 1,
    begins: -60,
    lasts: 8,
    place: '镇文化站',
    capacity: 30,
    learners: 18,
    until: 'certificates',
  },
  {
    course: '果树修剪',
    provider: 0,
    begins: -12,
    lasts: 6,
    place: '镇农技站果园',
    capacity: 35,
    learners: 20,
    until: 'results',
  },
  {
    course: '家政服务',
    provider: 0,
    begins: -4,
    lasts: 12,
    place: '县职教中心 301 教室',
    capacity: 30,
    learners: 20,
    until: 'attendance',
  },
  {
    course: '农村电商',
    provider: 1,
    begins: 10,
    lasts: 6,
    place: '镇电商服务站',
    capacity: 30,
    learners: 12,
    until: 'enrolment',
  },
];
