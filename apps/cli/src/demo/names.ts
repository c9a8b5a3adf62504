import type { Sex } from '@bangfu/domain/shared/id-number';
import { type Dice, type Weights, weights } from './dice.ts';

const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭' +
  '廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文';
const GIVEN: Readonly<Record<Sex, readonly string[]>> = {
  male: Array.from(
    '国强志军建福海山林春田根宝祥贵满仓德顺有才学勇义长生树柱栓石江河东来喜庆丰成业守信永兴双全怀玉振宗延广',
  ),
  female: Array.from(
    '桂兰秀英凤霞淑珍玉梅春花素芹翠萍月娥丽红艳芳小燕云香彩莲金枝巧玲雪冬菊改莉娟银环爱华荣慧敏瑞芝蕊',
  ),
};

/** Frequent surnames first, the k-th drawn in proportion to 1/(k+4). */
const BY_FREQUENCY: Weights<string> = weights(...Array.from(SURNAMES, (name, i) => [name, 1 / (i + 5)] as const));

/** A surname as common as in life. */
export function surname(dice: Dice): string {
  return dice.draw(BY_FREQUENCY);
}

/** A given name of one or two characters put together by chance: no person is meant. */
export function givenName(sex: Sex, dice: Dice): string {
  const characters = GIVEN[sex];
  return dice.chance(0.3) ? dice.pick(characters) : dice.pick(characters) + dice.pick(characters);
}
