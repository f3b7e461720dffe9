import type { EngineSource } from './EngineSource';

/** The engine alone, for pages with screens of their own. */
export const bareEngine: EngineSource = { load: () => import('./createGateEngine') };
