import react from '@vitejs/plugin-react';
import { adminConfig } from '../../packages/ui/src/vite.ts';

export default adminConfig({ base: '/', title: '帮扶工作台', plugins: [react()] });
