import type { GateMessages } from '../react/messages';

const waiting = 'We maken je uitbetaling klaar';
const unusable = 'Je verificatie kon niet worden gebruikt';
const ourSide = 'Er gaat iets mis aan onze kant';
const notLoaded = 'Het uitbetalingsformulier is niet geladen';
const moreNeeded = 'Er ontbreekt nog een gegeven';
const askSupport = 'Neem contact op met de klantenservice.';
const tryLater = 'Probeer het zo meteen opnieuw of neem contact op met de klantenservice.';

/** Dutch, for `messages`. Not yet reviewed by native speakers. */
export const nl: GateMessages = {
  lang: 'nl',
  dir: 'ltr',
  screens: {
    checking: { title: waiting, text: 'We zoeken je verificatie op.' },
    opening: { title: waiting, text: 'Het uitbetalingsformulier wordt geopend.' },
    unreachable: { title: 'Geen verbinding', text: 'We zijn op dit moment niet bereikbaar. Probeer het opnieuw.' },
    misconfigured: { title: ourSide, text: askSupport },
    registering: { title: waiting, text: 'We geven je verificatie door.' },
    processing: { title: waiting, text: 'Je verificatie wordt bevestigd, meestal binnen een paar seconden.' },
    wallet: { title: 'Verbind je wallet', text: 'Zodra die is verbonden, opent het uitbetalingsformulier.' },
    consent: {
      title: 'Je bestaande verificatie gebruiken?',
      text: 'Je hebt je identiteit al laten verifiëren. Als je akkoord gaat, delen we je geverifieerde identiteitsgegevens met Coinflow, dat de uitbetaling doet.',
    },
    needsInput: {
      title: moreNeeded,
      text: 'Vul het aan in een nieuw tabblad. Deze pagina gaat daarna vanzelf verder.',
    },
    needsSupport: { title: moreNeeded, text: 'Neem contact op met de klantenservice om het aan te vullen.' },
    declined: {
      title: 'Je verificatie is niet geaccepteerd',
      text: 'De uitbetalingspartner kon je verificatie niet accepteren.',
    },
    expired: {
      title: 'Je verificatie is verlopen',
      text: 'Die moet worden vernieuwd voordat er kan worden uitbetaald.',
    },
    blocked: {
      title: 'Uitbetalingen zijn niet beschikbaar',
      text: 'Met dit account zijn geen uitbetalingen mogelijk. Neem contact op met de klantenservice.',
    },
    delayed: {
      title: 'Dit duurt langer dan normaal',
      text: 'Je kunt deze pagina verlaten en op elk moment terugkomen. Er gaat niets verloren.',
    },
    exhausted: { title: 'Nog niet bevestigd', text: 'Je kunt nu opnieuw controleren of later terugkomen.' },
    tokenRefused: {
      title: unusable,
      text: 'De uitbetalingspartner heeft je verificatie niet geaccepteerd. Misschien is die nog niet volledig.',
    },
    tokenSpent: {
      title: unusable,
      text: 'Die is al eerder doorgegeven. Laad deze pagina opnieuw of neem contact op met de klantenservice.',
    },
    tokenUnavailable: { title: 'Je verificatie is niet bereikbaar', text: 'Probeer het zo meteen opnieuw.' },
    noShareableVerification: {
      title: 'Nog geen voltooide verificatie',
      text: 'Rond de verificatie van je identiteit af en kom daarna hier terug.',
    },
    unauthenticated: {
      title: 'Log in',
      text: 'Je sessie is beëindigd. Log opnieuw in, dan gaat deze pagina vanzelf verder.',
    },
    forbidden: {
      title: 'Niet beschikbaar voor dit account',
      text: 'Met dit account is uitbetalen hier niet mogelijk. Neem contact op met de klantenservice.',
    },
    subjectMismatch: {
      title: 'Je bent ingelogd met een ander account',
      text: 'Laad deze pagina opnieuw om met dat account verder te gaan.',
    },
    rateLimited: { title: 'Een ogenblik geduld', text: 'Het is erg druk. Deze pagina gaat vanzelf verder.' },
    offline: { title: 'Je bent offline', text: 'Deze pagina gaat vanzelf verder zodra je weer verbinding hebt.' },
    server: { title: ourSide, text: tryLater },
    malformed: { title: ourSide, text: tryLater },
    withdrawUnavailable: { title: notLoaded, text: 'Probeer het opnieuw of laad deze pagina opnieuw.' },
    withdrawBlocked: { title: notLoaded, text: askSupport },
    renderFailed: { title: ourSide, text: 'Probeer het opnieuw.' },
  },
  steps: {
    check: 'Je verificatie opzoeken',
    share: 'De verificatie bevestigen',
    open: 'Het uitbetalingsformulier openen',
  },
  actions: {
    consent: 'Akkoord en doorgaan',
    retry: 'Opnieuw proberen',
    recheck: 'Opnieuw controleren',
    continue: 'Doorgaan',
    chooseFallback: 'Verifiëren via Coinflow',
    support: 'Contact opnemen',
    cancel: 'Niet nu',
    reload: 'Opnieuw laden',
  },
  times: { next: 'Nieuwe poging {time}.', waited: 'Je wacht al {time}.' },
  notLoading: 'Laadt het formulier niet?',
  frameTitle: 'Uitbetalingsformulier',
};
