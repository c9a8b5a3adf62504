import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { ProblemError } from '@bangfu/contracts/core/problem';
import { getPairing } from '@bangfu/contracts/pairing/pairings';
import { ACKNOWLEDGEMENTS, makeVisit } from '@bangfu/contracts/pairing/visits';
import { uuidV7 } from '@bangfu/domain/shared/id';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { useDraft } from '@bangfu/ui/lib/draft';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useText } from '@bangfu/ui/lib/i18n';
import { closedBy } from '@bangfu/ui/lib/steps';
import { platformNow } from '@bangfu/ui/lib/platform-time';
import { LinkButton } from '@bangfu/ui/link-button';
import { Page } from '@bangfu/ui/page';
import type { TakenPhoto } from '@bangfu/ui/photos';
import { ProblemPanel } from '@bangfu/ui/problem';
import { ReasonedButton } from '@bangfu/ui/reasoned-button';
import { Empty, Loading } from '@bangfu/ui/states';
import { Alert, App, Button, Checkbox, Input, Radio } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { TextKey } from '../texts.zh-CN.ts';
import { VisitPhotos } from './photos.tsx';
import { PositionField, type Place } from './position.tsx';
import './mine.css';

type Household = AnswerOf<typeof getPairing>;

/** The form of a visit, made for one hand: one column, large targets, camera and position first to reach. */
export function Component() {
  const t = useText<TextKey>();
  const [params] = useSearchParams();
  const householdId = params.get('household') ?? '';
  const found = useOperation(getPairing, { params: { householdId } }, { enabled: householdId !== '' });
  const body = () => {
    if (householdId === '') {
      return (
        <Empty
          title={t('visit.choose')}
          actions={
            <LinkButton type="primary" to="/">
              {t('place.mine')}
            </LinkButton>
          }
        />
      );
    }
    if (found.isError && !found.data) {
      return <ProblemPanel problem={problemOf(found.error)} onRetry={() => void found.refetch()} />;
    }
    return found.data ? <VisitForm key={householdId} household={found.data} /> : <Loading />;
  };
  return <Page title={t('visit.new')}>{body()}</Page>;
}

/** A moment as the browser's field writes it, in Shanghai's time, and back. */
const toField = (at: Date) => formatMoment(at).replace(' ', 'T');
const fromField = (text: string) => new Date(`${text}:00+08:00`).toISOString();
const namesOf = (text: string) => text.split(/[、,，;；\s]+/).filter((name) => name !== '');
const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** A visit as it is typed, kept on this device until it has been sent. */
interface VisitDraft {
  readonly id: string;
  readonly at: string;
  readonly met: readonly string[];
  readonly others: string;
  readonly seen: string;
  readonly needs: string;
  readonly photos: readonly TakenPhoto[];
  readonly place: Place;
  /** How the household acknowledged it: nothing until the helper says so. */
  readonly kind: (typeof ACKNOWLEDGEMENTS)[number] | null;
  readonly by: string;
}

const newVisit = ({ headName }: Household): VisitDraft => ({
  id: uuidV7(platformNow().getTime(), crypto.getRandomValues(new Uint8Array(10))),
  at: toField(platformNow()),
  met: [headName],
  others: '',
  seen: '',
  needs: '',
  photos: [],
  place: { reason: '' },
  kind: null,
  by: '',
});

/** Without an answer for so long the helper hears of it; sending again is safe. */
const PATIENCE_MS = 20_000;

