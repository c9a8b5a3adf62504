import { demand } from './errors.ts';
import { visibleText } from './readable-text.ts';

const LEAST_SIGNS = 5;

/**
 * As many unanswered objections as one notice takes: from one network of addresses, and from all. A person has room for
 * all there is to say, an office for its visitors; a flood ends, and officers can still read what came before it.
 */
export const MOST_UNANSWERED = { fromNetwork: 20, ofNotice: 300 } as const;

/** How many objections to a notice wait for an answer. */
export interface Unanswered {
  readonly fromNetwork: number;
  readonly ofNotice: number;
}

/** Refuses one more objection than a notice takes. @throws DomainError OBJECTIONS_TOO_MANY */
export function requireRoomForObjection(unanswered: Unanswered): void {
  const { fromNetwork, ofNotice } = MOST_UNANSWERED;
  demand(unanswered.fromNetwork < fromNetwork && unanswered.ofNotice < ofNotice, 'OBJECTIONS_TOO_MANY');
}

/** The same text however it was typed: width, capitals, spaces, punctuation and invisible signs do not count. */
function sameWriting(text: string): string {
  return visibleText(text.normalize('NFKC'))
    .replace(/[\s\p{P}]/gu, '')
    .toLowerCase();
}

/**
 * What an objection must hold to be read by anyone.
 * @throws DomainError OBJECTION_UNREADABLE when fewer than five of its signs can be seen
 */
export function requireReadableObjection(text: string): void {
  const seen = visibleText(text.normalize('NFC')).replace(/[\s\p{M}]/gu, '');
  demand([...seen].length >= LEAST_SIGNS, 'OBJECTION_UNREADABLE', { least: LEAST_SIGNS });
}

/** Who objects against what: one person by what he says of himself, else by the address he came from. */
export interface Objector {
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly address: string;
}

/**
 * What two objections have in common that are one: the same place in a notice, the same person, the same words. To be
 * kept as a keyed digest only, since it holds the person.
 * @param place the notice, and the entry in it, that is objected to
 */
export function objectionIdentity(place: readonly (string | number)[], text: string, by: Objector): string {
  const named = [
    sameWriting(by.name ?? ''),
    (by.phone ?? '')
      .normalize('NFKC')
      .replace(/\D/g, '')
      .replace(/^86(?=1\d{10}$)/, ''),
  ];
  const who = named.some(Boolean) ? named : ['from', by.address];
  return JSON.stringify([...place, sameWriting(text), ...who]);
}

/**
 * What objections have in common that say the same of the same place, whoever says it: without a name they are answered
 * together. To be kept as a keyed digest, since an objection may name people.
 */
export const objectionWording = (place: readonly (string | number)[], text: string): string =>
  JSON.stringify([...place, sameWriting(text)]);
