import type { GateMessages } from '../../src/index';
import { ar } from '../../src/locales/ar';
import { de } from '../../src/locales/de';
import { en } from '../../src/locales/en';
import { es } from '../../src/locales/es';
import { fr } from '../../src/locales/fr';
import { it } from '../../src/locales/it';
import { ja } from '../../src/locales/ja';
import { nl } from '../../src/locales/nl';
import { ptBR } from '../../src/locales/pt-BR';

/** Every locale that is shipped, by its tag. */
export const locales: Readonly<Record<string, GateMessages>> = { ar, de, en, es, fr, it, ja, nl, 'pt-BR': ptBR };
