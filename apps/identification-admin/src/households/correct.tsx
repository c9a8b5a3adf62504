import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { correctHousehold, getHouseholdFacts } from '@bangfu/contracts/identification/households';
import { FACTS } from '@bangfu/domain/identification/facts/catalogue';
import type { Fact, Section } from '@bangfu/domain/identification/facts/fact';
import { type FactInput, isCorrectable } from '@bangfu/domain/identification/facts/fact-input';
import { RELATION } from '@bangfu/domain/identification/roster/dictionaries';
import { type BusinessDay, businessDay } from '@bangfu/domain/shared/time';
import { DateField } from '@bangfu/ui/date-field';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { useLanguage, useText } from '@bangfu/ui/lib/i18n';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { useRefused } from '@bangfu/ui/lib/refused';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Loading } from '@bangfu/ui/states';
import { Collapse, Form, Input } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { FactField } from './fact-field.tsx';
import './correct.css';

type Facts = Readonly<Record<string, FactInput>>;
/** The service takes no shorter reason. */
const SHORTEST_REASON = 4;

const sectionsOf = (
  subject: 'household' | 'person',
): readonly (readonly [Section, readonly (readonly [string, Fact])[]])[] => {
  const bySection = new Map<Section, (readonly [string, Fact])[]>();
  for (const [key, fact] of Object.entries<Fact>(FACTS[subject])) {
    if (!isCorrectable(fact)) continue;
    bySection.set(fact.section, [...(bySection.get(fact.section) ?? []), [key, fact]]);
  }
  return [...bySection];
};
const SECTIONS = { household: sectionsOf('household'), person: sectionsOf('person') };

/** Corrects facts of a household and its members: the form is the catalogue's. */
export function Component() {
  const { householdId = '' } = useParams();
  const found = useOperation(getHouseholdFacts, { params: { householdId } });
  if (found.isError && !found.data)
    return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  return <Correct key={found.data.version} householdId={householdId} kept={found.data} />;
}

type Kept = AnswerOf<typeof getHouseholdFacts>;

function Correct({ householdId, kept }: { readonly householdId: string; readonly kept: Kept }) {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const refused = useRefused();
  const today = usePlatformDay();
  const [from, setFrom] = useState<BusinessDay | null>(null);
  const [reason, setReason] = useState('');
  /** What was typed, by whose it is: the household's own under the empty key. */
  const [typed, setTyped] = useState<Readonly<Record<string, Facts>>>({});
  const correct = useCommand(correctHousehold, { onDone: () => void navigate(`/households/${householdId}`) });
  const change = (whose: string, facts: Facts) => setTyped((before) => ({ ...before, [whose]: facts }));
  const isSame = (one: FactInput | undefined, other: FactInput) => JSON.stringify(one) === JSON.stringify(other);
  const changedOf = (facts: Facts, personId?: string) =>
    Object.entries(typed[personId ?? ''] ?? {})
      .filter(([fact, value]) => !isSame(facts[fact], value))
      .map(([fact, value]) => ({
        fact,
        value: typeof value === 'object' && value !== null ? [...value] : value,
        ...(personId !== undefined && { personId }),
      }));
  const changes = [
    ...changedOf(kept.facts),
    ...kept.members.flatMap(({ personId, facts }) => changedOf(facts, personId)),
  ];
  const count = changes.length;
  const send = () =>
    correct.mutate(
      {
        params: { householdId },
        body: { version: kept.version, reason: reason.trim(), changes, ...(from && { from }) },
      },
      refused,
    );
  const missing =
    count === 0 ? t('correct.nothing') : reason.trim().length < SHORTEST_REASON ? t('correct.reasonMissing') : null;
  return (
    <Page title={t('correct.title')} subtitle={t('correct.subtitle', { number: kept.number })} help={t('correct.help')}>
      <Form layout="vertical" component="form" onFinish={send}>
        <Collapse
          defaultActiveKey={['']}
          items={[
            {
              key: '',
              label: t('correct.household'),
              children: (
                <FactGroup
                  subject="household"
                  kept={kept.facts}
                  typed={typed['']}
                  onChange={(next) => change('', next)}
                />
              ),
            },
            ...kept.members.map(({ personId, name, relation, facts: own }) => ({
              key: personId,
              label: `${name}（${RELATION.labelOf(relation) ?? relation}）`,
              children: (
                <FactGroup
                  subject="person"
                  whose={name}
                  kept={own}
                  typed={typed[personId]}
                  onChange={(next) => change(personId, next)}
                />
              ),
            })),
          ]}
        />
        <div className="bf-correct__end">
          <Form.Item label={t('correct.from')} extra={t('correct.fromHint', { day: kept.validFrom })}>
            <DateField
              label={t('correct.from')}
              value={from}
              onChange={setFrom}
              min={businessDay(kept.validFrom)}
              max={today}
            />
          </Form.Item>
          <Form.Item label={t('correct.reason')} required>
            <Input.TextArea
              aria-label={t('correct.reason')}
              value={reason}
              maxLength={200}
              showCount
              autoSize={{ minRows: 2 }}
              onChange={({ target }) => setReason(target.value)}
            />
          </Form.Item>
          <ReasonedButton type="primary" htmlType="submit" loading={correct.isPending} reason={missing}>
            {t('correct.send', { count })}
          </ReasonedButton>
        </div>
      </Form>
    </Page>
  );
}

interface FactGroupProps {
  readonly subject: 'household' | 'person';
  /** Whose they are, for who does not see the page. */
  readonly whose?: string;
  readonly kept: Facts;
  readonly typed: Facts | undefined;
  readonly onChange: (facts: Facts) => void;
}

/** The facts of one record, section by section. */
function FactGroup({ subject, whose = '', kept, typed = {}, onChange }: FactGroupProps) {
  const t = useText<TextKey>();
  const language = useLanguage() === 'en' ? 'en' : 'zh';
  return (
    <>
      {SECTIONS[subject].map(([section, facts]) => (
        <section key={section} className="bf-correct__section">
          <h2>{t(`section.${section}`)}</h2>
          <div className="bf-correct__fields">
            {facts.map(([key, fact]) => (
              <div key={key} className="bf-correct__field">
                <span>{fact[language]}</span>
                <FactField
                  fact={fact}
                  label={`${whose} ${fact[language]}`.trim()}
                  value={key in typed ? (typed[key] ?? null) : (kept[key] ?? null)}
                  onChange={(value) => onChange({ ...typed, [key]: value })}
                />
              </div>
            ))}
          </div>
        </section>
      ))}
    </>
  );
}
