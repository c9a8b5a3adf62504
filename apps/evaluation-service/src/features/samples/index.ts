import { downloadSurveyWorkbook } from './download-survey-workbook/download-survey-workbook.ts';
import { drawEvaluationSample } from './draw-evaluation-sample/draw-evaluation-sample.ts';
import { listSample } from './list-sample/list-sample.ts';
import { publishSeed } from './publish-seed/publish-seed.ts';
import { revealSeed } from './reveal-seed/reveal-seed.ts';
import { verifySample } from './verify-sample/verify-sample.ts';

/** Seed, sample, its verification, the enumerators' workbook. */
export default [publishSeed, revealSeed, drawEvaluationSample, listSample, verifySample, downloadSurveyWorkbook];
