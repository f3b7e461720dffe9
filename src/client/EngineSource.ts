import type { createGateEngine } from './createGateEngine';

/** Where an engine comes from, and the module itself once it is there: one per page and way of loading it. */
export interface EngineSource<Module extends EngineModule = EngineModule> {
  readonly load: () => Promise<Module>;
  loaded?: Module;
}

interface EngineModule {
  readonly createGateEngine: typeof createGateEngine;
}
