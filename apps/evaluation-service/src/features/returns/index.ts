import { downloadReturnFile } from './download-return-file/download-return-file.ts';
import { listReturnFiles } from './list-return-files/list-return-files.ts';
import { listReturnProblems } from './list-return-problems/list-return-problems.ts';
import { uploadReturns } from './upload-returns/upload-returns.ts';

/** Sealed files of returns: in, listed, their problems, out again unchanged. */
export default [uploadReturns, listReturnFiles, listReturnProblems, downloadReturnFile];
