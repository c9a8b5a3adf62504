import type { Course } from '@bangfu/contracts/training/courses';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Tx } from '../../db/client.ts';
import type { Prisma } from '../../generated/prisma/client.ts';

const WITH_CLASSES = { _count: { select: { classes: true } } } as const;
type Row = Prisma.CourseGetPayload<{ include: typeof WITH_CLASSES }>;

/** A course as the contract shows it. */
export function shown({ id, name, kind, lessons, content, active, version, _count }: Row): Course {
  return { id, name, kind: kind as Course['kind'], lessons, content, active, version, classes: _count.classes };
}

/** A course of the county. @throws Refusal 404 */
export async function getCourse(tx: Pick<Tx, 'course'>, countyCode: string, id: string): Promise<Row> {
  const row = await tx.course.findFirst({ where: { id, countyCode }, include: WITH_CLASSES });
  if (!row) throw notFound();
  return row;
}
