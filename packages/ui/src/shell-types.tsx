import type { Operation } from '@bangfu/contracts/core/operation';
import type { ReactNode } from 'react';
import type { Job } from './job-tray.tsx';
import type { Language } from './lib/i18n.ts';
import type { UiTextKey } from './lib/texts.zh-CN.ts';

export const SERVICES = ['portal', 'identification', 'pairing', 'industry', 'training', 'evaluation'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Where a service's front end lives; plain addresses, because each is its own program. */
export function serviceAddress(service: ServiceName): string {
  return service === 'portal' ? '/' : `/${service}/`;
}

export interface Place {
  /** Address inside the app: "/households". */
  readonly path: string;
  readonly label: string;
  readonly icon: ReactNode;
  /** What waits there; nothing is shown for 0. */
  readonly count?: number;
  /** Comes first in the phone's bottom bar. */
  readonly phone?: boolean;
  /** What it shows first: a place whose operation no grant of the person opens is left out. */
  readonly opens?: Pick<Operation, 'access'>;
}

/** A service has at most eleven places in all its groups. */
export interface PlaceGroup {
  readonly label?: string;
  readonly places: readonly Place[];
}

export interface ShellSession {
  readonly name: string;
  /** Role and scope in words: "乡镇业务 · 河西镇". */
  readonly role: string;
}

export interface ShellTodos {
  readonly count: number;
  readonly overdue: number;
}

export interface ShellProps {
  readonly county: string;
  readonly service: ServiceName;
  /** Services this person may open; all when absent. */
  readonly services?: readonly ServiceName[];
  readonly places: readonly PlaceGroup[];
  readonly session: ShellSession;
  readonly todos: ShellTodos;
  /** Null for who starts no work. */
  readonly jobs: readonly Job[] | null;
  /** Records made without signal and not yet sent. */
  readonly unsent?: number;
  /** False shows the offline line above every page. */
  readonly online?: boolean;
  /** Null for who may not search. */
  readonly onSearch: ((text: string) => void) | null;
  readonly onLanguage: (language: Language) => void;
  readonly onSignOut: () => void;
  readonly onCancelJob?: (id: string) => void;
  readonly onDismissJob?: (id: string) => void;
  readonly children: ReactNode;
}

/** The text key of a service's name. */
export function serviceText(service: ServiceName): UiTextKey {
  return `service.${service}`;
}
