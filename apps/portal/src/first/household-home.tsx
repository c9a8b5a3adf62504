import { PhoneFilled } from '@ant-design/icons';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { getDossier, getMyHousehold } from '@bangfu/contracts/gateway/county';
import { getIncomeStatement } from '@bangfu/contracts/industry/statements';
import { getMyHelper } from '@bangfu/contracts/pairing/pairings';
import { listMyTraining, rateMyTraining } from '@bangfu/contracts/training/satisfaction';
import { formatYuan } from '@bangfu/domain/shared/money';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { useRefused } from '@bangfu/ui/lib/refused';
import { closedBy } from '@bangfu/ui/lib/steps';
import { LinkButton } from '@bangfu/ui/link-button';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Loading } from '@bangfu/ui/states';
import { Button, Radio } from 'antd';
import { useState } from 'react';
import { registerFact } from '../dossier/merge.ts';
import type { TextKey } from '../texts.zh-CN.ts';
import './household-home.css';

type Helper = NonNullable<AnswerOf<typeof getMyHelper>['helper']>;
type Participation = AnswerOf<typeof listMyTraining>['rows'][number];
type Line = AnswerOf<typeof getIncomeStatement>['lines'][number];

/** The answers, the best first. */
const SCORES = [
  { value: 5, text: 'own.score5' },
  { value: 4, text: 'own.score4' },
  { value: 3, text: 'own.score3' },
  { value: 2, text: 'own.score2' },
  { value: 1, text: 'own.score1' },
] as const satisfies readonly { value: number; text: TextKey }[];

/** A household's own page, in large type: who it is, who helps it, its money of this year, and where it can object. */
export function HouseholdHome() {
  const mine = useOperation(getMyHousehold);
  if (mine.data) return <Own householdNumber={mine.data.householdNumber} />;
  if (mine.isError) return <ProblemPanel problem={problemOf(mine.error)} onRetry={() => void mine.refetch()} />;
  return <Loading />;
}

function Own({ householdNumber }: { readonly householdNumber: string }) {
  const t = useText<TextKey>();
  const file = useOperation(getDossier, { params: { householdNumber } });
  const head = file.data && registerFact(file.data, '户主');
  const place = file.data && registerFact(file.data, '住址');
  return (
    <Page title={head ? t('own.titleOf', { name: head }) : t('own.title')}>
      <div className="own">
        <section className="own__card bf-surface" aria-labelledby="own-helper">
          <h2 id="own-helper">{t('own.helper')}</h2>
          <HelperCard />
        </section>
        <section className="own__card bf-surface" aria-labelledby="own-money">
          <h2 id="own-money">{t('own.money')}</h2>
          <MoneyCard householdNumber={householdNumber} />
        </section>
        <TrainingCard />
        <section className="own__card bf-surface" aria-labelledby="own-file">
          <h2 id="own-file">{t('own.file')}</h2>
          {place && <p>{place}</p>}
          <p>{t('own.number', { number: householdNumber })}</p>
          <LinkButton size="large" block to={`/dossiers/${householdNumber}`}>
            {t('own.toFile')}
          </LinkButton>
        </section>
        <section className="own__card bf-surface" aria-labelledby="own-say">
          <h2 id="own-say">{t('own.object')}</h2>
          <p>{t('own.objectHint')}</p>
          <Button size="large" block href="/public/notices">
            {t('own.toNotices')}
          </Button>
          <Button size="large" block href="/public/dividend-notices">
            {t('own.toDividends')}
          </Button>
          <Button size="large" block href="/public/objections">
            {t('own.toAnswer')}
          </Button>
        </section>
      </div>
    </Page>
  );
}

/** The classes of the household's members and their own word on each; nothing where nobody took part. */
function TrainingCard() {
  const t = useText<TextKey>();
  const asked = useOperation(listMyTraining);
  if (asked.isError) return <ProblemPanel problem={problemOf(asked.error)} onRetry={() => void asked.refetch()} />;
  const rows = asked.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <section className="own__card bf-surface" aria-labelledby="own-training">
      <h2 id="own-training">{t('own.training')}</h2>
      {rows.map((row) => (
        <Taken key={row.enrolmentId} row={row} />
      ))}
    </section>
  );
}

