import { getContainerRuntimeClient } from 'testcontainers';

/** Whether containers can be started here; answers in a few milliseconds when they cannot. */
export async function hasDocker(): Promise<boolean> {
  try {
    await getContainerRuntimeClient();
    return true;
  } catch {
    return false;
  }
}
