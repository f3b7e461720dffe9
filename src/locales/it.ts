import type { GateMessages } from '../react/messages';

const waiting = 'Stiamo preparando il tuo prelievo';
const unusable = 'Non è stato possibile usare la tua verifica';
const ourSide = 'Qualcosa non funziona da parte nostra';
const notLoaded = 'Il modulo di prelievo non si è caricato';
const moreNeeded = 'Manca un’informazione';
const askSupport = 'Contatta l’assistenza.';
const tryLater = 'Riprova tra poco o contatta l’assistenza.';

/** Italian, for `messages`. Not yet reviewed by native speakers. */
export const it: GateMessages = {
  lang: 'it',
  dir: 'ltr',
  screens: {
    checking: { title: waiting, text: 'Stiamo cercando la tua verifica.' },
    opening: { title: waiting, text: 'Il modulo di prelievo si sta aprendo.' },
    unreachable: { title: 'Nessuna connessione', text: 'Al momento non siamo raggiungibili. Riprova.' },
    misconfigured: { title: ourSide, text: askSupport },
    registering: { title: waiting, text: 'Stiamo trasmettendo la tua verifica.' },
    processing: { title: waiting, text: 'Verifica in fase di conferma. Di solito bastano pochi secondi.' },
    wallet: { title: 'Collega il tuo wallet', text: 'Il modulo di prelievo si aprirà non appena sarà collegato.' },
    consent: {
      title: 'Usare la tua verifica esistente?',
      text: 'Hai già verificato la tua identità. Se acconsenti, condividiamo i tuoi dati di identità verificati con Coinflow, che esegue il pagamento.',
    },
    needsInput: { title: moreNeeded, text: 'Aggiungila in una nuova scheda. Questa pagina proseguirà da sola.' },
    needsSupport: { title: moreNeeded, text: 'Contatta l’assistenza per aggiungerla.' },
    declined: {
      title: 'La tua verifica non è stata accettata',
      text: 'Il partner per i pagamenti non ha potuto accettarla.',
    },
    expired: { title: 'La tua verifica è scaduta', text: 'Va rinnovata prima di poter prelevare.' },
    blocked: {
      title: 'I prelievi non sono disponibili',
      text: 'Non è possibile prelevare con questo account. Contatta l’assistenza.',
    },
    delayed: {
      title: 'Ci vuole più tempo del solito',
      text: 'Puoi uscire e tornare quando vuoi. Non andrà perso nulla.',
    },
    exhausted: { title: 'Ancora nessuna conferma', text: 'Puoi controllare di nuovo adesso o tornare più tardi.' },
    tokenRefused: {
      title: unusable,
      text: 'Il partner per i pagamenti non l’ha accettata. Forse non è ancora completa.',
    },
    tokenSpent: { title: unusable, text: 'È già stata trasmessa. Ricarica questa pagina o contatta l’assistenza.' },
    tokenUnavailable: { title: 'La tua verifica non è raggiungibile', text: 'Riprova tra poco.' },
    noShareableVerification: {
      title: 'Nessuna verifica completata',
      text: 'Completa la verifica della tua identità, poi torna qui.',
    },
    unauthenticated: {
      title: 'Accedi',
      text: 'La tua sessione è terminata. Accedi di nuovo e questa pagina proseguirà da sola.',
    },
    forbidden: {
      title: 'Non disponibile per questo account',
      text: 'Con questo account non puoi prelevare qui. Contatta l’assistenza.',
    },
    subjectMismatch: {
      title: 'Hai effettuato l’accesso con un altro account',
      text: 'Ricarica questa pagina per continuare con quell’account.',
    },
    rateLimited: { title: 'Un momento, per favore', text: 'C’è molta attività. Questa pagina proseguirà da sola.' },
    offline: { title: 'Sei offline', text: 'Questa pagina proseguirà da sola quando tornerai online.' },
    server: { title: ourSide, text: tryLater },
    malformed: { title: ourSide, text: tryLater },
    withdrawUnavailable: { title: notLoaded, text: 'Riprova o ricarica questa pagina.' },
    withdrawBlocked: { title: notLoaded, text: askSupport },
    renderFailed: { title: ourSide, text: 'Riprova.' },
  },
  steps: { check: 'Trovare la tua verifica', share: 'Confermarla', open: 'Aprire il modulo di prelievo' },
  actions: {
    consent: 'Accetta e continua',
    retry: 'Riprova',
    recheck: 'Controlla di nuovo',
    continue: 'Continua',
    chooseFallback: 'Verificati con Coinflow',
    support: 'Contatta l’assistenza',
    cancel: 'Non ora',
    reload: 'Ricarica',
  },
  times: { next: 'Nuovo tentativo {time}.', waited: 'In attesa da {time}.' },
  notLoading: 'Non si carica?',
  frameTitle: 'Modulo di prelievo',
};
