import { movedClock } from '@bangfu/platform/testing/moved-clock';
import { serveGateway } from '../serve.ts';

await serveGateway({ clock: movedClock() });
