import fc from 'fast-check';
import { expect, test } from 'vitest';
import { businessDay } from '../../shared/time.ts';
import { canonicalNotice, type NoticeFrame, noticeContent } from './content.ts';

const frame: NoticeFrame = {
  kind: 'registration',
  level: 'village',
  place: '北店村',
  openedOn: businessDay('2024-03-01'),
  fullDays: 7,
};

const digits = (length: number) => fc.stringMatching(new RegExp(`^[1-9]\\d{${length - 1}}$`));
const household = fc.record({
  headName: fc.constantFrom('孟春和', '秦树林', '安·朵'),
  villageName: fc.constantFrom('北店村', '五里屯村'),
  idNumber: digits(18),
  phone: digits(11),
  bankAccount: digits(19),
  health: fc.constantFrom('长期慢性病', '患有大病', '残疾'),
  disability: digits(20),
});

test('whatever is known of the households, the notice shows no ID, phone, account or health', () => {
  fc.assert(
    fc.property(fc.array(household, { minLength: 1, maxLength: 8 }), (households) => {
      const text = canonicalNotice(noticeContent(frame, households));
      for (const h of households) {
        for (const secret of [h.idNumber, h.phone, h.bankAccount, h.health, h.disability]) {
          expect(text).not.toContain(secret);
        }
      }
      expect(text).not.toMatch(/\d{5,}/);
    }),
  );
});

test('a number typed into a name is refused, in any writing', () => {
  fc.assert(
    fc.property(fc.oneof(digits(7), digits(11), digits(18)), fc.boolean(), (number, wide) => {
      const written = wide ? number.replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0)) : number;
      const subject = { headName: `孟春和 ${written}`, villageName: '北店村' };
      expect(() => noticeContent(frame, [subject])).toThrow('NOTICE_TEXT_UNFIT');
    }),
  );
});

test('the order of a batch does not change the content, and its keys are sorted', () => {
  const a = { headName: '孟春和', villageName: '北店村' };
  const b = { headName: '秦树林', villageName: '北店村' };
  const text = canonicalNotice(noticeContent(frame, [b, a]));
  expect(text).toBe(canonicalNotice(noticeContent(frame, [a, b])));
  expect(text).toBe(
    '{"entries":[{"name":"孟春和","village":"北店村"},{"name":"秦树林","village":"北店村"}],' +
      '"format":"bangfu-notice/1","fullDays":7,"kind":"registration","level":"village",' +
      '"openedOn":"2024-03-01","place":"北店村"}',
  );
});

test('content read back from a store with its keys in another order hashes alike', () => {
  const content = noticeContent(frame, [{ headName: '孟春和', villageName: '北店村' }]);
  const shuffled = Object.fromEntries(Object.entries(content).reverse()) as unknown as typeof content;
  expect(canonicalNotice(shuffled)).toBe(canonicalNotice(content));
});

test('a notice without entries is refused', () => {
  expect(() => noticeContent(frame, [])).toThrow('NOTICE_EMPTY');
});
