import QRCode from 'qrcode';

/** A QR code as SVG text, black on white with its quiet zone; for pages and for `makePdf`, which keeps it sharp in print. */
export function qrSvg(text: string): Promise<string> {
  return QRCode.toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });
}
