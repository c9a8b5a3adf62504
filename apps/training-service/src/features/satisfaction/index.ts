import { listMyTraining } from './list-my-training/list-my-training.ts';
import { printSlips } from './print-slips/print-slips.ts';
import { rateByCode } from './rate-by-code/rate-by-code.ts';
import { rateMyTraining } from './rate-my-training/rate-my-training.ts';

/** How satisfied participants are, by their own word: the household's account, or the code of a slip. */
export default [listMyTraining, rateMyTraining, rateByCode, printSlips];
