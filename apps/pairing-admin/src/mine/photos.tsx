import { uploadVisitPhoto } from '@bangfu/contracts/pairing/visits';
import { useCommand } from '@bangfu/ui/lib/data';
import { Photos, type TakenPhoto } from '@bangfu/ui/photos';

interface VisitPhotosProps {
  readonly photos: readonly TakenPhoto[];
  readonly onChange: (photos: readonly TakenPhoto[]) => void;
}

/** The photos of a visit. */
export function VisitPhotos(props: VisitPhotosProps) {
  const upload = useCommand(uploadVisitPhoto, { refresh: async () => undefined });
  return <Photos {...props} onUpload={(body) => upload.mutateAsync({ body })} />;
}
