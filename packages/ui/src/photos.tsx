import { CameraOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { problemOf } from './lib/data.ts';
import { useUiText } from './lib/i18n.ts';
import './photos.css';

/** A photo that is in the store already, with its picture for the screen; null where the page no longer has it. */
export interface TakenPhoto {
  readonly sha256: string;
  readonly preview: string | null;
}

/** Reads a file as a data address: the page's policy lets pictures come from itself and from data only. */
function addressOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '');
    reader.onerror = () => reject(new Error('the photo cannot be read'));
    reader.readAsDataURL(file);
  });
}

/** Length of a preview's longer side in pixels: enough to recognise a photo, small enough for a draft. */
const PREVIEW_PX = 320;

/** A small picture of a photo, as a data address; the photo itself where the browser cannot make one smaller. */
async function previewOf(file: File): Promise<string> {
  const full = await addressOf(file);
  const image = new Image();
  image.src = full;
  try {
    await image.decode();
  } catch {
    return full;
  }
  const scale = Math.min(1, PREVIEW_PX / Math.max(image.naturalWidth, image.naturalHeight, 1));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
  const drawing = canvas.getContext('2d');
  if (!drawing) return full;
  drawing.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/jpeg', 0.7);
}

interface PhotosProps {
  readonly photos: readonly TakenPhoto[];
  readonly onChange: (photos: readonly TakenPhoto[]) => void;
  /** Uploads one; its answer is the digest it is named by. */
  readonly onUpload: (file: File) => Promise<{ readonly sha256: string }>;
}

/**
 * Delays the submission of the form while a photo is uploading; it is submitted when the upload ends, and stays open when
 * the upload fails.
 * @returns whether a submission is waiting, and a function that resets this for the next photo
 */
function useSubmitAfter(
  input: RefObject<HTMLInputElement | null>,
  isBusy: boolean,
  hasFailed: boolean,
): readonly [isAwaited: boolean, begin: () => void] {
  const wanted = useRef(false);
  const [isAwaited, setAwaited] = useState(false);
  useEffect(() => {
    const form = isBusy ? input.current?.form : null;
    const hold = (event: Event) => {
      event.preventDefault();
      event.stopPropagation();
      wanted.current = true;
      setAwaited(true);
    };
    form?.addEventListener('submit', hold, true);
    return () => {
      form?.removeEventListener('submit', hold, true);
    };
  }, [input, isBusy]);
  useEffect(() => {
    if (isBusy || !wanted.current) return;
    wanted.current = false;
    if (!hasFailed) input.current?.form?.requestSubmit();
  }, [input, isBusy, hasFailed]);
  return [isAwaited && isBusy, () => setAwaited(false)];
}

/** Photos for a form: each is uploaded as it is taken, so that saving the form is quick. */
export function Photos({ photos, onChange, onUpload }: PhotosProps) {
  const t = useUiText();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [isAwaited, begin] = useSubmitAfter(input, busy, problem !== null);

  const take = async (files: readonly File[]) => {
    begin();
    setProblem(null);
    setBusy(true);
    let taken = photos;
    try {
      for (const file of files) {
        const { sha256 } = await onUpload(file);
        if (taken.some((photo) => photo.sha256 === sha256)) continue;
        taken = [...taken, { sha256, preview: await previewOf(file) }];
        onChange(taken);
      }
    } catch (error) {
      setProblem(problemOf(error).title);
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      {photos.length > 0 && (
        <ul className="bf-photos">
          {photos.map(({ sha256, preview }, i) => (
            <li key={sha256}>
              {preview ? <img src={preview} alt={t('photos.one', { n: i + 1 })} /> : t('photos.one', { n: i + 1 })}
              <Button
                type="text"
                block
                className="bf-photos__big"
                onClick={() => onChange(photos.filter((photo) => photo.sha256 !== sha256))}
              >
                {t('photos.remove', { n: i + 1 })}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Button
        size="large"
        block
        className="bf-photos__big"
        icon={<CameraOutlined />}
        loading={busy}
        onClick={() => input.current?.click()}
      >
        {t(isAwaited ? 'photos.awaited' : 'photos.add')}
      </Button>
      <input
        ref={input}
        type="file"
        className="bf-hidden"
        tabIndex={-1}
        multiple
        accept="image/jpeg,image/png"
        capture="environment"
        aria-label={t('photos.add')}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          void take(files);
        }}
      />
      {problem ? (
        <p className="bf-photos__error" role="alert">
          {problem}
        </p>
      ) : (
        <p className="bf-photos__hint">{t('photos.hint')}</p>
      )}
    </>
  );
}

/** The photos of a record, each opening in full. */
export function PhotoList({ sources }: { readonly sources: readonly string[] }) {
  const t = useUiText();
  return (
    <ul className="bf-photos">
      {sources.map((source, i) => (
        <li key={source}>
          <a href={source} target="_blank" rel="noreferrer">
            <img src={source} alt={t('photos.one', { n: i + 1 })} />
          </a>
        </li>
      ))}
    </ul>
  );
}
