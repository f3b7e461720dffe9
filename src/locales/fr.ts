import type { GateMessages } from '../react/messages';

const waiting = 'Nous préparons votre retrait';
const unusable = 'Votre vérification n’a pas pu être utilisée';
const ourSide = 'Un problème est survenu de notre côté';
const notLoaded = 'Le formulaire de retrait ne s’est pas chargé';
const moreNeeded = 'Il manque une information';
const askSupport = 'Veuillez contacter l’assistance.';
const tryLater = 'Veuillez réessayer dans un instant ou contacter l’assistance.';

/** French, for `messages`. Not yet reviewed by native speakers. */
export const fr: GateMessages = {
  lang: 'fr',
  dir: 'ltr',
  screens: {
    checking: { title: waiting, text: 'Nous recherchons votre vérification d’identité.' },
    opening: { title: waiting, text: 'Le formulaire de retrait s’ouvre.' },
    unreachable: {
      title: 'Pas de connexion',
      text: 'Notre service est momentanément injoignable. Veuillez réessayer.',
    },
    misconfigured: { title: ourSide, text: askSupport },
    registering: { title: waiting, text: 'Nous transmettons votre vérification.' },
    processing: { title: waiting, text: 'Confirmation en cours. Cela prend généralement quelques secondes.' },
    wallet: {
      title: 'Connectez votre portefeuille',
      text: 'Le formulaire de retrait s’ouvrira dès qu’il sera connecté.',
    },
    consent: {
      title: 'Utiliser votre vérification existante\u202f?',
      text: 'Vous avez déjà fait vérifier votre identité. Avec votre accord, nous transmettons vos données d’identité vérifiées à Coinflow, qui effectue le paiement.',
    },
    needsInput: { title: moreNeeded, text: 'Ajoutez-la dans un nouvel onglet. Cette page continuera automatiquement.' },
    needsSupport: { title: moreNeeded, text: 'Veuillez contacter l’assistance pour l’ajouter.' },
    declined: {
      title: 'Votre vérification n’a pas été acceptée',
      text: 'Notre partenaire de paiement n’a pas pu l’accepter.',
    },
    expired: { title: 'Votre vérification a expiré', text: 'Elle doit être renouvelée avant tout retrait.' },
    blocked: {
      title: 'Les retraits ne sont pas disponibles',
      text: 'Aucun retrait n’est possible avec ce compte. Veuillez contacter l’assistance.',
    },
    delayed: {
      title: 'Cela prend plus de temps que d’habitude',
      text: 'Vous pouvez quitter cette page et revenir à tout moment. Rien ne sera perdu.',
    },
    exhausted: {
      title: 'Toujours pas de confirmation',
      text: 'Vous pouvez actualiser maintenant ou revenir plus tard.',
    },
    tokenRefused: {
      title: unusable,
      text: 'Notre partenaire de paiement ne l’a pas acceptée. Elle n’est peut-être pas encore complète.',
    },
    tokenSpent: {
      title: unusable,
      text: 'Elle a déjà été transmise. Veuillez recharger cette page ou contacter l’assistance.',
    },
    tokenUnavailable: { title: 'Votre vérification est inaccessible', text: 'Veuillez réessayer dans un instant.' },
    noShareableVerification: {
      title: 'Aucune vérification terminée',
      text: 'Veuillez terminer la vérification de votre identité, puis revenir ici.',
    },
    unauthenticated: {
      title: 'Veuillez vous connecter',
      text: 'Votre session a pris fin. Reconnectez-vous et cette page continuera automatiquement.',
    },
    forbidden: {
      title: 'Non disponible pour ce compte',
      text: 'Ce compte ne permet pas de retrait ici. Veuillez contacter l’assistance.',
    },
    subjectMismatch: {
      title: 'Un autre compte est connecté',
      text: 'Rechargez cette page pour continuer avec cet autre compte.',
    },
    rateLimited: {
      title: 'Un instant, s’il vous plaît',
      text: 'Il y a beaucoup d’activité en ce moment. Cette page continuera automatiquement.',
    },
    offline: {
      title: 'Vous êtes hors ligne',
      text: 'Cette page continuera automatiquement dès que la connexion sera rétablie.',
    },
    server: { title: ourSide, text: tryLater },
    malformed: { title: ourSide, text: tryLater },
    withdrawUnavailable: { title: notLoaded, text: 'Veuillez réessayer ou recharger cette page.' },
    withdrawBlocked: { title: notLoaded, text: askSupport },
    renderFailed: { title: ourSide, text: 'Veuillez réessayer.' },
  },
  steps: { check: 'Retrouver votre vérification', share: 'La confirmer', open: 'Ouvrir le formulaire de retrait' },
  actions: {
    consent: 'Accepter et continuer',
    retry: 'Réessayer',
    recheck: 'Actualiser',
    continue: 'Continuer',
    chooseFallback: 'Vérifier avec Coinflow',
    support: 'Contacter l’assistance',
    cancel: 'Pas maintenant',
    reload: 'Recharger',
  },
  times: { next: 'Nouvel essai {time}.', waited: 'En attente depuis {time}.' },
  notLoading: 'Le formulaire ne se charge pas\u202f?',
  frameTitle: 'Formulaire de retrait',
};
