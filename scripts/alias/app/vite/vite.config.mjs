import recipe from './recipe';

export default { ...recipe, logLevel: 'error', build: { outDir: 'out', chunkSizeWarningLimit: 1_000 } };
