import fc from 'fast-check';
import { expect, it } from 'vitest';
import { WRITINGS } from '../shared/writings.fixture.ts';
import { certificateNumber, readCertificateNumber } from './certificate.ts';

const certificate = fc
  .tuple(fc.integer({ min: 2014, max: 2099 }), fc.integer({ min: 1, max: 999_999 }))
  .map(([year, serial]) => certificateNumber('211382', year, serial));

it('given a certificate’s number, however it is written off, then it is the same number', () => {
  fc.assert(
    fc.property(certificate, fc.constantFrom(...WRITINGS), (number, write) => {
      expect(readCertificateNumber(number)).not.toBeNull();
      expect(readCertificateNumber(write(number))).toEqual(readCertificateNumber(number));
    }),
  );
});
