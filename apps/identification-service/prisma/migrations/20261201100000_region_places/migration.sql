-- AlterTable
ALTER TABLE "region" ADD COLUMN     "latitude" DOUBLE PRECISION,
ADD COLUMN     "longitude" DOUBLE PRECISION,
ADD COLUMN     "neighbours" TEXT[] DEFAULT ARRAY[]::TEXT[];