function Taken({ row }: { readonly row: Participation }) {
  const t = useText<TextKey>();
  const refused = useRefused();
  const rate = useCommand(rateMyTraining);
  const [score, setScore] = useState<number | null>(null);
  const closed = closedBy(row.steps, 'rate');
  const { enrolmentId, personName, className, begins, ends } = row;
  const given = SCORES.find(({ value }) => value === row.score);
  return (
    <>
      <p className="own__name">{t('own.took', { name: personName, class: className })}</p>
      <p>{t('own.tookOn', { begins, ends })}</p>
      {given && <p>{t('own.rated', { score: t(given.text) })}</p>}
      {row.score === null && closed !== null && <p>{closed}</p>}
      {row.score === null && closed === null && (
        <>
          <p>{t('own.rateHint')}</p>
          <Radio.Group
            aria-label={t('own.rateOf', { class: className })}
            className="own__scores"
            value={score}
            options={SCORES.map(({ value, text }) => ({ value, label: t(text) }))}
            onChange={(event) => setScore(event.target.value as number)}
          />
          <ReasonedButton
            size="large"
            block
            loading={rate.isPending}
            reason={score === null ? t('own.rateFirst') : null}
            onClick={() => score !== null && rate.mutate({ params: { enrolmentId }, body: { score } }, refused)}
          >
            {t('own.rate')}
          </ReasonedButton>
        </>
      )}
    </>
  );
}

function HelperCard() {
  const t = useText<TextKey>();
  const asked = useOperation(getMyHelper);
  if (asked.isError) return <ProblemPanel problem={problemOf(asked.error)} onRetry={() => void asked.refetch()} />;
  if (!asked.data) return <Loading />;
  const { helper } = asked.data;
  return helper ? <Known helper={helper} /> : <p>{t('own.noHelper')}</p>;
}

function Known({ helper }: { readonly helper: Helper }) {
  const t = useText<TextKey>();
  const { name, unitName, phone, lastVisit } = helper;
  return (
    <>
      <p className="own__name">{name}</p>
      <p>{unitName}</p>
      <p>{lastVisit ? t('own.lastVisit', { day: lastVisit }) : t('own.noVisit')}</p>
      {phone ? (
        <Button type="primary" size="large" block icon={<PhoneFilled />} href={`tel:${phone}`}>
          {t('own.call', { name, phone })}
        </Button>
      ) : (
        <p>{t('own.noPhone')}</p>
      )}
    </>
  );
}

function MoneyCard({ householdNumber }: { readonly householdNumber: string }) {
  const t = useText<TextKey>();
  const year = usePlatformDay().slice(0, 4);
  const asked = useOperation(getIncomeStatement, { params: { householdNumber } });
  if (asked.isError) return <ProblemPanel problem={problemOf(asked.error)} onRetry={() => void asked.refetch()} />;
  if (!asked.data) return <Loading />;
  const lines = asked.data.lines.filter(({ paidOn }) => paidOn.startsWith(year));
  return (
    <>
      <p>{t('own.received', { year })}</p>
      <p className="own__sum">
        {t('own.yuan', { amount: formatYuan(lines.reduce((sum, { amountFen }) => sum + amountFen, 0)) })}
      </p>
      <ul className="own__lines">
        {lines.map((line) => (
          <Paid key={line.id + line.kind} line={line} />
        ))}
      </ul>
      <Button size="large" block href={`/industry/statements/${encodeURIComponent(householdNumber)}`}>
        {t('own.toMoney')}
      </Button>
    </>
  );
}

function Paid({ line }: { readonly line: Line }) {
  const t = useText<TextKey>();
  const { paidOn, entityName, amountFen, kind } = line;
  return (
    <li>
      <span>
        {paidOn} {entityName}
        {kind !== 'payment' && t(`own.${kind}`)}
      </span>
      <strong>{t('own.yuan', { amount: formatYuan(amountFen) })}</strong>
    </li>
  );
}
