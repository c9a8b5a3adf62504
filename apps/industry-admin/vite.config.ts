import react from '@vitejs/plugin-react';
import { adminConfig } from '../../packages/ui/src/vite.ts';

export default adminConfig({ base: '/industry/', title: '产业帮扶', plugins: [react()] });
