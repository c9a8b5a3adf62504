import { CameraOutlined } from '@ant-design/icons';
import { uploadVisitPhoto } from '@bangfu/contracts/pairing/visits';
import { problemOf, useCommand } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import type { TextKey } from '../texts.zh-CN.ts';

/** A photo that is in the store already, with its picture for the screen. */
export interface TakenPhoto {
  readonly sha256: string;
  readonly preview: string;
}

/** Reads a file as a data address: the page's policy lets pictures come from itself and from data only. */
function previewOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '');
    reader.onerror = () => reject(new Error('the photo cannot be read'));
    reader.readAsDataURL(file);
  });
}

interface PhotosProps {
  readonly photos: readonly TakenPhoto[];
  readonly onChange: (photos: readonly TakenPhoto[]) => void;
}

/** Photos of a visit: each is uploaded as it is taken, so that saving the visit is quick. */
export function Photos({ photos, onChange }: PhotosProps) {
  const t = useText<TextKey>();
  const input = useRef<HTMLInputElement>(null);
  const upload = useCommand(uploadVisitPhoto, { refresh: async () => undefined });
  const [problem, setProblem] = useState<string | null>(null);

  const take = async (files: readonly File[]) => {
    setProblem(null);
    let taken = photos;
    try {
      for (const file of files) {
        const { sha256 } = await upload.mutateAsync({ body: file });
        if (taken.some((photo) => photo.sha256 === sha256)) continue;
        taken = [...taken, { sha256, preview: await previewOf(file) }];
        onChange(taken);
      }
    } catch (error) {
      setProblem(problemOf(error).title);
    }
  };

  return (
    <>
      {photos.length > 0 && (
        <ul className="pa-photos">
          {photos.map(({ sha256, preview }, i) => (
            <li key={sha256}>
              <img src={preview} alt={t('visit.photoOf', { n: i + 1 })} />
              <Button
                type="text"
                block
                className="pa-big"
                onClick={() => onChange(photos.filter((photo) => photo.sha256 !== sha256))}
              >
                {t('visit.removePhoto', { n: i + 1 })}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Button
        size="large"
        block
        className="pa-big"
        icon={<CameraOutlined />}
        loading={upload.isPending}
        onClick={() => input.current?.click()}
      >
        {t('visit.addPhoto')}
      </Button>
      <input
        ref={input}
        type="file"
        className="bf-hidden"
        tabIndex={-1}
        multiple
        accept="image/jpeg,image/png"
        capture="environment"
        aria-label={t('visit.addPhoto')}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          void take(files);
        }}
      />
      {problem ? (
        <p className="pa-error" role="alert">
          {problem}
        </p>
      ) : (
        <p className="pa-hint">{t('visit.photoHint')}</p>
      )}
    </>
  );
}
