import type { GateMessages } from '../react/messages';

const waiting = 'Estamos preparando tu retiro';
const unusable = 'No se pudo usar tu verificación';
const ourSide = 'Algo no funciona por nuestra parte';
const notLoaded = 'El formulario de retiro no se cargó';
const moreNeeded = 'Falta un dato';
const askSupport = 'Ponte en contacto con el equipo de soporte.';
const tryLater = 'Inténtalo de nuevo en un momento o ponte en contacto con el equipo de soporte.';

/** Spanish, for `messages`. Not yet reviewed by native speakers. */
export const es: GateMessages = {
  lang: 'es',
  dir: 'ltr',
  screens: {
    checking: { title: waiting, text: 'Estamos buscando tu verificación.' },
    opening: { title: waiting, text: 'Se está abriendo el formulario de retiro.' },
    unreachable: {
      title: 'Sin conexión',
      text: 'Nuestro servicio no está disponible en este momento. Inténtalo de nuevo.',
    },
    misconfigured: { title: ourSide, text: askSupport },
    registering: { title: waiting, text: 'Estamos transmitiendo tu verificación.' },
    processing: { title: waiting, text: 'Confirmando tu verificación. Suele tardar unos segundos.' },
    wallet: { title: 'Conecta tu wallet', text: 'El formulario de retiro se abrirá en cuanto esté conectada.' },
    consent: {
      title: '¿Usar tu verificación existente?',
      text: 'Ya verificaste tu identidad. Si estás de acuerdo, compartiremos tus datos de identidad verificados con Coinflow, que realiza el pago.',
    },
    needsInput: { title: moreNeeded, text: 'Añádelo en una pestaña nueva. Esta página continuará automáticamente.' },
    needsSupport: { title: moreNeeded, text: 'Ponte en contacto con el equipo de soporte para añadirlo.' },
    declined: { title: 'Tu verificación no fue aceptada', text: 'El proveedor de pagos no pudo aceptarla.' },
    expired: { title: 'Tu verificación ha caducado', text: 'Hay que renovarla antes de que puedas retirar fondos.' },
    blocked: {
      title: 'Los retiros no están disponibles',
      text: 'No es posible realizar retiros con esta cuenta. Ponte en contacto con el equipo de soporte.',
    },
    delayed: {
      title: 'Está tardando más de lo habitual',
      text: 'Puedes salir y volver cuando quieras. No se perderá nada.',
    },
    exhausted: { title: 'Aún sin confirmar', text: 'Puedes comprobarlo de nuevo ahora o volver más tarde.' },
    tokenRefused: { title: unusable, text: 'El proveedor de pagos no la aceptó. Puede que aún no esté completa.' },
    tokenSpent: {
      title: unusable,
      text: 'Ya se transmitió antes. Recarga esta página o ponte en contacto con el equipo de soporte.',
    },
    tokenUnavailable: { title: 'No podemos acceder a tu verificación', text: 'Inténtalo de nuevo en un momento.' },
    noShareableVerification: {
      title: 'Aún no hay ninguna verificación completa',
      text: 'Termina de verificar tu identidad y vuelve aquí.',
    },
    unauthenticated: {
      title: 'Inicia sesión',
      text: 'Tu sesión ha finalizado. Vuelve a iniciar sesión y esta página continuará automáticamente.',
    },
    forbidden: {
      title: 'No disponible para esta cuenta',
      text: 'Esta cuenta no puede retirar fondos aquí. Ponte en contacto con el equipo de soporte.',
    },
    subjectMismatch: {
      title: 'Has iniciado sesión con otra cuenta',
      text: 'Recarga esta página para continuar con esa cuenta.',
    },
    rateLimited: {
      title: 'Un momento, por favor',
      text: 'Hay mucha actividad. Esta página continuará automáticamente.',
    },
    offline: {
      title: 'No tienes conexión',
      text: 'Esta página continuará automáticamente cuando vuelvas a tener conexión.',
    },
    server: { title: ourSide, text: tryLater },
    malformed: { title: ourSide, text: tryLater },
    withdrawUnavailable: { title: notLoaded, text: 'Inténtalo de nuevo o recarga esta página.' },
    withdrawBlocked: { title: notLoaded, text: askSupport },
    renderFailed: { title: ourSide, text: 'Inténtalo de nuevo.' },
  },
  steps: { check: 'Buscar tu verificación', share: 'Confirmarla', open: 'Abrir el formulario de retiro' },
  actions: {
    consent: 'Aceptar y continuar',
    retry: 'Intentar de nuevo',
    recheck: 'Comprobar de nuevo',
    continue: 'Continuar',
    chooseFallback: 'Verificarme con Coinflow',
    support: 'Contactar con soporte',
    cancel: 'Ahora no',
    reload: 'Recargar',
  },
  times: { next: 'Nuevo intento {time}.', waited: 'Llevas {time} esperando.' },
  notLoading: '¿No se carga?',
  frameTitle: 'Formulario de retiro',
};
