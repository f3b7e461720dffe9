import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the stories, for Storybook and for their tests. */
export default defineConfig({
  plugins: [react()],
  // Found only while stories run, these would make the page reload in the middle of a test.
  optimizeDeps: { include: ['@coinflowlabs/react', '@tanstack/react-query', 'culori', 'json5', 'react-dom/client'] },
});
