import { CheckCircleFilled } from '@ant-design/icons';
import { importRegions } from '@bangfu/contracts/identification/regions';
import { problemOf, useCommand } from '@bangfu/ui/lib/data';
import { formatBytes, formatNumber } from '@bangfu/ui/lib/format';
import { useText, useUiText } from '@bangfu/ui/lib/i18n';
import { ListWarnings } from '@bangfu/ui/list-warnings';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';

/** A region table chosen, its consequence told, then taken whole or refused with its wrong row. */
export function ImportRegions({ onEnd }: { readonly onEnd: () => void }) {
  const t = useText<TextKey>();
  const ui = useUiText();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const run = useCommand(importRegions, { onDone: () => setFile(null) });
  const done = run.data?.regions;
  const choose = (chosen: File | undefined) => {
    run.reset();
    if (chosen) setFile(chosen);
  };
  return (
    <section className="region-import bf-surface" aria-labelledby="region-import-title">
      <h2 id="region-import-title">{t('regions.import')}</h2>
      <p>{t('regions.format')}</p>
      <p>{t('regions.consequence')}</p>
      {run.isError && <ProblemPanel problem={problemOf(run.error)} />}
      {done && (
        <p className="region-import__done" role="status">
          <CheckCircleFilled aria-hidden="true" />
          {t('regions.done', {
            create: formatNumber(done.create),
            change: formatNumber(done.change),
            unchanged: formatNumber(done.unchanged),
          })}
        </p>
      )}
      {run.data && <ListWarnings warnings={run.data.warnings} />}
      {file && <p role="status">{t('regions.chosen', { name: file.name, size: formatBytes(file.size) })}</p>}
      <div className="region-import__actions">
        {file && (
          <Button
            type="primary"
            loading={run.isPending}
            onClick={() => run.mutate({ query: { name: file.name }, body: file })}
          >
            {t('regions.run', { name: file.name })}
          </Button>
        )}
        <Button type={file || done ? 'default' : 'primary'} onClick={() => input.current?.click()}>
          {t('regions.choose')}
        </Button>
        <Button onClick={onEnd}>{done ? ui('common.close') : t('regions.cancel')}</Button>
      </div>
      <input
        ref={input}
        type="file"
        className="bf-hidden"
        tabIndex={-1}
        aria-label={t('regions.choose')}
        accept=".csv,.xlsx,.xls,.et,.ods"
        onChange={(event) => {
          choose(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
    </section>
  );
}
