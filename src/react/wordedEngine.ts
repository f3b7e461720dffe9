import type { EngineSource } from '../client/EngineSource';

/** The engine with the default words. */
export const wordedEngine: EngineSource<typeof import('./gateChunk')> = { load: () => import('./gateChunk') };
