import { z } from 'zod';
import { defineEvent } from './define.ts';

const count = z.int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Hits and cases instead of a rounded share: whoever hears it computes exactly. */
const ratio = z.object({ hits: count, cases: count });

export const frameFrozen = defineEvent({
  type: 'evaluation.frame.frozen.v1',
  summary: { zh: '抽样框已固定', en: 'The frame of an evaluation was frozen' },
  data: z.object({
    evaluationId: z.uuid(),
    name: z.string().min(1),
    date: z.iso.date(),
    hash: sha256,
    households: count,
    persons: count,
    /** The divisions whose households are in it; absent in frames of before. */
    regions: z.array(z.string().min(1)).optional(),
  }),
  key: (data) => data.evaluationId,
});

export const sampleDrawn = defineEvent({
  type: 'evaluation.sample.drawn.v1',
  summary: { zh: '样本已抽取', en: 'The sample of an evaluation was drawn by its published seed' },
  data: z.object({
    evaluationId: z.uuid(),
    frameHash: sha256,
    sampleHash: sha256,
    seed: z.string().min(20),
    villages: count,
    households: count,
  }),
  key: (data) => data.evaluationId,
});

export const ratesComputed = defineEvent({
  type: 'evaluation.rates.computed.v1',
  summary: { zh: '三率一度已测算', en: 'The three rates and one degree of an evaluation were computed' },
  data: z.object({
    evaluationId: z.uuid(),
    resultId: z.uuid(),
    verdict: z.string().min(1),
    wrongExit: ratio,
    missed: ratio,
    approval: ratio,
    /** Rounded to millionths; null when it cannot be said. */
    compositePpm: count.nullable(),
  }),
  key: (data) => data.evaluationId,
});
