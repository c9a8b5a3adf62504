import { pipeline } from 'node:stream/promises';
import * as contract from '@bangfu/contracts/evaluation/returns';
import { download } from '../../../operations.ts';
import { getVisible } from '../../evaluations/evaluation.repository.ts';
import { noteLook, samplePrefixes } from '../../evaluations/looks.ts';
import { getReturnFile } from '../return.repository.ts';

/** Sends a sealed file as it came in, once the returns are in. @throws DomainError SAMPLE_CLOSED @throws Refusal 404 */
export const downloadReturnFile = download(contract.downloadReturnFile, async (call) => {
  const { read, response } = call;
  const { evaluationId, fileId } = call.params;
  samplePrefixes(call, await getVisible(read, evaluationId, call.caller));
  const { sha256, fileName } = await getReturnFile(read, evaluationId, fileId);
  await noteLook(call, contract.downloadReturnFile, evaluationId, { fileId, sha256 });
  response.setHeader('content-type', 'application/octet-stream');
  response.setHeader('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`);
  await pipeline(await call.kit.files.read(sha256), response);
});
