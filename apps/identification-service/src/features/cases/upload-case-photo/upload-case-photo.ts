import type { Readable } from 'node:stream';
import { uploadCasePhoto as operation } from '@bangfu/contracts/identification/case-photos';
import type { Actor } from '@bangfu/platform/db/command';
import { takePhoto } from '@bangfu/platform/files/photo';
import type { Identification } from '../../../db/client.ts';

/** Takes a photo, for an appraisal meeting this account records to refer to. @throws DomainError as `takePhoto` */
export function uploadCasePhoto(service: Identification, actor: Actor, upload: Readable) {
  return takePhoto(service, operation, actor, upload);
}
