import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import { demand, DomainError } from '@bangfu/domain/shared/errors';
import type { StoredFile } from '@bangfu/platform/files/store';
import { openSigned, type SignedFile, SignedFileError, type SignedKind } from '@bangfu/verifier/signed-file';
import type { ServiceKit } from '@bangfu/platform/service';

type Files = Pick<ServiceKit, 'files'>;

/** A sample's returns with room; more is a mistake or an attack. They are hashed at once, in some ten milliseconds. */
export const MAX_UPLOAD_BYTES = 20 * 1024 * 1024;

const FAULTS = { 'not-signed': 'NOT_A_SIGNED_FILE', altered: 'SIGNED_FILE_ALTERED' } as const;

/** Takes an uploaded file into the store unchanged. @throws DomainError FILE_TOO_LARGE */
export const takeUpload = ({ files }: Files, upload: Readable): Promise<StoredFile> =>
  files.put(upload, MAX_UPLOAD_BYTES);

/**
 * Opens a stored file that the evaluation's evaluator signed for this evaluation and purpose.
 * @throws DomainError NOT_A_SIGNED_FILE, SIGNED_FILE_ALTERED, SIGNER_NOT_REGISTERED, SIGNED_FOR_OTHER_EVALUATION,
 *   SIGNED_FOR_OTHER_PURPOSE
 */
export async function openEvaluators(
  { files }: Files,
  { id, signer }: Pick<Shown, 'id' | 'signer'>,
  kind: SignedKind,
  sha256: string,
): Promise<SignedFile> {
  const signed = await opened(files, sha256);
  demand(signer?.fingerprint === signed.fingerprint, 'SIGNER_NOT_REGISTERED', { fingerprint: signed.fingerprint });
  demand(signed.statement.evaluation === id, 'SIGNED_FOR_OTHER_EVALUATION');
  demand(signed.statement.kind === kind, 'SIGNED_FOR_OTHER_PURPOSE');
  return signed;
}

async function opened(files: ServiceKit['files'], sha256: string): Promise<SignedFile> {
  const archive = await buffer(await files.read(sha256));
  try {
    return openSigned(archive);
  } catch (error) {
    if (error instanceof SignedFileError) throw new DomainError(FAULTS[error.fault]);
    throw error;
  }
}
