import sharp from 'sharp';

/** Where the house of a test photo is. */
export const PHOTO_POSITION = { latitude: 41.24512, longitude: 119.40131 };

/** What a photo of a test is. */
export interface PhotoPlan {
  readonly format?: 'jpeg' | 'png';
  readonly width?: number;
  readonly height?: number;
  /** 1 to 8, as the camera was held. */
  readonly orientation?: number;
  readonly colour?: 'rgb' | 'grey' | 'cmyk' | 'deep' | 'alpha' | 'palette';
  /** With the time 2026-03-04 11:00 and the position above in its EXIF. */
  readonly located?: boolean;
  /** Another picture for another number. */
  readonly number?: number;
}

/** A photo as a camera makes it: its upper left quarter red and the rest a pattern, before it is turned. */
export async function testPhoto(plan: PhotoPlan = {}): Promise<Buffer> {
  const { format = 'jpeg', width = 96, height = 64, orientation, colour = 'rgb', located = false, number = 0 } = plan;
  const raw = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const isCorner = i % width < width / 2 && i < (width * height) / 2;
    raw.set(isCorner ? [230, 20, 20] : [20, (number * 37) % 200, 60 + ((i + number) % 120)], i * 3);
  }
  let image = sharp(raw, { raw: { width, height, channels: 3 } });
  if (colour === 'grey') image = image.greyscale();
  if (colour === 'cmyk') image = image.toColourspace('cmyk');
  if (colour === 'deep') image = image.toColourspace('rgb16');
  if (colour === 'alpha') image = image.ensureAlpha(0.5);
  if (located) {
    image = image.withExif({
      IFD0: { Make: 'SECRET-CAMERA' },
      IFD2: { DateTimeOriginal: '2026:03:04 11:00:00', OffsetTimeOriginal: '+08:00' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '41/1 14/1 424320/10000',
        GPSLongitudeRef: 'E',
        GPSLongitude: '119/1 24/1 47160/10000',
      },
    });
  }
  if (orientation !== undefined) image = image.withMetadata({ orientation });
  return format === 'png' ? image.png({ palette: colour === 'palette' }).toBuffer() : image.jpeg().toBuffer();
}

/** What a photo's file is to whoever gets it. */
export async function lookAtPhoto(bytes: Uint8Array) {
  const { format, width, height, exif } = await sharp(bytes).metadata();
  return { format, width, height, hasExif: exif !== undefined };
}
