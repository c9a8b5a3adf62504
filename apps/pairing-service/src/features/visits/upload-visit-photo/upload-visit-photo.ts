import type { Readable } from 'node:stream';
import { uploadVisitPhoto as operation } from '@bangfu/contracts/pairing/visits';
import type { Actor } from '@bangfu/platform/db/command';
import { takePhoto } from '@bangfu/platform/files/photo';
import type { Pairing } from '../../../db/client.ts';

/** Takes a photo, for a visit of this account to refer to. @throws DomainError as `takePhoto` */
export function uploadVisitPhoto(service: Pairing, actor: Actor, upload: Readable) {
  return takePhoto(service, operation, actor, upload);
}
