import {
  type CaseDetail,
  recordAppraisal,
  recordSurvey,
  recordVerification,
  SURVEY_PARTS,
  submitApplication,
} from '@bangfu/contracts/identification/cases';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import { useCommand } from '@bangfu/ui/lib/data';
import { formatMoney } from '@bangfu/ui/lib/format';
import { useText, useUiText } from '@bangfu/ui/lib/i18n';
import { usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { Alert, Checkbox, Form, InputNumber, Radio, Select, Space } from 'antd';
import type { TextKey } from '../texts.zh-CN.ts';
import { ActForm, WordsItem } from './act-form.tsx';
import { CATEGORY_OPTIONS, CAUSE_OPTIONS } from '../words.ts';
import { DayItem } from './day-item.tsx';
import { MeetingPhotos } from './meeting-photos.tsx';

interface StepProps {
  readonly file: CaseDetail;
  readonly refusal: string | null;
}

/** What every form of a case begins with, and where its draft is kept. */
function useStep({ file, refusal }: StepProps) {
  const today = usePlatformDay();
  const { id, version, step } = file;
  return {
    target: { params: { caseId: id } },
    version,
    frame: {
      draft: `${id}.${step}`,
      refusal,
      initial: { on: today, heldOn: today },
    },
  };
}

/** The income the register knows beside the line, and the field for why a household above it or without one may qualify. */
function IncomeAgainstLine({ file, asks }: { readonly file: CaseDetail; readonly asks: boolean }) {
  const t = useText<TextKey>();
  const { line, household, exceedingExplained } = file;
  const income = household.perCapitaIncomeFen;
  if (!line) return null;
  const isWithout = line.amountFen === null;
  const needsReason = isWithout || line.exceeded;
  const figures = {
    income: income === null ? t('form.incomeUnknown') : formatMoney(income),
    line: line.amountFen === null ? '' : formatMoney(line.amountFen),
    year: line.year,
    basis: line.basis?.document ?? '',
  };
  return (
    <>
      <Form.Item>
        <Alert
          type={needsReason ? 'warning' : 'info'}
          showIcon
          title={t(isWithout ? 'form.lineNone' : 'form.line', figures)}
          description={needsReason ? t(isWithout ? 'form.lineNoneHow' : 'form.lineExceeded') : undefined}
        />
      </Form.Item>
      {asks && needsReason && !exceedingExplained && (
        <WordsItem name="exceeding" label={t(isWithout ? 'form.withoutLine' : 'form.exceeding')} most={500} rows={2} />
      )}
    </>
  );
}

/** The survey form: one in, two look, three compute, four compare, five discuss, six decide. */
export function SurveyForm(props: StepProps) {
  const t = useText<TextKey>();
  const { target, version, frame } = useStep(props);
  const command = useCommand(recordSurvey);
  type Values = Omit<BodyOf<typeof recordSurvey>, 'version'>;
  return (
    <ActForm<Values>
      {...frame}
      button={t('form.survey')}
      running={command}
      onSubmit={(values, done) => command.mutate({ ...target, body: { ...values, version } }, done)}
    >
      <DayItem label={t('form.on')} />
      <WordsItem name="surveyors" label={t('form.surveyors')} most={100} />
      <IncomeAgainstLine file={props.file} asks />
      {SURVEY_PARTS.map((part) => (
        <WordsItem key={part} name={['findings', part]} label={t(`form.${part}`)} most={500} rows={2} />
      ))}
    </ActForm>
  );
}

/** The household's application with its authorisation. */
export function ApplicationForm(props: StepProps) {
  const t = useText<TextKey>();
  const { target, version, frame } = useStep(props);
  const command = useCommand(submitApplication);
  type Values = Omit<BodyOf<typeof submitApplication>, 'version'>;
  return (
    <ActForm<Values>
      {...frame}
      initial={{ ...frame.initial, applicant: props.file.headName }}
      button={t('form.apply')}
      running={command}
      onSubmit={(values, done) =>
        command.mutate({ ...target, body: { ...values, authorised: values.authorised ?? false, version } }, done)
      }
    >
      <DayItem label={t('form.on')} />
      <WordsItem name="applicant" label={t('form.applicant')} most={40} />
      <WordsItem name="reasons" label={t('form.reasons')} most={1000} rows={3} />
      <Form.Item name="authorised" valuePropName="checked">
        <Checkbox>{t('form.authorised')}</Checkbox>
      </Form.Item>
    </ActForm>
  );
}

const VOTES = ['entitled', 'present', 'inFavour', 'against', 'abstained', 'recused'] as const;

/** The minutes of the appraisal meeting with its votes. */
export function AppraisalForm(props: StepProps) {
  const t = useText<TextKey>();
  const { target, version, frame } = useStep(props);
  const command = useCommand(recordAppraisal);
  type Values = Omit<BodyOf<typeof recordAppraisal>, 'version'>;
  return (
    <ActForm<Values>
      {...frame}
      button={t('form.appraisal')}
      running={command}
      onSubmit={(values, done) =>
        command.mutate({ ...target, body: { ...values, photos: values.photos ?? [], version } }, done)
      }
    >
      <DayItem label={t('form.on')} name="heldOn" />
      <WordsItem name="place" label={t('form.place')} most={100} />
      <WordsItem name="chair" label={t('form.chair')} most={40} />
      <IncomeAgainstLine file={props.file} asks={false} />
      <Space wrap size="middle">
        {VOTES.map((name) => (
          <Form.Item
            key={name}
            name={name}
            label={t(`form.${name}`)}
            rules={[{ required: true, message: t('form.required', { label: t(`form.${name}`) }) }]}
          >
            <InputNumber min={0} precision={0} inputMode="numeric" />
          </Form.Item>
        ))}
      </Space>
      <WordsItem name="minutes" label={t('form.minutes')} most={5000} rows={5} />
      <Form.Item name="photos" label={t('form.photos')}>
        <MeetingPhotos />
      </Form.Item>
    </ActForm>
  );
}

interface VerificationValues extends Omit<BodyOf<typeof recordVerification>, 'version' | 'explanations'> {
  readonly explained?: Readonly<Record<string, string>>;
}

/** The deep verification; each data-quality warning of the household wants its explanation. */
export function VerificationForm(props: StepProps) {
  const t = useText<TextKey>();
  const ui = useUiText();
  const { target, version, frame } = useStep(props);
  const command = useCommand(recordVerification);
  const { category, mainCause } = props.file.household;
  const warnings = props.file.qualityProblems.filter(({ severity }) => severity === 'warning');
  const body = ({ explained = {}, ...values }: VerificationValues) => {
    const explanations = Object.entries(explained).flatMap(([ruleId, text]) => (text ? [{ ruleId, text }] : []));
    return { ...values, explanations, version };
  };
  return (
    <ActForm<VerificationValues>
      {...frame}
      initial={{
        ...frame.initial,
        qualifies: true,
        ...(category && { category: category as VerificationValues['category'] }),
        ...(mainCause && { mainCause: mainCause as VerificationValues['mainCause'] }),
      }}
      button={t('form.verify')}
      running={command}
      onSubmit={(values, done) => command.mutate({ ...target, body: body(values) }, done)}
    >
      <DayItem label={t('form.on')} />
      <WordsItem name="verifiers" label={t('form.verifiers')} most={100} />
      <ExceedingReason file={props.file} />
      <WordsItem name="result" label={t('form.result')} most={1000} rows={3} />
      {warnings.map(({ ruleId, message }) => (
        <WordsItem
          key={ruleId}
          name={['explained', ruleId]}
          label={t('form.explain', { message })}
          most={300}
          required={false}
        />
      ))}
      <ChoiceItem name="category" label={ui('household.category')} options={CATEGORY_OPTIONS} />
      <ChoiceItem name="mainCause" label={t('households.cause')} options={CAUSE_OPTIONS} />
      <Form.Item name="qualifies" label={t('form.qualifies')}>
        <Radio.Group
          options={[
            { value: true, label: t('form.qualifiesYes') },
            { value: false, label: t('form.qualifiesNo') },
          ]}
        />
      </Form.Item>
    </ActForm>
  );
}

/** A household that is found not to qualify needs no reason why it might. */
function ExceedingReason({ file }: { readonly file: CaseDetail }) {
  const qualifies = Form.useWatch<boolean>('qualifies') !== false;
  return <IncomeAgainstLine file={file} asks={qualifies} />;
}

interface ChoiceItemProps {
  readonly name: string;
  readonly label: string;
  readonly options: { value: string; label: string }[];
}

/** One of the field's own words; a household that qualifies must have it. */
function ChoiceItem({ name, label, options }: ChoiceItemProps) {
  const t = useText<TextKey>();
  const required = Form.useWatch<boolean>('qualifies') !== false;
  return (
    <Form.Item name={name} label={label} rules={[{ required, message: t('form.required', { label }) }]}>
      <Select style={{ maxWidth: 320 }} showSearch={{ optionFilterProp: 'label' }} options={options} />
    </Form.Item>
  );
}
