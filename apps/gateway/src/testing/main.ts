import { movedClock } from '@bangfu/service-kit/testing/moved-clock';
import { serveGateway } from '../serve.ts';

await serveGateway({ clock: movedClock() });
