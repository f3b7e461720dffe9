/** What the gate says of times: 1, 2, 5 and 11 seconds, and 3 minutes. */
interface TimesRead {
  readonly next: readonly string[];
  readonly waited: readonly string[];
}

/** By the tag of the locale, as a reader of the language would have them. */
export const timesRead: Readonly<Record<string, TimesRead>> = {
  ar: {
    next: [
      'ستُعاد المحاولة خلال ثانية واحدة.',
      'ستُعاد المحاولة خلال ثانيتين.',
      'ستُعاد المحاولة خلال 5 ثوانٍ.',
      'ستُعاد المحاولة خلال 11 ثانية.',
      'ستُعاد المحاولة خلال 3 دقائق.',
    ],
    waited: [
      'مدة الانتظار: ثانية.',
      'مدة الانتظار: ثانيتان.',
      'مدة الانتظار: 5 ثوان.',
      'مدة الانتظار: 11 ثانية.',
      'مدة الانتظار: 3 دقائق.',
    ],
  },
  de: {
    next: [
      'Nächster Versuch in 1 Sekunde.',
      'Nächster Versuch in 2 Sekunden.',
      'Nächster Versuch in 5 Sekunden.',
      'Nächster Versuch in 11 Sekunden.',
      'Nächster Versuch in 3 Minuten.',
    ],
    waited: [
      'Sie warten seit 1 Sekunde.',
      'Sie warten seit 2 Sekunden.',
      'Sie warten seit 5 Sekunden.',
      'Sie warten seit 11 Sekunden.',
      'Sie warten seit 3 Minuten.',
    ],
  },
  en: {
    next: [
      'Trying again in 1 second.',
      'Trying again in 2 seconds.',
      'Trying again in 5 seconds.',
      'Trying again in 11 seconds.',
      'Trying again in 3 minutes.',
    ],
    waited: [
      'Waiting for 1 second.',
      'Waiting for 2 seconds.',
      'Waiting for 5 seconds.',
      'Waiting for 11 seconds.',
      'Waiting for 3 minutes.',
    ],
  },
  es: {
    next: [
      'Nuevo intento dentro de 1 segundo.',
      'Nuevo intento dentro de 2 segundos.',
      'Nuevo intento dentro de 5 segundos.',
      'Nuevo intento dentro de 11 segundos.',
      'Nuevo intento dentro de 3 minutos.',
    ],
    waited: [
      'Llevas 1 segundo esperando.',
      'Llevas 2 segundos esperando.',
      'Llevas 5 segundos esperando.',
      'Llevas 11 segundos esperando.',
      'Llevas 3 minutos esperando.',
    ],
  },
  fr: {
    next: [
      'Nouvel essai dans 1 seconde.',
      'Nouvel essai dans 2 secondes.',
      'Nouvel essai dans 5 secondes.',
      'Nouvel essai dans 11 secondes.',
      'Nouvel essai dans 3 minutes.',
    ],
    waited: [
      'En attente depuis 1 seconde.',
      'En attente depuis 2 secondes.',
      'En attente depuis 5 secondes.',
      'En attente depuis 11 secondes.',
      'En attente depuis 3 minutes.',
    ],
  },
  it: {
    next: [
      'Nuovo tentativo tra 1 secondo.',
      'Nuovo tentativo tra 2 secondi.',
      'Nuovo tentativo tra 5 secondi.',
      'Nuovo tentativo tra 11 secondi.',
      'Nuovo tentativo tra 3 minuti.',
    ],
    waited: [
      'In attesa da 1 secondo.',
      'In attesa da 2 secondi.',
      'In attesa da 5 secondi.',
      'In attesa da 11 secondi.',
      'In attesa da 3 minuti.',
    ],
  },
  ja: {
    next: [
      '1 秒後に再試行します。',
      '2 秒後に再試行します。',
      '5 秒後に再試行します。',
      '11 秒後に再試行します。',
      '3 分後に再試行します。',
    ],
    waited: [
      '1 秒お待ちいただいています。',
      '2 秒お待ちいただいています。',
      '5 秒お待ちいただいています。',
      '11 秒お待ちいただいています。',
      '3 分お待ちいただいています。',
    ],
  },
  nl: {
    next: [
      'Nieuwe poging over 1 seconde.',
      'Nieuwe poging over 2 seconden.',
      'Nieuwe poging over 5 seconden.',
      'Nieuwe poging over 11 seconden.',
      'Nieuwe poging over 3 minuten.',
    ],
    waited: [
      'Je wacht al 1 seconde.',
      'Je wacht al 2 seconden.',
      'Je wacht al 5 seconden.',
      'Je wacht al 11 seconden.',
      'Je wacht al 3 minuten.',
    ],
  },
  'pt-BR': {
    next: [
      'Nova tentativa em 1 segundo.',
      'Nova tentativa em 2 segundos.',
      'Nova tentativa em 5 segundos.',
      'Nova tentativa em 11 segundos.',
      'Nova tentativa em 3 minutos.',
    ],
    waited: [
      'Aguardando há 1 segundo.',
      'Aguardando há 2 segundos.',
      'Aguardando há 5 segundos.',
      'Aguardando há 11 segundos.',
      'Aguardando há 3 minutos.',
    ],
  },
};
