import react from '@vitejs/plugin-react';
import { adminConfig } from '../../packages/ui/src/vite.ts';

export default adminConfig({ base: '/evaluation/', title: '考核评估', plugins: [react()] });
