import { ExclamationCircleFilled, InfoCircleOutlined } from '@ant-design/icons';
import { Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import { formatNumber } from './lib/format.ts';
import { useUiText } from './lib/i18n.ts';

/** A row of the sheet as it stands there, with the cells that are wrong. */
export interface ImportSample {
  readonly sheet: string;
  /** As the sheet program numbers it. */
  readonly row: number;
  readonly cells: readonly {
    /** Column letter. */
    readonly column: string;
    readonly title: string;
    readonly value: string;
    readonly wrong?: boolean;
  }[];
  /** What is wrong in this row, in words. */
  readonly message: string;
}

/** The same problem in one village. */
export interface ImportProblemGroup {
  readonly code: string;
  readonly title: string;
  readonly village: string;
  /** Held back, or let in with a notice. */
  readonly blocking: boolean;
  readonly count: number;
  readonly samples: readonly ImportSample[];
}

interface Bundle {
  readonly key: string;
  readonly title: string;
  readonly count: number;
  readonly blocking: boolean;
  readonly groups: readonly ImportProblemGroup[];
}

type Grouping = 'code' | 'village';

/** Puts groups together by problem or by village, those held back first, then the largest. */
export function bundleProblems(groups: readonly ImportProblemGroup[], by: Grouping): readonly Bundle[] {
  const bundles = new Map<string, ImportProblemGroup[]>();
  for (const group of groups) {
    const same = bundles.get(group[by]);
    if (same) same.push(group);
    else bundles.set(group[by], [group]);
  }
  return [...bundles]
    .map(([key, members]) => ({
      key,
      title: (by === 'code' ? members[0]?.title : undefined) ?? key,
      count: members.reduce((sum, g) => sum + g.count, 0),
      blocking: members.some((g) => g.blocking),
      groups: members,
    }))
    .sort((a, b) => Number(b.blocking) - Number(a.blocking) || b.count - a.count);
}

/** A row of the sheet with its wrong cell marked. */
export function ImportSampleRow({ sample }: { readonly sample: ImportSample }) {
  const t = useUiText();
  return (
    <figure className="bf-sample">
      <figcaption>
        <strong>{t('import.sample', { sheet: sample.sheet, row: sample.row })}</strong> {sample.message}
      </figcaption>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable by keys */}
      <div className="bf-sample__scroll" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th aria-hidden="true" />
              {sample.cells.map((cell) => (
                <th key={cell.column} scope="col">
                  <span className="bf-sample__letter">{cell.column}</span> {cell.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{sample.row}</th>
              {sample.cells.map((cell) => (
                <td key={cell.column} className={cell.wrong ? 'bf-sample__wrong' : ''}>
                  {cell.wrong && <ExclamationCircleFilled aria-hidden="true" />} {cell.value}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
    </figure>
  );
}

interface ImportProblemsProps {
  readonly groups: readonly ImportProblemGroup[];
  /** The rows of a group where they are asked for only when it is unfolded; without it, those the group brings. */
  readonly samplesOf?: (group: ImportProblemGroup) => ReactNode;
}

function GivenSamples({ group }: { readonly group: ImportProblemGroup }) {
  const t = useUiText();
  const shown = group.samples.length;
  return (
    <>
      {group.samples.map((sample) => (
        <ImportSampleRow key={`${sample.sheet}${sample.row}`} sample={sample} />
      ))}
      {shown > 0 && shown < group.count && (
        <p className="bf-import__hint">
          {t('import.samples', { shown: formatNumber(shown), count: formatNumber(group.count) })}
        </p>
      )}
    </>
  );
}

function BundleFold({
  bundle,
  by,
  samplesOf,
}: Pick<ImportProblemsProps, 'samplesOf'> & { readonly bundle: Bundle; readonly by: Grouping }) {
  const t = useUiText();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="bf-bundle" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className={bundle.blocking ? 'bf-bundle__kind bf-bundle__kind--blocking' : 'bf-bundle__kind'}>
          {bundle.blocking ? <ExclamationCircleFilled aria-hidden="true" /> : <InfoCircleOutlined aria-hidden="true" />}
          {t(bundle.blocking ? 'import.blocking' : 'import.warning')}
        </span>
        <span className="bf-bundle__title">{bundle.title}</span>
        <span className="bf-bundle__count">{t('import.problemCount', { count: formatNumber(bundle.count) })}</span>
      </summary>
      {bundle.groups.map((group) => (
        <div key={`${group.code}${group.village}`} className="bf-bundle__group">
          <h3>
            {by === 'code' ? group.village : group.title}
            <span>{t('import.problemCount', { count: formatNumber(group.count) })}</span>
          </h3>
          {samplesOf ? isOpen && samplesOf(group) : <GivenSamples group={group} />}
        </div>
      ))}
    </details>
  );
}

/** The problems of an import by kind or by village, each unfolding into rows of the sheet with the cell marked. */
export function ImportProblems({ groups, samplesOf }: ImportProblemsProps) {
  const t = useUiText();
  const [by, setBy] = useState<Grouping>('code');
  const bundles = bundleProblems(groups, by);
  if (groups.length === 0) return <p className="bf-import__hint">{t('import.noProblems')}</p>;
  return (
    <section aria-label={t('import.problems')}>
      <div className="bf-import__head">
        <h2>{t('import.problems')}</h2>
        <Segmented<Grouping>
          value={by}
          onChange={setBy}
          options={[
            { value: 'code', label: t('import.byCode') },
            { value: 'village', label: t('import.byVillage') },
          ]}
        />
      </div>
      {bundles.map((bundle) => (
        <BundleFold key={`${by} ${bundle.key}`} bundle={bundle} by={by} {...(samplesOf && { samplesOf })} />
      ))}
    </section>
  );
}
