import react from '@vitejs/plugin-react';
import { adminConfig } from '../../packages/ui/src/vite.ts';

export default adminConfig({ base: '/identification/', title: '识别建档', plugins: [react()] });
