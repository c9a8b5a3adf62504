import { listTrainees } from './list-trainees/list-trainees.ts';

/** Who takes part in training, person by person. */
export default [listTrainees];