function VisitForm({ household }: { readonly household: Household }) {
  const t = useText<TextKey>();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const draft = useDraft<VisitDraft>(`visit.${household.householdId}`);
  // Made once, and kept with the draft: what is sent again after a lost answer or a reload is the same visit.
  const [values, setValues] = useState<VisitDraft>(() => ({ ...newVisit(household), ...draft.initial }));
  const { id, at, met, others, seen, needs, photos, place, kind, by } = values;
  const [wasKept, setKept] = useState(Object.keys(draft.initial).length > 0);
  const [isChanged, setChangedAtAll] = useState(false);
  // A photo may come while a word is being typed: each change is of the newest values.
  const set = (change: Partial<VisitDraft>) => {
    setChangedAtAll(true);
    setValues((before) => ({ ...before, ...change }));
  };
  const { keep } = draft;
  useEffect(() => {
    if (isChanged) keep(values);
  }, [isChanged, keep, values]);
  const startAgain = () => {
    draft.drop();
    setChangedAtAll(false);
    setKept(false);
    setValues(newVisit(household));
  };
  // What was said of a field no longer stands once the field is changed.
  const [changed, setChanged] = useState<readonly string[]>([]);
  const save = useCommand(makeVisit, {
    patienceMs: PATIENCE_MS,
    onDone: (visit) => {
      draft.drop();
      void message.success(t('visit.saved'));
      void navigate(`/visits/${visit.id}`, { replace: true });
    },
  });
  const problem = save.isError ? problemOf(save.error) : null;
  const said = save.error instanceof ProblemError ? (save.error.problem.errors ?? []) : [];
  const errors = said.filter(({ path }) => !changed.includes(path));
  const field = (key: string, label: string, control: ReactNode) => (
    <fieldset id={`visit-${key}`} onChange={() => setChanged((keys) => [...keys, key])}>
      <legend>{label}</legend>
      {control}
      {errors
        .filter(({ path }) => path === key)
        .map(({ message: text }) => (
          <p key={text} className="pa-error">
            {text}
          </p>
        ))}
    </fieldset>
  );
  // Taking the position is no change of a field of its own.
  const locate = (next: Place) => {
    set({ place: next });
    setChanged((keys) => [...keys, 'position']);
  };
  const submit = () => {
    setChanged([]);
    save.mutate({
      idempotencyKey: id,
      body: {
        id,
        householdId: household.householdId,
        at: fromField(at),
        peopleMet: [...met, ...namesOf(others)],
        seen,
        needs: linesOf(needs),
        photos: photos.map(({ sha256 }) => sha256),
        ...(place.position ? { position: place.position } : { noPositionReason: place.reason }),
        ...(kind ? { acknowledgement: { kind, by } } : {}),
      },
    });
  };
  return (
    <form
      className="pa-form bf-surface"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p className="pa-hint">
        {household.headName} · {household.townshipName} {household.villageName} · {household.number}
      </p>
      {wasKept && (
        <Alert
          type="info"
          showIcon
          title={t('visit.kept')}
          action={
            <Button size="small" onClick={startAgain}>
              {t('visit.startAgain')}
            </Button>
          }
        />
      )}
      {errors.length > 0 && (
        <Alert
          type="error"
          showIcon
          title={t('visit.missing', { count: errors.length })}
          description={
            <ul>
              {errors.map(({ path, message: text }) => (
                <li key={path + text}>
                  <a href={`#visit-${path}`}>{text}</a>
                </li>
              ))}
            </ul>
          }
        />
      )}
      {field('photos', t('visit.photos'), <VisitPhotos photos={photos} onChange={(next) => set({ photos: next })} />)}
      {field('position', t('visit.position'), <PositionField place={place} onChange={locate} />)}
      {field(
        'at',
        t('visit.at'),
        <Input
          size="large"
          type="datetime-local"
          aria-label={t('visit.at')}
          required
          value={at}
          onChange={(event) => set({ at: event.target.value })}
        />,
      )}
      {field(
        'peopleMet',
        t('visit.people'),
        <>
          <Checkbox.Group
            options={[...new Set(household.members.map(({ name }) => name))]}
            value={[...met]}
            onChange={(names) => set({ met: names.map(String) })}
          />
          <Input
            size="large"
            aria-label={t('visit.others')}
            placeholder={t('visit.others')}
            value={others}
            onChange={(event) => set({ others: event.target.value })}
          />
        </>,
      )}
      {field(
        'seen',
        t('visit.seen'),
        <Input.TextArea
          size="large"
          rows={4}
          aria-label={t('visit.seen')}
          placeholder={t('visit.seenHint')}
          value={seen}
          onChange={(event) => set({ seen: event.target.value })}
        />,
      )}
      {field(
        'needs',
        t('visit.needs'),
        <Input.TextArea
          size="large"
          rows={3}
          aria-label={t('visit.needs')}
          value={needs}
          onChange={(event) => set({ needs: event.target.value })}
        />,
      )}
      {field(
        'acknowledgement',
        t('visit.ack'),
        <>
          <Radio.Group
            value={kind}
            onChange={(event) => set({ kind: event.target.value as typeof kind })}
            options={ACKNOWLEDGEMENTS.map((value) => ({ value, label: t(`visit.ack.${value}`) }))}
          />
          <Input
            size="large"
            aria-label={t('visit.ackBy')}
            placeholder={t('visit.ackBy')}
            value={by}
            onChange={(event) => set({ by: event.target.value })}
          />
        </>,
      )}
      {problem && said.length === 0 && <ProblemPanel problem={problem} safe={t('visit.online')} />}
      <ReasonedButton
        type="primary"
        htmlType="submit"
        size="large"
        block
        className="pa-big"
        reason={closedBy(household.steps, 'visit')}
        loading={save.isPending}
      >
        {t('visit.submit')}
      </ReasonedButton>
      <p className="pa-hint">{t('visit.online')}</p>
    </form>
  );
}
