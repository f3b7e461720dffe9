import type { GateMessages } from '../react/messages';

const waiting = 'Ihre Auszahlung wird vorbereitet';
const unusable = 'Ihre Verifizierung konnte nicht verwendet werden';
const ourSide = 'Bei uns funktioniert etwas nicht';
const notLoaded = 'Das Auszahlungsformular wurde nicht geladen';
const moreNeeded = 'Eine Angabe fehlt noch';
const askSupport = 'Bitte wenden Sie sich an den Support.';
const tryLater = 'Bitte versuchen Sie es gleich noch einmal oder wenden Sie sich an den Support.';

/** German, for `messages`. Not yet reviewed by native speakers. */
export const de: GateMessages = {
  lang: 'de',
  dir: 'ltr',
  screens: {
    checking: { title: waiting, text: 'Wir suchen Ihre Verifizierung.' },
    opening: { title: waiting, text: 'Das Auszahlungsformular wird geöffnet.' },
    unreachable: {
      title: 'Keine Verbindung',
      text: 'Wir sind gerade nicht erreichbar. Bitte versuchen Sie es erneut.',
    },
    misconfigured: { title: ourSide, text: askSupport },
    registering: { title: waiting, text: 'Wir geben Ihre Verifizierung weiter.' },
    processing: { title: waiting, text: 'Ihre Verifizierung wird bestätigt, meist in wenigen Sekunden.' },
    wallet: {
      title: 'Verbinden Sie Ihre Wallet',
      text: 'Sobald sie verbunden ist, öffnet sich das Auszahlungsformular.',
    },
    consent: {
      title: 'Vorhandene Verifizierung verwenden?',
      text: 'Sie haben Ihre Identität bereits bestätigt. Wenn Sie zustimmen, geben wir Ihre verifizierten Identitätsdaten an Coinflow weiter. Coinflow führt die Auszahlung durch.',
    },
    needsInput: {
      title: moreNeeded,
      text: 'Ergänzen Sie sie in einem neuen Tab. Hier geht es danach von selbst weiter.',
    },
    needsSupport: { title: moreNeeded, text: 'Bitte wenden Sie sich an den Support, um sie zu ergänzen.' },
    declined: {
      title: 'Ihre Verifizierung wurde nicht akzeptiert',
      text: 'Der Auszahlungspartner konnte sie nicht akzeptieren.',
    },
    expired: { title: 'Ihre Verifizierung ist abgelaufen', text: 'Vor der Auszahlung muss sie erneuert werden.' },
    blocked: {
      title: 'Auszahlungen sind nicht verfügbar',
      text: 'Mit diesem Konto sind keine Auszahlungen möglich. Bitte wenden Sie sich an den Support.',
    },
    delayed: {
      title: 'Das dauert länger als gewöhnlich',
      text: 'Sie können die Seite verlassen und jederzeit zurückkommen. Es geht nichts verloren.',
    },
    exhausted: { title: 'Noch nicht bestätigt', text: 'Sie können jetzt erneut nachsehen oder später wiederkommen.' },
    tokenRefused: {
      title: unusable,
      text: 'Der Auszahlungspartner hat sie nicht akzeptiert. Möglicherweise ist sie noch nicht vollständig.',
    },
    tokenSpent: {
      title: unusable,
      text: 'Sie wurde bereits weitergegeben. Bitte laden Sie diese Seite neu oder wenden Sie sich an den Support.',
    },
    tokenUnavailable: {
      title: 'Ihre Verifizierung ist nicht abrufbar',
      text: 'Bitte versuchen Sie es gleich noch einmal.',
    },
    noShareableVerification: {
      title: 'Noch keine abgeschlossene Verifizierung',
      text: 'Bitte schließen Sie die Verifizierung Ihrer Identität ab und kommen Sie dann hierher zurück.',
    },
    unauthenticated: {
      title: 'Bitte melden Sie sich an',
      text: 'Ihre Sitzung ist beendet. Melden Sie sich erneut an, dann geht es hier von selbst weiter.',
    },
    forbidden: {
      title: 'Für dieses Konto nicht verfügbar',
      text: 'Mit diesem Konto sind hier keine Auszahlungen möglich. Bitte wenden Sie sich an den Support.',
    },
    subjectMismatch: {
      title: 'Sie sind mit einem anderen Konto angemeldet',
      text: 'Laden Sie diese Seite neu, um mit dem anderen Konto fortzufahren.',
    },
    rateLimited: { title: 'Einen Moment bitte', text: 'Gerade ist viel los. Hier geht es von selbst weiter.' },
    offline: { title: 'Sie sind offline', text: 'Sobald Sie wieder verbunden sind, geht es hier von selbst weiter.' },
    server: { title: ourSide, text: tryLater },
    malformed: { title: ourSide, text: tryLater },
    withdrawUnavailable: { title: notLoaded, text: 'Bitte versuchen Sie es erneut oder laden Sie diese Seite neu.' },
    withdrawBlocked: { title: notLoaded, text: askSupport },
    renderFailed: { title: ourSide, text: 'Bitte versuchen Sie es erneut.' },
  },
  steps: { check: 'Verifizierung finden', share: 'Verifizierung bestätigen', open: 'Auszahlungsformular öffnen' },
  actions: {
    consent: 'Zustimmen und fortfahren',
    retry: 'Erneut versuchen',
    recheck: 'Erneut nachsehen',
    continue: 'Weiter',
    chooseFallback: 'Bei Coinflow verifizieren',
    support: 'Support kontaktieren',
    cancel: 'Jetzt nicht',
    reload: 'Neu laden',
  },
  times: { next: 'Nächster Versuch {time}.', waited: 'Sie warten seit {time}.' },
  notLoading: 'Lädt das Formular nicht?',
  frameTitle: 'Auszahlungsformular',
};
