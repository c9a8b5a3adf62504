import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ConnectionContext } from './data.ts';
import { useLiveJob } from './live-job.ts';

const JOB = '01a231a8-9afa-774f-b2c5-c615b7f5f5e6';

/** Streams that were opened, in their order. */
function streams() {
  const opened: { closed: boolean }[] = [];
  class Stream {
    closed = false;
    constructor() {
      opened.push(this);
    }
    close() {
      this.closed = true;
    }
  }
  vi.stubGlobal('EventSource', Stream);
  return opened;
}

const never = { baseUrl: '', fetch: () => new Promise<Response>(() => undefined) };
const client = new QueryClient();
const wrapper = ({ children }: { readonly children: ReactNode }) => (
  <QueryClientProvider client={client}>
    <ConnectionContext.Provider value={never}>{children}</ConnectionContext.Provider>
  </QueryClientProvider>
);

afterEach(() => vi.unstubAllGlobals());

describe('given a job that is followed', () => {
  it('when the page is drawn again, then its stream stays as it is', async () => {
    const opened = streams();
    const { rerender, unmount } = renderHook(() => useLiveJob('evaluation', JOB), { wrapper });
    await act(async () => rerender());
    await act(async () => rerender());
    expect(opened.map(({ closed }) => closed)).toEqual([false]);
    unmount();
    expect(opened.map(({ closed }) => closed)).toEqual([true]);
  });
});
