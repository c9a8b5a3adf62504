import { uploadCasePhoto } from '@bangfu/contracts/identification/case-photos';
import { useCommand } from '@bangfu/ui/lib/data';
import { Photos } from '@bangfu/ui/photos';
import { useState } from 'react';

interface MeetingPhotosProps {
  readonly value?: readonly string[];
  readonly onChange?: (photos: readonly string[]) => void;
}

/** The photos of a meeting as a field of its form: the draft keeps what they are named by, the page their pictures. */
export function MeetingPhotos({ value = [], onChange }: MeetingPhotosProps) {
  const upload = useCommand(uploadCasePhoto, { refresh: async () => undefined });
  const [previews, setPreviews] = useState<ReadonlyMap<string, string | null>>(new Map());
  return (
    <Photos
      photos={value.map((sha256) => ({ sha256, preview: previews.get(sha256) ?? null }))}
      onChange={(taken) => {
        setPreviews(new Map(taken.map(({ sha256, preview }) => [sha256, preview])));
        onChange?.(taken.map(({ sha256 }) => sha256));
      }}
      onUpload={(body) => upload.mutateAsync({ body })}
    />
  );
}
