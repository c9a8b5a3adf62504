import * as contract from '@bangfu/contracts/training/certificates';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { makePdf, sealBlock } from '@bangfu/platform/print/pdf';
import { basisText } from '@bangfu/platform/policy/policy-basis';
import { verifyAddress } from '@bangfu/platform/print/verify-address';
import { download } from '../../../operations.ts';
import { getVisibleCertificate } from '../certificate.repository.ts';

const longDay = (day: string) => day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1 年 $2 月 $3 日');

/** Writes a certificate on A4 landscape, with the code of its public verification. @throws Refusal 404; DomainError CERTIFICATE_WITHDRAWN */
export const printCertificate = download(contract.printCertificate, async (call) => {
  const { caller, now, request, response } = call;
  const certificate = await getVisibleCertificate(call.read, caller, call.params.certificateId);
  response.type('application/pdf').set('content-disposition', `inline; filename="${certificate.number}.pdf"`);
  demand(certificate.withdrawnOn === null, 'CERTIFICATE_WITHDRAWN');
  const { personName, townshipName, villageName, courseName, lessons, className, begins, ends, providerName, basis } =
    certificate;
  const place = `${townshipName}${villageName}`;
  await makePdf(
    {
      title: `培训证书 ${certificate.number}`,
      landscape: true,
      printedOn: businessDayOf(now),
      operator: caller.name,
      content: [
        { text: '培 训 证 书', fontSize: 36, bold: true, alignment: 'center', margin: [0, 24, 0, 6] },
        { text: `证书编号：${certificate.number}`, alignment: 'center', fontSize: 11, margin: [0, 0, 0, 30] },
        {
          text: [
            { text: personName, bold: true, fontSize: 22 },
            `（${place}）于 ${longDay(begins)}至 ${longDay(ends)}参加 `,
            { text: courseName, bold: true },
            ` 培训（${className}，${lessons} 课时），出勤和考核合格，成绩 ${certificate.mark} 分，特发此证。`,
          ],
          fontSize: 16,
          lineHeight: 1.9,
          leadingIndent: 32,
          margin: [24, 0, 24, 24],
        },
        { text: basis ? `发证依据：${basisText(basis)}` : '', fontSize: 11, margin: [24, 0, 24, 12] },
        {
          text: `发证日期：${longDay(certificate.issuedOn)}`,
          alignment: 'right',
          fontSize: 13,
          margin: [0, 0, 24, 12],
        },
        await sealBlock({ address: verifyAddress(request, certificate.number), number: certificate.number }, [
          providerName,
          '发证机关',
        ]),
      ],
    },
    response,
  );
});
