import react from '@vitejs/plugin-react';
import { adminConfig } from '../../packages/ui/src/vite.ts';

export default adminConfig({ base: '/pairing/', title: '结对帮扶', plugins: [react()] });
