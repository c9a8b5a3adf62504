import { CloudUploadOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { type DragEvent, useRef, useState } from 'react';
import { formatBytes } from './lib/format.ts';
import { useUiText } from './lib/i18n.ts';
import './import-desk.css';

export interface DropZoneProps {
  /** Endings taken, with the dot: ".xlsx". */
  readonly types: readonly string[];
  readonly maxBytes: number;
  readonly onFile: (file: File) => void;
  /** The file is only checked at first; the person then decides. Said where it is dropped. */
  readonly checksFirst?: boolean;
}

/** Where a file is dropped or chosen; one too big or of another kind is refused here, with what to do. */
export function DropZone({ types, maxBytes, onFile, checksFirst = false }: DropZoneProps) {
  const t = useUiText();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const listed = types.join(' ');

  const take = (file: File | undefined) => {
    if (!file) return;
    const name = file.name;
    if (!types.some((type) => name.toLowerCase().endsWith(type))) {
      setRefusal(t('import.wrongType', { name, types: listed }));
    } else if (file.size > maxBytes) {
      setRefusal(t('import.tooBig', { name, size: formatBytes(file.size), limit: formatBytes(maxBytes) }));
    } else {
      setRefusal(null);
      onFile(file);
    }
  };
  const onDrag = (event: DragEvent, inside: boolean) => {
    event.preventDefault();
    setOver(inside);
  };

  return (
    <>
      <div
        className={over ? 'bf-drop bf-drop--over' : 'bf-drop'}
        onDragOver={(event) => onDrag(event, true)}
        onDragLeave={(event) => onDrag(event, false)}
        onDrop={(event) => {
          onDrag(event, false);
          take(event.dataTransfer.files[0]);
        }}
      >
        <CloudUploadOutlined className="bf-drop__icon" aria-hidden="true" />
        <p className="bf-drop__title">{t('import.drop')}</p>
        <Button type="primary" size="large" onClick={() => input.current?.click()}>
          {t('import.choose')}
        </Button>
        <p className="bf-drop__hint">
          {t('import.accepts', { types: listed, size: formatBytes(maxBytes) })}
          {checksFirst && (
            <>
              <br />
              {t('import.safe')}
            </>
          )}
        </p>
        <input
          ref={input}
          type="file"
          className="bf-hidden"
          tabIndex={-1}
          aria-label={t('import.choose')}
          accept={types.join(',')}
          onChange={(event) => {
            take(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </div>
      {refusal && <Alert type="error" showIcon title={refusal} />}
    </>
  );
}
