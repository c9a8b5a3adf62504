import type { Content } from 'pdfmake/interfaces.js';

/** A paper the county prints: its content in pdfmake's terms, and who prints it when. */
export interface PdfDefinition {
  readonly title: string;
  /** Data only: it is set in another process. */
  readonly content: Content;
  readonly landscape?: boolean;
  /** As the foot of each page shows it. */
  readonly printedOn: string;
  readonly operator: string;
}

/** What a service asks of its printing process, and the one answer. */
export interface PrintRequest {
  readonly definition: PdfDefinition;
}
export type PrintAnswer = { readonly bytes: Uint8Array } | { readonly failed: string };
