interface Stepped<Step extends string> {
  readonly steps: readonly {
    readonly step: Step;
    readonly open: boolean;
    readonly reason: { readonly message: string } | null;
  }[];
}

/** Why a step of a record is closed to the person, as the service says it; null when it is open. */
export function closedBy<Step extends string>({ steps }: Stepped<Step>, name: NoInfer<Step>): string | null {
  const found = steps.find(({ step }) => step === name);
  return found?.open ? null : (found?.reason?.message ?? '—');
}
