import { InfoCircleOutlined, PrinterOutlined, RightOutlined } from '@ant-design/icons';
import { figureAddress, figureDefinition } from '@bangfu/contracts/core/figures';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { getCountyHome } from '@bangfu/contracts/gateway/county';
import { useSession } from '@bangfu/ui/app-frame';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment, formatMoney, formatNumber, formatWan } from '@bangfu/ui/lib/format';
import { useLanguage, useText, useUiText } from '@bangfu/ui/lib/i18n';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { serviceAddress, serviceText } from '@bangfu/ui/shell-types';
import { Loading } from '@bangfu/ui/states';
import { Button, Popover } from 'antd';
import { Absent } from '../absent.tsx';
import { useOffered } from '../offered.ts';
import type { TextKey } from '../texts.zh-CN.ts';
import './county-home.css';

type County = AnswerOf<typeof getCountyHome>;
type Part = County['parts'][number];
type FigureOf = NonNullable<Part['home']>['figures'][number];

const REFRESH_MS = 60_000;
const BASIS_POINTS = 100;

/** How a figure of each unit is written: money in 万元, shares in per cent, the rest whole. */
const WRITTEN: Readonly<Record<FigureOf['unit'], (value: number) => string>> = {
  fen: formatWan,
  'basis-point': (value) => formatNumber(value / BASIS_POINTS, 2),
  household: (value) => formatNumber(value),
  person: (value) => formatNumber(value),
  case: (value) => formatNumber(value),
  item: (value) => formatNumber(value),
};

/** The county at a glance: the figures of all five services, each with its time and the way into its service. */
export function Component() {
  const t = useText<TextKey>();
  const { county } = useSession();
  const home = useOperation(getCountyHome, {}, { refetchInterval: REFRESH_MS });
  return (
    <Page
      title={home.data?.county.name || county.name || t('place.county')}
      subtitle={t('county.subtitle')}
      {...(home.data?.asOf && { asOf: home.data.asOf })}
      help={t('county.help')}
      actions={
        <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('county.print')}
        </Button>
      }
    >
      {home.data ? (
        <>
          <Absent services={home.data.parts.filter((part) => part.absent).map((part) => part.service)} />
          <div className="county">
            {home.data.parts.map((part) => (
              <ServicePart key={part.service} part={part} />
            ))}
          </div>
        </>
      ) : home.isError ? (
        <ProblemPanel problem={problemOf(home.error)} onRetry={() => void home.refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function ServicePart({ part }: { readonly part: Part }) {
  const t = useText<TextKey>();
  const ui = useUiText();
  const service = ui(serviceText(part.service));
  const offered = useOffered();
  const title = `county-${part.service}`;
  const figures = part.home?.figures ?? [];
  return (
    <section className="county__part bf-surface" aria-labelledby={title}>
      <div className="county__head">
        <h2 id={title}>{service}</h2>
        {part.home && (
          <time dateTime={part.home.asOf}>{t('county.asOf', { moment: formatMoment(part.home.asOf) })}</time>
        )}
        {offered(part.service) && (
          <a href={serviceAddress(part.service)} aria-label={t('county.open', { service })}>
            {t('county.open', { service })} <RightOutlined aria-hidden="true" />
          </a>
        )}
      </div>
      {figures.length > 0 ? (
        <dl className="county__figures">
          {figures.map((figure) => (
            <BigFigure key={figure.key} part={part} figure={figure} />
          ))}
        </dl>
      ) : (
        <p className="county__none">{t(part.absent ? 'county.absent' : 'county.none', { service })}</p>
      )}
    </section>
  );
}

/** A figure with what it counts; it opens the rows it counts where the person may see them. */
function BigFigure({ part, figure }: { readonly part: Part; readonly figure: FigureOf }) {
  const t = useText<TextKey>();
  const language = useLanguage();
  const { unit, value, link } = figure;
  const definition = figureDefinition(part.service, figure.key);
  const words = definition?.[language === 'en' ? 'en' : 'zh'] ?? { label: figure.key, counts: '' };
  const measureWord = definition?.zh.unit === undefined ? t(`county.unit.${unit}`) : (words.unit ?? '');
  const written = value === null ? t('county.beyond') : WRITTEN[unit](value);
  const number = (
    <>
      <strong>{written}</strong>
      <span className="county__unit">{measureWord}</span>
    </>
  );
  return (
    <div className="county__figure">
      <dt>
        {words.label}
        {words.counts && (
          <Popover content={words.counts} trigger={['hover', 'focus', 'click']}>
            <Button
              type="text"
              size="small"
              className="county__why"
              icon={<InfoCircleOutlined />}
              aria-label={t('county.why', { label: words.label })}
            />
          </Popover>
        )}
      </dt>
      <dd>
        {definition && link ? (
          <a
            className="county__rows"
            href={figureAddress(definition, link)}
            aria-label={t('county.rows', { label: words.label, value: `${written}${measureWord}` })}
          >
            {number}
          </a>
        ) : (
          number
        )}
        {unit === 'fen' && value !== null && (
          <span className="county__exact">{t('county.exact', { yuan: formatMoney(value) })}</span>
        )}
        <span className="county__counts">{words.counts}</span>
      </dd>
    </div>
  );
}
